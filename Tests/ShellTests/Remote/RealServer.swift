import Foundation
import Glibc
import TestSupport

/// llama-cpp-python's server in a process of its own, on a port that was free.
final class RealServer {
    struct NotReady: Error {}

    private let process = Process()
    let address: String
    /// Room for what a judge reads and 200 tokens more: a small model rambles until it is full.
    private static let context = 640

    private static var python: String {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
        return (environment["TANDEM_PEERS"] ?? cache + "/tandem-peers") + "/venv/bin/python"
    }

    static let isThere: Bool = {
        guard Demo.isPresent, access(python, X_OK) == 0 else { return false }
        let check = Process()
        check.executableURL = URL(filePath: python)
        check.arguments = ["-c", "import llama_cpp.server.app"]
        check.standardError = FileHandle.nullDevice
        guard (try? check.run()) != nil else { return false }
        check.waitUntilExit()
        return check.terminationStatus == 0
    }()

    init() throws {
        let port = try Self.freePort()
        address = "http://127.0.0.1:\(port)"
        process.executableURL = URL(filePath: Demo.package + "/scripts/peers/serve")
        process.arguments = [String(port), Demo.modelPath, String(Self.context)]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<600 where process.isRunning {
            if Self.isListening(port) { return }
            usleep(100_000)
        }
        stop()
        throw NotReady()
    }

    func stop() {
        guard process.isRunning else { return }
        // It would finish its requests first.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit { stop() }

    private static func freePort() throws -> Int {
        try open { address, descriptor, length in
            bind(descriptor, address, length.pointee) == 0
                && getsockname(descriptor, address, length) == 0
        }
    }

    private static func isListening(_ port: Int) -> Bool {
        (try? open(port) { address, descriptor, length in
            connect(descriptor, address, length.pointee) == 0
        }) != nil
    }

    /// - Returns: the port of the socket's address.
    private static func open(
        _ port: Int = 0,
        _ body: (UnsafeMutablePointer<sockaddr>, Int32, UnsafeMutablePointer<socklen_t>) -> Bool
    ) throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isDone = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, descriptor, &length)
            }
        }
        guard isDone else { throw NotReady() }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
