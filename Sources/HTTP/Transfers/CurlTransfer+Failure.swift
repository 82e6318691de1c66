import CLibcurl
import Glibc

/// What a try came to.
extension CurlTransfer {
    /// Nil where the answer is complete; the receiver has its say on that, too.
    func failure(_ code: CURLcode, _ policy: HTTPPolicy) -> HTTPFailure? {
        let server = request.endpoint.authority
        if isOversized {
            return HTTPFailure(
                .oversized,
                "\(server) sent more than \(policy.bodyLimit >> 20) MiB for one answer")
        }
        if isEnough { return receiver.end() }
        if code != CURLE_OK { return transportFailure(code, policy) }
        guard isSuccess else { return statusFailure() }
        begin()
        return receiver.end()
    }

    private func transportFailure(_ code: CURLcode, _ policy: HTTPPolicy) -> HTTPFailure {
        let server = request.endpoint.authority
        // Of an error that is cut short its status still counts.
        if status >= 300, code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR {
            return statusFailure()
        }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return HTTPFailure(.connection, "the host of \(server) is not known")
        case CURLE_COULDNT_CONNECT:
            let number = tandem_curl_operating_system_error(handle)
            let reason = number > 0 ? ": " + String(cString: strerror(Int32(number))) : ""
            return HTTPFailure(.connection, "no connection to \(server)\(reason)")
        case CURLE_OPERATION_TIMEDOUT:
            return HTTPFailure(
                .timeout,
                status == 0
                    ? "\(server) gave no answer in time"
                    : "\(server) stopped in the middle of an answer")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_USE_SSL_FAILED:
            return HTTPFailure(.security, "no safe connection to \(server): \(libraryMessage)")
        case CURLE_GOT_NOTHING:
            return HTTPFailure(.connection, "\(server) closed the connection without an answer")
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE:
            return HTTPFailure(
                .connection,
                "the connection to \(server) broke "
                    + (status == 0 ? "before an answer" : "in the middle of an answer"))
        default:
            let words = libraryMessage
            return HTTPFailure(
                .malformed,
                "the answer of \(server) cannot be read: "
                    + (words.isEmpty ? String(cString: curl_easy_strerror(code)) : words))
        }
    }

    private func statusFailure() -> HTTPFailure {
        let message = ServerMessage(body: errorBody)
        var words = message.text
        if (300..<400).contains(status) {
            words = "it points elsewhere, which is not followed: the key would go there, too"
        }
        if let key = request.key { words = key.redacted(words) }
        var failure = HTTPFailure(
            .status(status),
            "\(request.endpoint.authority) answers \(status)" + (words.isEmpty ? "" : ": " + words))
        failure.serverCode = message.code
        failure.retryAfter = RetryAfter.seconds(headers, now: Double(time(nil)))
        failure.serverAdvice = ["true": true, "false": false][headers["x-should-retry"] ?? ""]
        return failure
    }
}
