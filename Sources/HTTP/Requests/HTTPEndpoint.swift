import Basics

/// An address that may be asked: `https`, or plain `http` to this machine.
public struct HTTPEndpoint: Sendable, Hashable {
    /// The whole address, without user, query and fragment; no slash at its end.
    public let text: String
    /// `HOST[:PORT]`: requests to it count against one limit.
    public let authority: String
    public let isLoopback: Bool
    private let allowsPlainHTTP: Bool

    /// - Parameter allowsPlainHTTP: also to other machines, where anyone between can read it.
    /// - Throws: `usage` for another scheme, a user or password, a query, and plain `http` to another
    ///   machine. The message never repeats what could be a secret.
    public init(_ address: String, allowsPlainHTTP: Bool = false) throws(TandemError) {
        func refused(_ message: String, _ remedy: String) -> TandemError {
            TandemError(.usage, message, remedy: remedy)
        }
        let scalars = address.unicodeScalars
        guard scalars.allSatisfy({ (0x21..<0x7F).contains($0.value) }), !scalars.contains("\\")
        else {
            throw refused(
                "the address has a space, a control or a character beyond ASCII",
                "write those as %XX, and a host in its xn-- form")
        }
        guard let end = address.firstRange(of: "://") else {
            throw refused("the address has no scheme", "begin it with https://")
        }
        let scheme = address[..<end.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw refused("the address is neither https nor http", "begin it with https://")
        }
        let rest = address[end.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.lowercased()
        var path = String(rest.dropFirst(authority.count))
        if authority.contains("@") {
            throw refused(
                "the address holds a user or a password, which would be saved with it",
                "leave it out; the key comes from --key VARIABLE or --key FILE")
        }
        if path.contains("?") || path.contains("#") {
            throw refused("the address of a server takes no query", "leave out what follows ?")
        }
        while path.hasSuffix("/") { path.removeLast() }
        let host = Self.host(authority)
        if host.isEmpty { throw refused("the address has no host", "https://HOST/v1") }
        isLoopback = Self.isLoopback(host)
        if scheme == "http", !isLoopback, !allowsPlainHTTP {
            throw refused(
                "plain http to \(host) can be read on the way, the key and the prompts with it",
                "use https, or --plain-http for a network that you trust")
        }
        self.allowsPlainHTTP = allowsPlainHTTP
        self.authority = authority
        text = scheme + "://" + authority + path
    }

    private init(_ base: HTTPEndpoint, path: String) {
        text = base.text + path
        authority = base.authority
        isLoopback = base.isLoopback
        allowsPlainHTTP = base.allowsPlainHTTP
    }

    /// The same server at `path`, which begins with a slash and comes after the present one.
    public func appending(_ path: String) -> HTTPEndpoint { HTTPEndpoint(self, path: path) }

    /// What libcurl may speak.
    var protocols: String { isLoopback || allowsPlainHTTP ? "http,https" : "https" }

    private static func host(_ authority: String) -> String {
        if authority.hasPrefix("[") { return authority.prefix { $0 != "]" } + "]" }
        return String(authority.prefix { $0 != ":" })
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
            }
    }
}
