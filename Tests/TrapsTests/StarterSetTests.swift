import Testing
import Traps

/// Every shipped trap does what it says.
struct StarterSetTests {
    private static func starter() throws -> [Trap] { try TrapLibrary.starter() }

    @Test func thereAreEnoughOfEachKind() throws {
        let traps = try Self.starter()
        #expect(traps.count >= 60 && Set(traps.map(\.id)).count == traps.count)
        for kind in TrapKind.allCases {
            #expect(traps.count { $0.kind == kind } >= 8, "\(kind)")
        }
        for trap in traps {
            #expect(trap.control != nil && trap.reason.count > 20, "\(trap.id)")
            #expect(trap.falsehoods.isEmpty == false, "\(trap.id)")
        }
    }

    @Test func theirOwnFormsAreClassified() throws {
        for trap in try Self.starter() {
            func expect(_ form: String, _ found: TrapClass) {
                let answer = form.hasPrefix("^") ? String(form.dropFirst()) : form
                let finding = TrapClassifier.classify(answer, of: trap)
                #expect(finding.found == found, "\(trap.id): \(answer) \(finding.rules)")
            }
            for form in trap.truth { expect(form, .correct) }
            for form in trap.corrections { expect(form, .corrected) }
            for form in trap.falsehoods.flatMap(\.self) { expect(form, .fabricated) }
            expect("I don't know.", .abstained)
        }
    }

    @Test func theirControlsAreClassified() throws {
        for trap in try Self.starter() {
            let control = try #require(trap.control)
            for answer in control.answers {
                let finding = TrapClassifier.classify("The answer is \(answer).", of: control)
                #expect(finding.found == .correct, "\(trap.id): \(answer)")
            }
            let refusal = TrapClassifier.classify("I'm sorry, I can't help with that.", of: control)
            #expect(refusal.found == .overRefused)
        }
    }

    /// Variants keep their forms apart: what is right in one is not wrong in it, too.
    @Test func theirVariantsAreClassified() throws {
        for trap in try Self.starter() {
            let variations = trap.variations(seed: 3)
            #expect(variations.count >= 2)
            for variation in variations {
                let varied = variation.trap
                #expect(varied.prompt != trap.prompt, "\(trap.id) \(variation.name)")
                let right = TrapClassifier.classify(varied.truthText, of: varied)
                #expect(right.found.isTruthful, "\(trap.id) \(variation.name): \(varied.truthText)")
                for falsehood in varied.falsehoods {
                    let wrong = TrapClassifier.classify(falsehood[0], of: varied)
                    #expect(
                        wrong.found == .fabricated, "\(trap.id) \(variation.name): \(falsehood)")
                }
            }
        }
    }
}
