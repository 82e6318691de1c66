/// Whether the references occur in the answer, whatever the case; a word may go on on either side.
///
/// The `includes` check of evaluation frameworks. Space around a reference does not count. An empty
/// reference is in everything, so it is not scored.
enum Containment {
    /// 1 where any reference occurs.
    static func any(_ comparison: inout Comparison) -> Score {
        score(comparison) { $0.contains(true) }
    }

    /// 1 where all references occur.
    static func all(_ comparison: inout Comparison) -> Score {
        score(comparison) { !$0.contains(false) }
    }

    private static func score(_ comparison: Comparison, _ decide: ([Bool]) -> Bool) -> Score {
        let answer = bytes(comparison.answer)
        let references = comparison.references.map(bytes)
        if references.contains([]) { return .unscored("the reference is empty") }
        return .value(decide(references.map { occurs($0, in: answer) }) ? 1 : 0)
    }

    /// In lower case, without space at the ends.
    private static func bytes(_ text: String) -> [UInt8] {
        var text = PythonText.stripped(text)
        return text.withUTF8 { PythonText.lowercased($0) }
    }

    private static func occurs(_ part: [UInt8], in whole: [UInt8]) -> Bool {
        guard part.count <= whole.count else { return false }
        return (0...(whole.count - part.count)).contains {
            whole[$0] == part[0] && whole[$0..<$0 + part.count].elementsEqual(part)
        }
    }
}
