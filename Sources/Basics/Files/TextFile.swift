import Glibc

/// Small text files, read and written whole.
public enum TextFile {
    /// - Throws: `notFound`, `inputOutput`; `malformed` for bytes that are not UTF-8.
    public static func read(_ path: String) throws(TandemError) -> String {
        let mapped = try MappedFile(path: path)
        defer { withExtendedLifetime(mapped) {} }
        guard let text = String(validating: mapped.bytes, as: UTF8.self) else {
            throw TandemError(.malformed, "not a text in UTF-8", file: path)
        }
        return text
    }

    /// Replaces the file in one step: a crash leaves the old one or the new one.
    public static func write(_ text: String, to path: String) throws(TandemError) {
        let temporary = path + ".part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        func failure() -> TandemError {
            TandemError(.inputOutput, String(cString: strerror(errno)), file: path)
        }
        guard descriptor >= 0 else { throw failure() }
        var (text, isComplete) = (text, true)
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let count = Glibc.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count <= 0 {
                    isComplete = false
                    return
                }
                rest = rest.dropFirst(count)
            }
        }
        isComplete = isComplete && fsync(descriptor) == 0
        guard close(descriptor) == 0, isComplete, rename(temporary, path) == 0 else {
            let error = failure()
            unlink(temporary)
            throw error
        }
    }
}
