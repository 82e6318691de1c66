import Basics
import Glibc
import ModelFiles

/// A folder in which packed weights are kept, so that loading a model again maps them.
///
/// What is used must belong to this user, be writable by nobody else, and say of itself that it is
/// the packed form of these very files; anything else counts as absent.
public struct PackedFolder: Sendable {
    public let path: String
    /// Weights that were packed from fewer bytes are not kept: packing them again takes less than
    /// 0.1 s. Rounding takes about four times as long.
    let minimumByteCount: Int

    /// - Parameter path: made when there is something to keep.
    public init(path: String, minimumByteCount: Int = 800 << 20) {
        self.path = path
        self.minimumByteCount = minimumByteCount
    }

    /// The kept weights of `file`, mapped; nil where there are none that can be trusted.
    /// - Parameter wanted: all compressed that may be; the file says which are.
    func open(_ file: ModelFile, _ wanted: [MatrixPlan]) -> [StoredMatrix]? {
        guard isOwn else { return nil }
        var plans = wanted
        var key = PackedFileKey(file, plans)
        let path = path + "/" + key.name
        let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            Self.isOwn(status)
        else { return nil }
        func start() -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: key.header.count)
            return pread(descriptor, &bytes, bytes.count, 0) == bytes.count ? bytes : []
        }
        if let forms = PackedFileKey.forms(start()), forms.count == plans.count {
            for index in plans.indices where !forms[index] { plans[index].isCompressed = false }
            key = PackedFileKey(file, plans)
        }
        guard Int(status.st_size) == key.byteCount, start() == key.header else {
            // Damaged: another will take its name.
            unlink(path)
            return nil
        }
        // The time of the last use decides who goes when there is no room.
        futimens(descriptor, nil)
        guard
            let memory = try? WeightMemory(
                descriptor: descriptor, byteCount: key.byteCount, path: path)
        else { return nil }
        let stored = zip(plans, key.offsets).map { StoredMatrix($0, in: memory, at: $1) }
        guard stored.allSatisfy(\.isReadable) else {
            unlink(path)
            return nil
        }
        return stored
    }

    /// Begins to keep packed weights, on a thread of its own.
    /// - Parameter plans: what `matrices` were packed from.
    /// - Returns: nil where it does not pay, or there is no room.
    func keep(_ matrices: [StoredMatrix], of plans: [MatrixPlan], _ key: PackedFileKey)
        -> PackedFileWriter?
    {
        let effort = plans.lazy.flatMap { plan in
            plan.tensors.map { $0.bytes.count * (plan.quantization == nil ? 1 : 4) }
        }.reduce(0, +)
        guard effort >= minimumByteCount, make(), makeRoom(for: key.byteCount) else { return nil }
        return PackedFileWriter(matrices, key, folder: path)
    }

    private var isOwn: Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            && Self.isOwn(status)
    }

    private static func isOwn(_ status: stat) -> Bool {
        status.st_uid == geteuid() && status.st_mode & 0o022 == 0
    }

    /// Makes the folder, for this user alone, and those above it.
    private func make() -> Bool {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            mkdir(String(path[..<end]), 0o700)
        }
        return isOwn
    }

    /// Removes what was not used for the longest time until `byteCount` more bytes are at most a
    /// fifth of what the disk has left for this folder.
    private func makeRoom(for byteCount: Int) -> Bool {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { return false }
        var kept = files()
        var used = kept.reduce(0) { $0 + $1.byteCount }
        let limit = (Int(disk.f_bavail) * Int(disk.f_frsize) + used) / 5
        guard byteCount <= limit else { return false }
        kept.sort { $0.lastUse > $1.lastUse }
        while used + byteCount > limit, let oldest = kept.popLast() {
            unlink(oldest.path)
            used -= oldest.byteCount
        }
        return used + byteCount <= limit
    }

    func files() -> [(path: String, byteCount: Int, lastUse: Int)] {
        var files: [(path: String, byteCount: Int, lastUse: Int)] = []
        for name in Folder.names(in: path) {
            var status = stat()
            let path = path + "/" + name
            guard name.hasSuffix(PackedFileKey.suffix), lstat(path, &status) == 0,
                status.st_mode & S_IFMT == S_IFREG
            else { continue }
            files.append((path, Int(status.st_size), Int(status.st_mtim.tv_sec)))
        }
        return files
    }
}
