/// Keeps a whole body.
public final class BodyReceiver: HTTPReceiver {
    public private(set) var body: [UInt8] = []
    /// Nil until the request is over.
    public private(set) var result: Result<[UInt8], HTTPFailure>?

    public init() {}

    public func begin(contentType: String) { body = [] }

    public func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        body += bytes
        return true
    }

    public func end() -> HTTPFailure? { nil }
    public var mayRepeat: Bool { true }

    public func finish(_ failure: HTTPFailure?) {
        result = failure.map { .failure($0) } ?? .success(body)
    }
}
