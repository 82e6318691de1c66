import Basics

/// What one rendering may use: a template is code from a file, and must not hang or fill memory.
struct TemplateBudget {
    static let steps = 1_000_000
    static let bytes = 16 << 20
    static let time = Duration.seconds(2)
    static let depth = 100

    private var stepsLeft = TemplateBudget.steps
    private var bytesLeft = TemplateBudget.bytes
    private let deadline = ContinuousClock.now + TemplateBudget.time
    var depthNow = 0

    mutating func step() throws(TandemError) {
        stepsLeft -= 1
        if stepsLeft < 0 { throw Self.exceeded("\(Self.steps) steps") }
        if stepsLeft & 1023 == 0, ContinuousClock.now > deadline {
            throw Self.exceeded("2 seconds")
        }
    }

    /// Counts text or list elements that are about to be made.
    mutating func make(_ count: Int) throws(TandemError) {
        if count > bytesLeft { throw Self.exceeded("16 MB of text") }
        bytesLeft -= count
    }

    static func exceeded(_ limit: String) -> TandemError {
        TandemError(
            .limit, "chat template: it needs more than \(limit)",
            remedy: "the template is damaged or hostile")
    }
}
