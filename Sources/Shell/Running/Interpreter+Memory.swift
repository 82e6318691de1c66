import Basics
import LanguageModels
import Sessions

/// What is loaded, and how much memory it may take.
extension Interpreter {
    func showModels() throws(TandemError) {
        var rows: [ModelRow] = []
        let lineup = lineup
        for variant in source.variants {
            rows.append(
                ModelRow(
                    variant: variant, memory: try source.memory(of: variant.name),
                    identity: try source.identity(of: variant.name),
                    numerics: settings.numerics, isInLineup: lineup.contains(variant.name)))
        }
        if rows.isEmpty {
            return output.renderLines([
                "nothing is loaded; /load PATH as NAME loads a model, /load demo the demo"
            ])
        }
        output.renderer.models(rows, note: budgetLine)
    }

    func setBudget(_ budget: Command.Budget) throws(TandemError) {
        switch budget {
        case .show: output.renderLines([budgetLine])
        case .automatic: try source.setBudget(nil)
        case .bytes(let count): try source.setBudget(count)
        }
        if budget == .show { return }
        let tooLarge = source.variants.map(\.name).filter { !source.canHoldTogether([$0]) }
        if !tooLarge.isEmpty {
            output.note(
                "\(tooLarge.joined(separator: ", ")) cannot answer: more than the budget each")
        }
    }

    private var budgetLine: String {
        let budget = source.budget
        let origin =
            budget.isAutomatic
            ? " (\(MemoryBudget.automaticPercentage) % of what was free at the start)" : ""
        return "\(ByteSize.readable(source.heldByteCount)) of a budget of "
            + ByteSize.readable(budget.byteCount) + origin
    }
}
