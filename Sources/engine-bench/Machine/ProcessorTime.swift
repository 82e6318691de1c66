import Foundation

/// Processor time, as the system counts it; see proc(5).
enum ProcessorTime {
    /// Seconds that a running process has used, in user and system mode; 0 when it is gone.
    static func seconds(of process: pid_t) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        // The name, in parentheses, may hold spaces.
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12 else { return 0 }
        return ((Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)) / ticksPerSecond
    }

    /// Seconds that this process and the children that it has waited for have used.
    static func ownSeconds() -> Double {
        [RUSAGE_SELF, RUSAGE_CHILDREN].reduce(0) { sum, who in
            var usage = rusage()
            getrusage(who.rawValue, &usage)
            return [usage.ru_utime, usage.ru_stime].reduce(sum) {
                $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6
            }
        }
    }

    /// Seconds that all processors together were not idle; time taken by a hypervisor counts.
    static func busySeconds() -> Double {
        let text = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? ""
        let fields = text.prefix { $0 != "\n" }.split(separator: " ").dropFirst().compactMap {
            Double($0)
        }
        // user, nice, system, idle, waiting for a disk, interrupts, soft interrupts, stolen
        guard fields.count >= 8 else { return 0 }
        return [0, 1, 2, 5, 6, 7].reduce(0) { $0 + fields[$1] } / ticksPerSecond
    }

    private static var ticksPerSecond: Double { Double(sysconf(Int32(_SC_CLK_TCK))) }
}
