import Basics
import HTTP

/// `URL#MODEL`: an OpenAI-compatible server, and which of its models.
///
/// The address is the one that clients call the base URL: requests go to `/chat/completions` below
/// it. `/v1` is added where there is no path, and what stands behind it is taken off.
public struct RemoteAddress: Sendable, Equatable {
    public let base: HTTPEndpoint
    /// Nil: the server's only model.
    public let model: String?

    private static let operations = ["/chat/completions", "/completions", "/models"]

    /// - Throws: what `HTTPEndpoint` refuses.
    public init(_ text: String, allowsPlainHTTP: Bool = false) throws(TandemError) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        var address = String(parts.first ?? "")
        while address.hasSuffix("/") { address.removeLast() }
        for operation in Self.operations where address.hasSuffix(operation) {
            address.removeLast(operation.count)
            break
        }
        let plain = try HTTPEndpoint(address, allowsPlainHTTP: allowsPlainHTTP)
        base = plain.text.hasSuffix("://" + plain.authority) ? plain.appending("/v1") : plain
        model = parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : nil
    }

    /// Whether `path` names a server and not a file.
    public static func isRemote(_ path: String) -> Bool {
        let start = path.prefix(8).lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://")
    }
}
