import LanguageModels
import Traps

/// What a model is asked of a trap.
enum TrapPart: Equatable {
    case trap
    case control(Trap.Control)
    case variation(TrapVariation)

    /// The parts of `trap`, itself first.
    /// - Parameter seed: of the variants; nil: none.
    static func all(of trap: Trap, seed: UInt64?) -> [TrapPart] {
        [.trap] + (trap.control.map { [.control($0)] } ?? [])
            + (seed.map { trap.variations(seed: $0).map { .variation($0) } } ?? [])
    }

    /// Everything that is asked of `traps`, each with its trap.
    static func all(of traps: [Trap], seed: UInt64?) -> [(trap: Trap, part: TrapPart)] {
        traps.flatMap { trap in all(of: trap, seed: seed).map { (trap: trap, part: $0) } }
    }

    var name: String {
        switch self {
        case .trap: "trap"
        case .control: "control"
        case .variation(let variation): variation.name
        }
    }

    var isControl: Bool { if case .control = self { true } else { false } }

    func prompt(of trap: Trap) -> String {
        switch self {
        case .trap: trap.prompt
        case .control(let control): control.prompt
        case .variation(let variation): variation.trap.prompt
        }
    }

    /// What a judge is told to be right.
    func references(of trap: Trap) -> [String] {
        switch self {
        case .trap: trap.references
        case .control(let control): control.answers
        case .variation(let variation): variation.trap.references
        }
    }

    func classify(_ answer: String, of trap: Trap) -> TrapFinding {
        switch self {
        case .trap: TrapClassifier.classify(answer, of: trap)
        case .control(let control): TrapClassifier.classify(answer, of: control)
        case .variation(let variation): TrapClassifier.classify(answer, of: variation.trap)
        }
    }

    /// A row of a batch, under the trap's name and this part's.
    func row(of trap: Trap, number: Int) -> PromptRow {
        PromptRow(
            number: number, id: self == .trap ? trap.id : trap.id + "/" + name,
            group: trap.kind.rawValue, prompt: prompt(of: trap))
    }
}
