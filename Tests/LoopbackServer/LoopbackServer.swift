import Foundation
import Glibc
import Synchronization

/// An HTTP/1.1 server on this machine that does to each request what a test tells it to.
public final class LoopbackServer: Sendable {
    public let port: Int
    private let listener: Int32
    private let state = Mutex(State())
    private let respond: @Sendable (ReceivedRequest, Int) -> [ServerAction]

    private struct State {
        var requests: [ReceivedRequest] = []
        var connections: Set<Int32> = []
        var running = 0
        var mostRunning = 0
        var isClosed = false
    }

    /// - Parameter respond: what is done to a request, of which it is the number, from 0 on.
    public init(_ respond: @escaping @Sendable (ReceivedRequest, Int) -> [ServerAction]) throws {
        self.respond = respond
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        let server = Unowned(self)
        Thread.detachNewThread { LoopbackServer.accept(descriptor, server) }
    }

    deinit { close() }

    /// `http://127.0.0.1:PORT`.
    public var address: String { "http://127.0.0.1:\(port)" }

    /// Every request so far, in the order in which they were complete.
    public var requests: [ReceivedRequest] { state.withLock { $0.requests } }

    /// The most requests that were being answered at the same time.
    public var mostAtOnce: Int { state.withLock { $0.mostRunning } }

    /// Stops listening and breaks all connections.
    public func close() {
        let open = state.withLock { state -> Set<Int32>? in
            if state.isClosed { return nil }
            state.isClosed = true
            return state.connections
        }
        guard let open else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
        for connection in open { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    /// The accepting thread must not keep the server alive. Safe to send: nobody changes it.
    private struct Unowned: @unchecked Sendable {
        weak var server: LoopbackServer?
        init(_ server: LoopbackServer) { self.server = server }
    }

    private static func accept(_ listener: Int32, _ server: Unowned) {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            if connection < 0 { return }
            guard let server = server.server, server.opens(connection) else {
                Glibc.close(connection)
                return
            }
            Thread.detachNewThread { server.serve(ServerConnection(connection)) }
        }
    }

    private func opens(_ connection: Int32) -> Bool {
        state.withLock { state in
            if !state.isClosed { state.connections.insert(connection) }
            return !state.isClosed
        }
    }

    private func serve(_ connection: ServerConnection) {
        while let request = connection.nextRequest() {
            let number = state.withLock { state in
                state.requests.append(request)
                state.running += 1
                state.mostRunning = max(state.mostRunning, state.running)
                return state.requests.count - 1
            }
            let goesOn = connection.perform(respond(request, number))
            state.withLock { $0.running -= 1 }
            if !goesOn { break }
        }
        state.withLock { _ = $0.connections.remove(connection.descriptor) }
        connection.close()
    }
}
