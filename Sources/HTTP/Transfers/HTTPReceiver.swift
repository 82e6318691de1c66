/// Takes what comes back for one request. Called on the thread that pumps the client.
public protocol HTTPReceiver: AnyObject {
    /// An answer with a status of 2xx begins; what came of an earlier try no longer counts.
    /// - Parameter contentType: in lower case, without parameters; empty where there is none.
    func begin(contentType: String)

    /// Part of its body.
    /// - Returns: false when it is enough: the rest is not read.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool

    /// Its body is over.
    /// - Returns: why it is no answer; the request may then be sent again.
    func end() -> HTTPFailure?

    /// Whether another try is allowed: nothing of this one has been shown.
    var mayRepeat: Bool { get }

    /// The request is over, after its last try.
    /// - Parameter failure: nil where `end` found nothing wrong.
    func finish(_ failure: HTTPFailure?)
}
