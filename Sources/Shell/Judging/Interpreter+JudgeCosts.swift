import Judging
import LanguageModels

/// What judges' calls take, before and after.
extension Interpreter {
    /// Calls beyond this are announced with what they will take.
    private static let largeBatch = 20

    /// Says what calls that are not answered yet will take, where they are many.
    func announce(_ calls: OutstandingCalls, to judge: String) {
        if calls.count <= Self.largeBatch { return }
        // A token for 4 bytes.
        let tokens = calls.promptBytes / 4
        var text = "\(calls.count) calls to \(judge), about \(tokens) prompt tokens"
        if calls.mostTokens > 0 { text += " and at most \(calls.mostTokens) tokens of replies" }
        if let price = price(of: judge) {
            let least = price.cost(promptTokens: tokens, tokens: 0)
            let most = price.cost(promptTokens: tokens, tokens: calls.mostTokens)
            text += ", \(Numbers.fixed(least, 4)) to \(Numbers.fixed(most, 4)) to pay"
        }
        output.note(text)
    }

    private func price(of judge: String) -> TokenPrice? {
        source.variants.first { $0.name == judge }?.remote?.price
    }

    /// How many calls are answered, on a terminal.
    func progress(_ finished: Int, of count: Int) {
        output.progress(finished < count ? "\(finished) of \(count) calls" : nil)
    }

    func interruptJudging() {
        wasInterrupted = true
        output.progress(nil)
        output.note("interrupted: calls that were finished are kept and not made again")
    }

    func noteUsage(of judge: String, since before: JudgeUsage) {
        let usage = judges.caller.usage
        let (calls, cached) = (usage.calls - before.calls, usage.cachedCalls - before.cachedCalls)
        if calls + cached == 0 { return }
        var text = "\(calls) calls, \(cached) known from before"
        if calls > 0 {
            let promptTokens = usage.promptTokens - before.promptTokens
            let tokens = usage.tokens - before.tokens
            text += "; \(promptTokens) prompt tokens, \(tokens) tokens"
            if let price = price(of: judge) {
                let paid = price.cost(promptTokens: promptTokens, tokens: tokens)
                text += ", \(Numbers.fixed(paid, 4)) to pay"
            }
            let uncounted = usage.uncountedCalls - before.uncountedCalls
            if uncounted > 0 { text += "; the server did not count those of \(uncounted) calls" }
        }
        output.note(text)
    }
}
