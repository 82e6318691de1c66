#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file mapped read-only into memory, unmapped when the last reference goes.
///
/// The pages belong to the file cache: opening costs microseconds whatever the size.
public final class MappedFile: @unchecked Sendable {
    // Safe to share: the mapping is read-only and lives exactly as long as this object.
    public let path: String
    /// Valid as long as this object is: keep it in a variable or property while reading.
    public let bytes: UnsafeRawBufferPointer
    /// Of the file as it was opened.
    public let identity: FileIdentity
    private let descriptor: Int32

    /// - Throws: `notFound`, `inputOutput`; a folder and a device are refused.
    public init(path: String) throws(TandemError) {
        self.path = path
        // A pipe must be refused, not waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw TandemError(
                errno == ENOENT ? .notFound : .inputOutput, MappedFile.reason(), file: path)
        }
        do throws(TandemError) {
            (bytes, identity) = try MappedFile.map(descriptor, path)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    private static func map(_ descriptor: Int32, _ path: String) throws(TandemError) -> (
        UnsafeRawBufferPointer, FileIdentity
    ) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw TandemError(.inputOutput, reason(), file: path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw TandemError(.inputOutput, "not a regular file", file: path)
        }
        let size = Int(status.st_size)
        let identity = FileIdentity(status)
        if size == 0 { return (UnsafeRawBufferPointer(start: nil, count: 0), identity) }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
            start != MAP_FAILED
        else { throw TandemError(.inputOutput, reason(), file: path) }
        return (UnsafeRawBufferPointer(start: start, count: size), identity)
    }

    /// Whether nobody has written to the file since it was opened.
    public var isUnchanged: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && FileIdentity(status) == identity
    }

    /// Copies the bytes from `offset` on into `target`, without making them resident here.
    /// - Throws: `inputOutput`, also where the file has become shorter.
    public func read(at offset: Int, into target: UnsafeMutableRawBufferPointer)
        throws(TandemError)
    {
        var done = 0
        while done < target.count {
            let count = pread(
                descriptor, target.baseAddress.map { $0 + done }, target.count - done,
                off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw TandemError(
                    .inputOutput,
                    count < 0 ? MappedFile.reason() : "the file became shorter while it was read",
                    file: path)
            }
            done += count
        }
    }

    /// A copy of all bytes, as they are now: whoever shortens the file later, or a disk that cannot be
    /// read, gives an error and no signal.
    /// - Throws: `inputOutput`.
    public func contents() throws(TandemError) -> [UInt8] {
        var failure: TandemError?
        let copy = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
            do throws(TandemError) {
                try read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))
                count = bytes.count
            } catch { failure = error }
        }
        if let failure { throw failure }
        return copy
    }

    deinit {
        if let start = bytes.baseAddress {
            munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
        }
        close(descriptor)
    }

    /// Tells the system that the pages of `range` (byte offsets) are not needed for now, so that
    /// they no longer count as resident. They are read again when touched.
    public func release(_ range: Range<Int>) {
        guard let start = bytes.baseAddress else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let first = (range.lowerBound + page - 1) / page * page
        let last = min(range.upperBound, bytes.count) / page * page
        guard first < last else { return }
        madvise(UnsafeMutableRawPointer(mutating: start + first), last - first, MADV_DONTNEED)
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
