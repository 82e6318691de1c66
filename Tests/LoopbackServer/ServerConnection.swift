import Glibc

/// One connection, read and written to the end by one thread.
struct ServerConnection: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// - Returns: nil when the other side is gone.
    func nextRequest() -> ReceivedRequest? {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        var head: Int?
        while head == nil {
            guard let more = read() else { return nil }
            bytes += more
            head = bytes.firstRange(of: end)?.upperBound
        }
        guard let head else { return nil }
        let lines = String(decoding: bytes[..<head], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count == 2 ? parts[1].trimmed : ""
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while bytes.count < head + length {
            guard let more = read() else { return nil }
            bytes += more
        }
        return ReceivedRequest(
            method: String(words[0]), path: String(words[1]), headers: headers,
            body: Array(bytes[head..<head + length]))
    }

    /// - Returns: whether the connection goes on.
    func perform(_ actions: [ServerAction]) -> Bool {
        for action in actions {
            switch action {
            case .send(let bytes): if !send(bytes) { return false }
            case .wait(let seconds): usleep(UInt32(seconds * 1_000_000))
            case .stall:
                while read() != nil {}
                return false
            case .close: return false
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(
                    descriptor, SOL_SOCKET, SO_LINGER, &linger,
                    socklen_t(MemoryLayout<Glibc.linger>.size))
                return false
            }
        }
        return true
    }

    func close() { Glibc.close(descriptor) }

    private func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
