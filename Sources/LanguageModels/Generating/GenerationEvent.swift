/// What happens while answers are generated. `request` is the index in the list of requests.
public enum GenerationEvent: Sendable {
    /// More text of an answer: always whole characters, never a part of a stop text.
    case text(request: Int, String)
    case finished(request: Int, Answer)

    /// The same event for a list of requests of which only those with these indices were asked.
    public func renumbered(_ indices: [Int]) -> GenerationEvent {
        switch self {
        case .text(let request, let text): .text(request: indices[request], text)
        case .finished(let request, let answer): .finished(request: indices[request], answer)
        }
    }
}
