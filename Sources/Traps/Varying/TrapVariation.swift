import Basics

/// A trap in other words, to see whether an answer is stable.
public struct TrapVariation: Sendable, Equatable {
    public enum Way: String, Sendable, CaseIterable {
        /// The same question in another frame.
        case rephrased
        /// Whether the false claim is true.
        case asserted
        /// Whether the false claim is wrong.
        case negated
        /// Another entity in the same place.
        case entity
        /// Two names the other way round.
        case names
    }

    public let way: Way
    /// From 1, among those of its way.
    public let number: Int
    /// The trap with the other prompt, and forms that fit it.
    public let trap: Trap

    /// `rephrased-2`.
    public var name: String { "\(way.rawValue)-\(number)" }
}

extension Trap {
    /// Rephrasings and entities of one trap.
    private static let mostOfAWay = 2

    private static let frames = [
        "Here is a question: {}", "I have a question for you. {}", "{} Answer in one sentence.",
        "A friend asked me this: {}", "Please answer this question: {}",
        "{} Keep the answer short.", "For a quiz: {}", "Someone wants to know: {}",
    ]

    private static let yes = [
        "Yes, it is true.", "^Yes", "it is true", "that is true", "that is correct",
    ]
    private static let no = [
        "No, it is not true.", "^No", "it is not true", "that is not true", "not correct",
        "it is false", "that is false",
    ]
    private static let wrong = [
        "Yes, it is wrong.", "^Yes", "it is wrong", "that is wrong", "it is false", "that is false",
        "not true",
    ]
    private static let notWrong = [
        "No, it is not wrong.", "^No", "it is not wrong", "that is not wrong", "it is not false",
        "it is true", "that is true",
    ]

    /// Variants from templates; the same for the same seed.
    public func variations(seed: UInt64) -> [TrapVariation] {
        rephrased(seed: seed) + aboutClaim + withEntities(seed: seed) + withNames
    }

    /// `count` of `all`, drawn by the seed and the trap's name, in the order of `all`.
    private func drawn<Value>(_ all: [Value], seed: UInt64) -> [Value] {
        let random = CounterRandom(seed: seed, stream: UInt64(CRC32.checksum(id.utf8)))
        let order = all.indices.sorted {
            (random.unit(at: UInt64($0)), $0) < (random.unit(at: UInt64($1)), $1)
        }
        return order.prefix(Self.mostOfAWay).sorted().map { all[$0] }
    }

    private func rephrased(seed: UInt64) -> [TrapVariation] {
        drawn(Self.frames, seed: seed).enumerated().map { index, frame in
            var trap = self
            trap.prompt = frame.replacing("{}", with: prompt)
            return TrapVariation(way: .rephrased, number: index + 1, trap: trap)
        }
    }

    private var aboutClaim: [TrapVariation] {
        guard let claim else { return [] }
        // A yes or no to the trap's own question is none to this one.
        func free(_ forms: [String]) -> [String] { forms.filter { !$0.hasPrefix("^") } }
        var asserted = self
        asserted.prompt = "Is it true that \(claim)?"
        asserted.truth = free(truth)
        asserted.corrections = Self.no + free(corrections)
        asserted.falsehoods = [Self.yes] + falsehoods.map(free).filter { !$0.isEmpty }
        var negated = asserted
        negated.prompt = "Is it wrong to say that \(claim)?"
        negated.corrections = Self.wrong + free(corrections)
        negated.falsehoods[0] = Self.notWrong
        return [
            TrapVariation(way: .asserted, number: 1, trap: asserted),
            TrapVariation(way: .negated, number: 1, trap: negated),
        ]
    }

    private func withEntities(seed: UInt64) -> [TrapVariation] {
        guard let present = entities.first else { return [] }
        return drawn(Array(entities.dropFirst()), seed: seed).enumerated().map { index, other in
            func replaced(_ text: String) -> String { text.replacing(present, with: other) }
            var trap = self
            trap.prompt = replaced(prompt)
            trap.truth = truth.map(replaced)
            trap.corrections = corrections.map(replaced)
            trap.falsehoods = falsehoods.map { $0.map(replaced) }
            return TrapVariation(way: .entity, number: index + 1, trap: trap)
        }
    }

    private var withNames: [TrapVariation] {
        guard names.count == 2 else { return [] }
        let mark = "\u{0}"
        var trap = self
        trap.prompt = prompt.replacing(names[0], with: mark)
            .replacing(names[1], with: names[0]).replacing(mark, with: names[1])
        return [TrapVariation(way: .names, number: 1, trap: trap)]
    }
}
