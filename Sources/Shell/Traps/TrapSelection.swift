import Basics
import Sessions
import Traps

/// The traps that a command's words mean.
struct TrapSelection {
    let library: TrapLibrary

    /// - Parameter names: files, sets, kinds and traps; empty: all.
    /// - Returns: each trap once, in the order of the words.
    /// - Throws: `notFound`; what reading a file refuses.
    func traps(_ names: [String]) throws(TandemError) -> [Trap] {
        if names.isEmpty { return try library.all() }
        var traps: [Trap] = []
        for name in names {
            for trap in try self.traps(name) where !traps.contains(where: { $0.id == trap.id }) {
                traps.append(trap)
            }
        }
        return traps
    }

    private func traps(_ name: String) throws(TandemError) -> [Trap] {
        if TrapRequest.isPath(name) {
            return try library.traps(HomePath.expanded(name))
        }
        let all = try library.all()
        if let kind = TrapKind(name) { return all.filter { $0.kind == kind } }
        if let trap = all.first(where: { $0.id == name }) { return [trap] }
        if library.names.contains(name) { return try library.traps(name) }
        throw TandemError(
            .notFound, "no set, kind or trap is called \(name)",
            remedy: "sets: \(library.names.joined(separator: ", ")); kinds: \(TrapKind.words); "
                + "/trap list shows the traps")
    }
}
