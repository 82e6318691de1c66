import Basics

/// Whether what a regular expression captures in the answer is a reference.
///
/// As in lm-eval's `regex` filter with `exact_match`: the first match counts, of it the first group
/// that is not empty, or all of it where there are no groups, without space at the ends. An answer
/// without a match is wrong: 0. Regular expressions are PCRE2's, which differs from Python's in rarities.
struct RegexCapture {
    let pattern: Pattern

    func score(_ comparison: inout Comparison) -> Score {
        let answer = comparison.answer
        do throws(TandemError) {
            guard let groups = try pattern.firstMatch(in: answer) else { return .value(0) }
            let captured =
                groups.count == 1 ? groups[0] : groups.dropFirst().first { !$0.isEmpty } ?? ""
            let found = UTF8Key(PythonText.stripped(captured))
            let isReference = comparison.references.contains {
                UTF8Key(PythonText.stripped($0)) == found
            }
            return .value(isReference ? 1 : 0)
        } catch {
            return .unscored(error.message)
        }
    }
}
