/// Guesses of the next token: what last followed the same three tokens, in any prompt or answer of
/// the variants that answer together.
///
/// A guess is computed on trial, in the same pass as the token before it, and counts only when it is
/// what is drawn: answers are the same with and without. A. Saxena, "Prompt lookup decoding", 2023.
struct DraftTable {
    private struct Context: Hashable {
        let first, second, third: Int32
    }

    private var followers: [Context: Int32] = [:]

    /// Remembers what follows what in `tokens`.
    /// - Complexity: O(tokens).
    mutating func learn(all tokens: [Int32]) {
        for end in tokens.indices.dropFirst(3) {
            let context = Context(
                first: tokens[end - 3], second: tokens[end - 2], third: tokens[end - 1])
            followers[context] = tokens[end]
        }
    }

    /// Remembers the last token of an answer.
    mutating func learn(_ prompt: [Int32], _ answer: [Int32]) {
        learn(all: Self.last(4, prompt, answer))
    }

    func guess(after prompt: [Int32], _ answer: [Int32]) -> Int32? {
        let last = Self.last(3, prompt, answer)
        if last.count < 3 { return nil }
        return followers[Context(first: last[0], second: last[1], third: last[2])]
    }

    private static func last(_ count: Int, _ prompt: [Int32], _ answer: [Int32]) -> [Int32] {
        let end = answer.suffix(count)
        return Array(prompt.suffix(count - end.count) + end)
    }
}
