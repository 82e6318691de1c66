import Basics
import CLibcurl

/// Sends requests, several at a time, and keeps connections. Everything happens on the thread that
/// pumps it.
public final class HTTPClient {
    public let policy: HTTPPolicy
    private let multi: UnsafeMutableRawPointer
    private var waiting: [Call] = []
    private var running: [UnsafeMutableRawPointer: (call: Call, transfer: CurlTransfer)] = [:]

    /// A request with all of its tries.
    private struct Call {
        let request: HTTPRequest
        let receiver: any HTTPReceiver
        var tries = 0
        var notBefore: ContinuousClock.Instant?
    }

    /// libcurl's flag for all that it knows to set up.
    private static let isSetUp = curl_global_init(3) == CURLE_OK

    /// - Throws: `notFound` where libcurl is not installed; `limit` where it cannot start.
    public init(_ policy: HTTPPolicy = HTTPPolicy()) throws(TandemError) {
        guard tandem_curl_is_installed() != 0 else {
            throw TandemError(
                .notFound, "libcurl.so.4 is not there, and no server is reached without it",
                remedy: "install libcurl (Debian: apt-get install libcurl4)")
        }
        guard Self.isSetUp, let multi = curl_multi_init() else {
            throw TandemError(.limit, "libcurl cannot start: no memory")
        }
        self.multi = multi
        self.policy = policy
    }

    deinit {
        for (handle, _) in running { curl_multi_remove_handle(multi, handle) }
        running = [:]
        curl_multi_cleanup(multi)
    }

    /// Whether nothing waits or runs.
    public var isIdle: Bool { waiting.isEmpty && running.isEmpty }

    /// Queues a request; ``pump(milliseconds:)`` sends it.
    public func send(_ request: HTTPRequest, to receiver: any HTTPReceiver) {
        waiting.append(Call(request: request, receiver: receiver))
    }

    /// Does what can be done, and waits up to `milliseconds` for more where nothing can.
    ///
    /// Receivers are called from here.
    public func pump(milliseconds: Int = 0) {
        start()
        var count: Int32 = 0
        curl_multi_perform(multi, &count)
        if !endTries(), milliseconds > 0, !isIdle {
            curl_multi_poll(multi, nil, 0, Int32(min(milliseconds, untilNextStart)), nil)
            curl_multi_perform(multi, &count)
            _ = endTries()
        }
    }

    /// Sends one request and waits for its body.
    /// - Parameter isInterrupted: asked about twenty times a second.
    public func body(of request: HTTPRequest, isInterrupted: () -> Bool = { false })
        throws(HTTPFailure) -> [UInt8]
    {
        let receiver = BodyReceiver()
        send(request, to: receiver)
        while true {
            if let result = receiver.result { return try result.get() }
            if isInterrupted() { cancelAll() } else { pump(milliseconds: 50) }
        }
    }

    /// Ends everything that waits or runs, as interrupted.
    public func cancelAll() {
        let calls = running.values.map(\.call) + waiting
        for (handle, _) in running { curl_multi_remove_handle(multi, handle) }
        running = [:]
        waiting = []
        for call in calls {
            var failure = HTTPFailure(.interrupted, "interrupted")
            failure.tries = call.tries
            call.receiver.finish(failure)
        }
    }

    private var untilNextStart: Int {
        let next = waiting.compactMap(\.notBefore).min()
        guard let next else { return .max >> 33 }
        let left = ContinuousClock.now.duration(to: next).components
        return max(1, Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000))
    }

    /// Begins what may run now, in the order of sending.
    private func start() {
        let now = ContinuousClock.now
        var counts: [String: Int] = [:]
        for entry in running.values {
            counts[entry.call.request.endpoint.authority, default: 0] += 1
        }
        var later: [Call] = []
        let calls = waiting
        waiting = []
        for var call in calls {
            let server = call.request.endpoint.authority
            let hasRoom = counts[server, default: 0] < policy.concurrencyLimit
            guard hasRoom, call.notBefore.map({ $0 <= now }) ?? true else {
                later.append(call)
                continue
            }
            call.tries += 1
            do throws(TandemError) {
                let transfer = try CurlTransfer(call.request, call.receiver, policy)
                guard curl_multi_add_handle(multi, transfer.handle) == CURLM_OK else {
                    throw TandemError(.limit, "no memory for a request")
                }
                running[transfer.handle] = (call, transfer)
                counts[server, default: 0] += 1
            } catch {
                call.receiver.finish(HTTPFailure(.malformed, error.message))
            }
        }
        waiting = later + waiting
    }

    /// - Returns: whether a try has ended.
    private func endTries() -> Bool {
        var hasEnded = false
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let entry = running.removeValue(forKey: handle)
            else { continue }
            let code = message.pointee.data.result
            curl_multi_remove_handle(multi, handle)
            hasEnded = true
            end(entry.call, entry.transfer.failure(code, policy))
        }
        return hasEnded
    }

    private func end(_ call: Call, _ failure: HTTPFailure?) {
        guard var failure else { return call.receiver.finish(nil) }
        failure.tries = call.tries
        let decision = policy.retry.decision(
            after: failure, tries: call.tries, mayRepeat: call.receiver.mayRepeat,
            chance: Double.random(in: 0..<1))
        switch decision {
        case .retry(let seconds):
            var call = call
            call.notBefore = .now + .seconds(seconds)
            waiting.append(call)
        case .giveUp(let reason):
            if let reason { failure.message += "; " + reason }
            call.receiver.finish(failure)
        }
    }
}
