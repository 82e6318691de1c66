import Basics
import Glibc
import Synchronization

/// Writes packed weights to a file on a thread of its own, which only gets processors that nobody
/// else wants.
///
/// The file has no name until it is whole and on the disk, so that whatever stops the program leaves
/// nothing behind.
final class PackedFileWriter: Sendable {
    /// Where the file will be.
    let path: String
    private let folder: String
    private let matrices: [StoredMatrix]
    private let key: PackedFileKey
    private let isCancelled = Atomic<Bool>(false)
    private let thread = Mutex<pthread_t?>(nil)

    /// Written, then awaited: ending the program never has to wait for more.
    private static let chunkBytes = 16 << 20

    // Linux's values, which C's headers show only with _GNU_SOURCE.
    private static let idlePolicy: Int32 = 5
    private static let unnamedFile = 0o20_000_000 | O_DIRECTORY

    init?(_ matrices: [StoredMatrix], _ key: PackedFileKey, folder: String) {
        path = folder + "/" + key.name
        self.folder = folder
        self.matrices = matrices
        self.key = key
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let writer = Unmanaged<PackedFileWriter>.fromOpaque(context).takeRetainedValue()
                var parameters = sched_param()
                sched_setscheduler(0, PackedFileWriter.idlePolicy, &parameters)
                writer.write()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        guard result == 0 else {
            Unmanaged.passUnretained(self).release()
            return nil
        }
        self.thread.withLock { $0 = thread }
    }

    deinit {
        if let thread = thread.withLock({ $0 }) { pthread_detach(thread) }
    }

    /// Gives up soon.
    func cancel() { isCancelled.store(true, ordering: .relaxed) }

    /// Waits until the file is there, or was given up.
    func wait() {
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let thread { pthread_join(thread, nil) }
    }

    private func write() {
        let descriptor = open(folder, Self.unnamedFile | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let digest = SHA256()
        key.header.withUnsafeBytes { digest.append($0) }
        guard writeBody(descriptor, digest) else { return }
        let trailer = PackedFileKey.trailer(digest.hex())
        guard
            pwrite(descriptor, trailer, trailer.count, off_t(key.contentByteCount))
                == trailer.count,
            fsync(descriptor) == 0,
            pwrite(descriptor, key.header, key.header.count, 0) == key.header.count,
            fsync(descriptor) == 0
        else { return }
        linkat(
            AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW)
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
    }

    private func writeBody(_ descriptor: Int32, _ digest: SHA256) -> Bool {
        var start = key.header.count
        while start < key.contentByteCount {
            // Chunks end on multiples of their size: the file cache then takes large pages.
            let end = min(
                (start / Self.chunkBytes + 1) * Self.chunkBytes, key.contentByteCount)
            guard !isCancelled.load(ordering: .relaxed), write(start..<end, descriptor, digest),
                fdatasync(descriptor) == 0
            else { return false }
            start = end
        }
        return true
    }

    /// Writes the matrices' parts that lie in `range` of the file.
    private func write(_ range: Range<Int>, _ descriptor: Int32, _ digest: SHA256) -> Bool {
        var parts: [iovec] = []
        for (stored, offset) in zip(matrices, key.offsets) {
            let place = offset..<offset + stored.region.range.count
            let part = place.clamped(to: range)
            guard !part.isEmpty else { continue }
            parts.append(
                iovec(
                    iov_base: stored.matrix.panels + (part.lowerBound - offset),
                    iov_len: part.count))
        }
        for part in parts {
            digest.append(UnsafeRawBufferPointer(start: part.iov_base, count: part.iov_len))
        }
        var done = range.lowerBound
        while done < range.upperBound {
            let count = pwritev(descriptor, parts, Int32(min(parts.count, 1024)), off_t(done))
            guard count > 0 else { return false }
            done += count
            var rest = count
            while let first = parts.first, rest >= first.iov_len {
                rest -= first.iov_len
                parts.removeFirst()
            }
            if rest > 0, let base = parts.first?.iov_base {
                parts[0] = iovec(iov_base: base + rest, iov_len: parts[0].iov_len - rest)
            }
        }
        return true
    }
}
