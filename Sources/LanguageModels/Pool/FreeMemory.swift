import Glibc

/// Memory that this process could still take.
enum FreeMemory {
    /// Bytes: what the kernel calls available, or what is left of the control group's limit where
    /// that is less; all memory of the machine where neither is told.
    static func byteCount() -> Int {
        let machine = field("MemAvailable:", in: "/proc/meminfo").map { $0 * 1024 }
        let all = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))
        return min(machine ?? all, controlGroup ?? .max)
    }

    /// The group of a container, which sees itself as the root. Cached pages of files make way.
    private static var controlGroup: Int? {
        let folder = "/sys/fs/cgroup/"
        guard let limit = text(folder + "memory.max").flatMap(number),
            let used = text(folder + "memory.current").flatMap(number)
        else { return nil }
        let cached = field("inactive_file", in: folder + "memory.stat") ?? 0
        return max(0, limit - used + cached)
    }

    private static func field(_ name: String, in path: String) -> Int? {
        let line = text(path)?.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }

    private static func number(_ text: String) -> Int? {
        text.split(separator: "\n").first.flatMap { Int($0) }
    }

    private static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
