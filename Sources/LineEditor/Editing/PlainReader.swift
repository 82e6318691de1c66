import Glibc

/// Lines from a file descriptor that is not edited.
struct PlainReader {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var position = 0

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next line without its end (LF or CR LF); the last may lack one. Bytes that are not UTF-8
    /// become U+FFFD.
    mutating func readLine() -> LineEditor.ReadResult {
        var line: [UInt8] = []
        while true {
            if let end = buffer[position...].firstIndex(of: 0x0A) {
                line += buffer[position..<end]
                position = end + 1
                if line.last == 0x0D { line.removeLast() }
                return .line(String(decoding: line, as: UTF8.self))
            }
            line += buffer[position...]
            switch fill() {
            case 0 where line.isEmpty: return .endOfInput
            case 0: return .line(String(decoding: line, as: UTF8.self))
            case ..<0: return InterruptFlag.isRaised ? .interrupted : .endOfInput
            default: break
            }
        }
    }

    /// Reads more bytes: their count, 0 at the end, less on an error or an interruption.
    private mutating func fill() -> Int {
        var count = -1
        buffer = [UInt8](unsafeUninitializedCapacity: 1 << 16) { bytes, initialized in
            repeat {
                let isReadable = WakeUp.waitForInput(descriptor)
                if InterruptFlag.isRaised { break }
                guard isReadable else {
                    errno = EINTR
                    continue
                }
                count = read(descriptor, bytes.baseAddress, bytes.count)
            } while count < 0 && (errno == EINTR || errno == EAGAIN)
            initialized = max(0, count)
        }
        position = 0
        return count
    }
}
