import Basics
import HTTP
import LoopbackServer
import TestSupport
import Testing

/// What servers do wrong: each fault has one right end, and one right number of requests.
struct FaultTests {
    /// Short waits and small limits, so that a fault takes milliseconds.
    static var policy: HTTPPolicy {
        var policy = HTTPPolicy()
        policy.connectSeconds = 2
        policy.totalSeconds = 0.3
        policy.bodyLimit = 1024
        policy.retry.firstDelay = 0.002
        return policy
    }

    static func request(_ server: LoopbackServer, key: APIKey? = nil) throws -> HTTPRequest {
        HTTPRequest(
            .post, try HTTPEndpoint(server.address + "/v1"), key: key, body: Array("{}".utf8))
    }

    @Test func thereAreEnough() { #expect(Fault.all.count >= 60) }

    @Test(arguments: Fault.all)
    func endsAsItMust(_ fault: Fault) throws {
        let server = try LoopbackServer { _, number in
            fault.actions[min(number, fault.actions.count - 1)]
        }
        defer { server.close() }
        var policy = Self.policy
        // What passes is not to be mistaken for a stall on a busy machine.
        if fault.outcome != .failure(.timeout) { policy.totalSeconds = 20 }
        let client = try HTTPClient(policy)
        let outcome: Fault.Outcome
        let request = try Self.request(server)
        do throws(HTTPFailure) {
            let body = try client.body(of: request)
            outcome = .body(String(decoding: body, as: UTF8.self))
        } catch {
            outcome = .failure(error.kind)
            #expect(error.tries == fault.requests, "\(error)")
            #expect(!error.message.isEmpty)
        }
        #expect(outcome == fault.outcome)
        #expect(server.requests.count == fault.requests)
    }

    @Test func nobodyListens() throws {
        let server = try LoopbackServer { _, _ in [.close] }
        let request = try Self.request(server)
        server.close()
        let client = try HTTPClient(Self.policy)
        #expect {
            try client.body(of: request)
        } throws: { error in
            let failure = error as? HTTPFailure
            return failure?.kind == .connection && failure?.tries == 3
        }
    }

    @Test func aRedirectIsNotFollowed() throws {
        let other = try LoopbackServer { _, _ in [.answer(200, "fine")] }
        let server = try LoopbackServer { _, _ in
            [.answer(307, "", headers: ["Location: \(other.address)/v1"])]
        }
        defer {
            other.close()
            server.close()
        }
        let client = try HTTPClient(Self.policy)
        #expect(throws: HTTPFailure.self) { try client.body(of: Self.request(server)) }
        #expect(other.requests.isEmpty && server.requests.count == 1)
    }

    /// TLS to a server that speaks none, or whose certificate nobody signed, is no connection.
    @Test func withoutTLSThereIsNoAnswer() throws {
        let server = try LoopbackServer { _, _ in [.answer(200, "fine")] }
        defer { server.close() }
        let address = server.address.replacing("http://", with: "https://")
        let client = try HTTPClient(Self.policy)
        #expect {
            try client.body(of: HTTPRequest(.get, HTTPEndpoint(address)))
        } throws: { error in
            let kind = (error as? HTTPFailure)?.kind
            return kind == .security || kind == .timeout
        }
        #expect(server.requests.isEmpty)
    }

    @Test func noMoreRunAtOnceThanAllowed() throws {
        let server = try LoopbackServer { _, _ in [.wait(seconds: 0.02), .answer(200, "fine")] }
        defer { server.close() }
        var policy = Self.policy
        policy.totalSeconds = 20
        policy.concurrencyLimit = 3
        let client = try HTTPClient(policy)
        let receivers = (0..<12).map { _ in BodyReceiver() }
        for receiver in receivers { client.send(try Self.request(server), to: receiver) }
        while !client.isIdle { client.pump(milliseconds: 50) }
        for receiver in receivers {
            #expect(try receiver.result?.get() == Array("fine".utf8))
        }
        #expect(server.requests.count == 12 && server.mostAtOnce == 3)
    }

    @Test func anInterruptionEndsWhatWaitsAndWhatRuns() throws {
        let server = try LoopbackServer { _, _ in [.stall] }
        defer { server.close() }
        var policy = HTTPPolicy()
        policy.concurrencyLimit = 1
        let client = try HTTPClient(policy)
        let waiting = BodyReceiver()
        client.send(try Self.request(server), to: waiting)
        #expect {
            try client.body(
                of: Self.request(server), isInterrupted: { !server.requests.isEmpty })
        } throws: { ($0 as? HTTPFailure)?.kind == .interrupted }
        #expect(throws: HTTPFailure.self) { try waiting.result?.get() }
        #expect(server.requests.count == 1 && client.isIdle)
    }
}
