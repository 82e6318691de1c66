/// Watches a growing text for stop texts, and holds back what may be the beginning of one.
struct StopMatcher {
    private let stops: [[UInt8]]
    private var held: [UInt8] = []

    init(_ stops: [String]) { self.stops = stops.map { Array($0.utf8) }.filter { !$0.isEmpty } }

    /// The text that can be shown, and whether a stop text has come: then nothing more follows.
    mutating func append(_ text: String) -> (text: String, isStopped: Bool) {
        if stops.isEmpty { return (text, false) }
        held += text.utf8
        for start in held.indices {
            let rest = held[start...]
            if stops.contains(where: { rest.starts(with: $0) }) {
                defer { held = [] }
                return (String(decoding: held[..<start], as: UTF8.self), true)
            }
        }
        let kept = held.indices.first { start in
            stops.contains { $0.starts(with: held[start...]) }
        }
        let end = kept ?? held.count
        defer { held.removeFirst(end) }
        return (String(decoding: held[..<end], as: UTF8.self), false)
    }

    /// What was held back; no stop text came of it.
    mutating func finish() -> String {
        defer { held = [] }
        return String(decoding: held, as: UTF8.self)
    }
}
