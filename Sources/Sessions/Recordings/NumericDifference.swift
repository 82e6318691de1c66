import Basics

/// Where two values of one shape are not the same.
struct NumericDifference {
    /// By path: the two values.
    private var differences: [(path: String, old: JSON, new: JSON)] = []

    init(_ old: JSON, _ new: JSON) { add("", old, new) }

    var isNone: Bool { differences.isEmpty }

    /// Whether only numbers differ, by no more than `tolerance`, relative to values beyond 1.
    func isWithin(_ tolerance: Double) -> Bool {
        differences.allSatisfy { _, old, new in
            guard let first = old.double, let second = new.double else { return false }
            return abs(first - second) <= tolerance * max(1, abs(first), abs(second))
        }
    }

    /// The first few, for people.
    var detail: String {
        let shown = differences.prefix(4).map { path, old, new in
            "\(path): \(old.string ?? old.text) → \(new.string ?? new.text)"
        }
        return (shown + (differences.count > 4 ? ["and \(differences.count - 4) more"] : []))
            .joined(separator: "; ")
    }

    private mutating func add(_ path: String, _ old: JSON, _ new: JSON) {
        if old == new { return }
        switch (old, new) {
        case (.object(let first), .object(let second)):
            for (key, value) in first.members {
                add(path.isEmpty ? key : path + "." + key, value, second[key] ?? .null)
            }
            for (key, value) in second.members where first[key] == nil && value != .null {
                differences.append((path.isEmpty ? key : path + "." + key, .null, value))
            }
        case (.array(let first), .array(let second)) where first.count == second.count:
            for (index, pair) in zip(first, second).enumerated() {
                add("\(path)[\(index)]", pair.0, pair.1)
            }
        default: differences.append((path, old, new))
        }
    }
}
