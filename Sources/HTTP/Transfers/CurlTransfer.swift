import Basics
import CLibcurl

/// One try of a request: owns libcurl's handle, its headers and its buffers.
final class CurlTransfer {
    let handle: UnsafeMutableRawPointer
    let request: HTTPRequest
    let receiver: any HTTPReceiver
    private(set) var status = 0
    /// By lower-case name; of the last answer, without those of informational ones.
    private(set) var headers: [String: String] = [:]
    /// The body of an answer that is not 2xx, up to a limit.
    private(set) var errorBody: [UInt8] = []
    private(set) var isOversized = false
    /// The receiver has enough.
    private(set) var isEnough = false
    private var byteCount = 0
    private var hasBegun = false
    private let bodyLimit: Int
    private var list: UnsafeMutablePointer<curl_slist>?
    private let message: UnsafeMutablePointer<CChar>

    private static let errorBodyLimit = 64 << 10

    /// - Throws: `limit` without memory; `usage` for an address that libcurl cannot read.
    init(_ request: HTTPRequest, _ receiver: any HTTPReceiver, _ policy: HTTPPolicy)
        throws(TandemError)
    {
        guard let handle = curl_easy_init() else {
            throw TandemError(.limit, "no memory for a request")
        }
        self.handle = handle
        self.request = request
        self.receiver = receiver
        bodyLimit = policy.bodyLimit
        message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let codes = setReceivers() + setRequest() + setLimits(policy)
        if let code = codes.first(where: { $0 != CURLE_OK }) {
            throw TandemError(
                .network,
                "libcurl refuses a request to \(request.endpoint.text): "
                    + String(cString: curl_easy_strerror(code)))
        }
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(list)
        message.deallocate()
    }

    /// libcurl's own words for what went wrong.
    var libraryMessage: String { String(cString: message) }

    private func setReceivers() -> [CURLcode] {
        let context = Unmanaged.passUnretained(self).toOpaque()
        return [
            tandem_curl_set_message_buffer(handle, message),
            tandem_curl_set_body_receiver(
                handle,
                { bytes, size, count, context in
                    guard let context, let bytes else { return 0 }
                    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                    let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
                    return transfer.take(part) ? size * count : 0
                }, context),
            tandem_curl_set_header_receiver(
                handle,
                { bytes, size, count, context in
                    guard let context, let bytes else { return 0 }
                    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                    transfer.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
                    return size * count
                }, context),
        ]
    }

    private func setRequest() -> [CURLcode] {
        var codes = [
            tandem_curl_set_text(handle, CURLOPT_URL, request.endpoint.text),
            tandem_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, request.endpoint.protocols),
            tandem_curl_set_text(handle, CURLOPT_USERAGENT, "tandem"),
        ]
        var lines = ["Accept: text/event-stream, application/json"]
        if let key = request.key { lines.append("Authorization: Bearer " + key.secret) }
        if request.method == .post {
            // Without the second line libcurl waits for the server's leave to send a large body.
            lines += ["Content-Type: application/json", "Expect:"]
            codes += [
                tandem_curl_set_long(handle, CURLOPT_POST, 1),
                tandem_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, request.body.count),
                request.body.withUnsafeBytes {
                    tandem_curl_set_text(
                        handle, CURLOPT_COPYPOSTFIELDS,
                        $0.baseAddress?.assumingMemoryBound(to: CChar.self))
                },
            ]
        }
        for line in lines {
            guard let longer = curl_slist_append(list, line) else { return [CURLE_OUT_OF_MEMORY] }
            list = longer
        }
        return codes + [tandem_curl_set_list(handle, CURLOPT_HTTPHEADER, list)]
    }

    private func setLimits(_ policy: HTTPPolicy) -> [CURLcode] {
        let connect = max(1, Int(policy.connectSeconds * 1000))
        let options: [(CURLoption, Int)] = [
            (CURLOPT_CONNECTTIMEOUT_MS, connect),
            (CURLOPT_TIMEOUT_MS, max(1, Int(policy.totalSeconds * 1000))),
            (CURLOPT_LOW_SPEED_LIMIT, 1), (CURLOPT_LOW_SPEED_TIME, policy.silenceSeconds),
            (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
        ]
        var codes = options.map { tandem_curl_set_long(handle, $0.0, $0.1) }
        // A proxy of the environment must not see what stays on this machine.
        if request.endpoint.isLoopback {
            codes.append(tandem_curl_set_text(handle, CURLOPT_NOPROXY, "*"))
        }
        return codes
    }

    private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(bodyLimit - byteCount))
        byteCount += part.count
        if isSuccess {
            begin()
            isEnough = !receiver.receive(part)
        } else {
            errorBody += part.prefix(Self.errorBodyLimit - errorBody.count)
        }
        isOversized = !isEnough && part.count < bytes.count
        return !isEnough && !isOversized
    }

    var isSuccess: Bool { (200..<300).contains(status) }

    /// Tells the receiver, once, that an answer begins.
    func begin() {
        if hasBegun { return }
        hasBegun = true
        let type = headers["content-type"]?.prefix { $0 != ";" && $0 != " " }
        receiver.begin(contentType: type?.lowercased() ?? "")
    }

    private func takeHeader(_ bytes: UnsafeRawBufferPointer) {
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            headers = [:]
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
            let end = value.lastIndex { !$0.isWhitespace }
            headers[line[..<colon].lowercased()] = end.map { String(value[...$0]) } ?? ""
        }
    }
}
