import Basics

/// Reads a preference and its reason from a judge's reply.
enum PairReply {
    /// - Throws: `malformed`: why the reply is no verdict.
    static func read(_ reply: String) throws(TandemError) -> (
        preference: PairVerdict.Preference, reason: String
    ) {
        let object = try ReplyObject.find(in: reply)
        guard let reason = object["reason"]?.string else {
            throw TandemError(.malformed, "the judge's reply has no reason")
        }
        switch object["better"]?.string {
        case "A": return (.first, reason)
        case "B": return (.second, reason)
        case "tie": return (.tie, reason)
        default:
            throw TandemError(.malformed, "the judge's reply prefers neither A nor B nor says tie")
        }
    }
}
