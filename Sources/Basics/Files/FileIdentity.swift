#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which file it is, and since when it has had its content: equal only where nothing was written in
/// between, as far as the file system tells.
public struct FileIdentity: Sendable, Hashable {
    private let device, inode, changed: UInt64
    public let byteCount: UInt64
    /// When its content was last written, in nanoseconds since 1970.
    public let modified: UInt64

    /// When anything of it was last changed, in nanoseconds since 1970.
    public var lastChange: UInt64 { max(modified, changed) }

    init(_ status: stat) {
        func nanoseconds(_ time: timespec) -> UInt64 {
            UInt64(bitPattern: Int64(time.tv_sec)) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
        }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        byteCount = UInt64(bitPattern: Int64(status.st_size))
        #if canImport(Glibc)
            modified = nanoseconds(status.st_mtim)
            changed = nanoseconds(status.st_ctim)
        #else
            modified = nanoseconds(status.st_mtimespec)
            changed = nanoseconds(status.st_ctimespec)
        #endif
    }

    /// Device, inode, size, and the times of the last change of content and of anything, in
    /// nanoseconds.
    public var text: String { "\(device) \(inode) \(byteCount) \(modified) \(changed)" }
}
