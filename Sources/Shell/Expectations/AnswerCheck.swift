import Basics
import LanguageModels
import Metrics
import Sessions

/// One answer beside what is expected of its text.
struct AnswerCheck {
    private let check: Expectation.Check

    init(_ check: Expectation.Check) { self.check = check }

    /// - Returns: whether it holds, and what was seen where that is not in the text. Of an answer that
    ///   failed nothing holds.
    func holds(for answer: Answer) throws(TandemError) -> (Bool, reason: String?) {
        if answer.finish == .error {
            return (false, "\(answer.variant) failed: \(answer.detail ?? "without a reason")")
        }
        switch check {
        case .contains(let texts): return (texts.contains { Self.holds(answer.text, $0) }, nil)
        case .excludes(let texts):
            let found = texts.first { Self.holds(answer.text, $0) }
            return (found == nil, found.map { "\(answer.variant) says \"\($0)\"" })
        case .equals(let text): return (Self.trimmed(answer.text) == Self.trimmed(text), nil)
        case .matches(let pattern):
            return (try Pattern(pattern, file: nil).firstMatch(in: answer.text) != nil, nil)
        case .ends:
            return (answer.finish == .stop, "\(answer.variant): \(answer.finish.rawValue)")
        case .refuses, .answers:
            let refusal = Refusal(in: answer.text)
            return (
                (refusal != nil) == (check == .refuses),
                refusal.map { "\(answer.variant) says \"\($0.phrase)\"" }
            )
        }
    }

    private static func holds(_ answer: String, _ text: String) -> Bool {
        text.isEmpty || answer.utf8.firstRange(of: text.utf8) != nil
    }

    private static func trimmed(_ text: String) -> [UInt8] {
        let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
        let end = scalars.lastIndex { !$0.properties.isWhitespace }
        return end.map { Array(String(scalars[...$0]).utf8) } ?? []
    }
}
