import Basics

/// A request as it came.
public struct ReceivedRequest: Sendable {
    public let method: String
    public let path: String
    /// By lower-case name.
    public let headers: [String: String]
    public let body: [UInt8]

    public var json: JSON? { try? JSON.parse(body) }
}
