import Basics
import Glibc

/// The traps that ship with the program, and a user's own files in a folder.
public struct TrapLibrary: Sendable {
    public static let fileEnding = ".traps"
    /// The name of the set that ships.
    public static let starterName = "starter"
    /// The file that new traps go to.
    public static let ownName = "mine"
    public let folder: String

    /// - Parameter folder: of the user's files; it need not be there.
    public init(folder: String) { self.folder = folder }

    private static let shipped: [(name: String, bytes: [UInt8])] = [
        ("premise", PackageResources.premise_traps), ("invented", PackageResources.invented_traps),
        ("unanswerable", PackageResources.unanswerable_traps),
        ("outdated", PackageResources.outdated_traps), ("number", PackageResources.number_traps),
        ("negation", PackageResources.negation_traps),
        ("conflict", PackageResources.conflict_traps),
        ("misconception", PackageResources.misconception_traps),
    ]

    /// - Throws: nothing for the files as they are shipped.
    public static func starter() throws(TandemError) -> [Trap] {
        var traps: [Trap] = []
        for file in shipped {
            traps += try TrapParser(file: file.name + fileEnding)
                .traps(String(decoding: file.bytes, as: UTF8.self))
        }
        return traps
    }

    /// Names of sets: the shipped one, then the user's.
    public var names: [String] {
        [Self.starterName]
            + Folder.names(in: folder).filter { $0.hasSuffix(Self.fileEnding) }
            .map { String($0.dropLast(Self.fileEnding.count)) }.filter { $0 != Self.starterName }
    }

    /// Where a user's set of this name is, or would be.
    /// - Throws: `usage` for a name that is none.
    public func path(of name: String) throws(TandemError) -> String {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
        }
        if name.isEmpty || !isPlain || name == Self.starterName {
            throw TandemError(
                .usage, "a set of traps cannot be called \"\(name)\"",
                remedy: "use letters, digits, - and _; \(Self.starterName) is the shipped set")
        }
        return folder + "/" + name + Self.fileEnding
    }

    /// The traps of a set.
    /// - Parameter name: a name, or the path of a file.
    /// - Throws: `notFound`; `malformed`, with line and field.
    public func traps(_ name: String) throws(TandemError) -> [Trap] {
        if name == Self.starterName { return try Self.starter() }
        let isPath = name.contains("/") || name.hasSuffix(Self.fileEnding)
        let file = isPath ? name : try path(of: name)
        if !isPath, access(file, F_OK) != 0 {
            throw TandemError(
                .notFound, "no set of traps is called \(name)",
                remedy: "there are \(names.joined(separator: ", "))")
        }
        return try TrapParser(file: file).traps(TextFile.read(file))
    }

    /// Every trap of every set; of two with one name a user's stands before a shipped one.
    public func all() throws(TandemError) -> [Trap] {
        var traps = try Self.starter()
        for name in names.dropFirst() {
            for trap in try self.traps(name) {
                if let index = traps.firstIndex(where: { $0.id == trap.id }) {
                    traps[index] = trap
                } else {
                    traps.append(trap)
                }
            }
        }
        return traps
    }

    /// Adds traps to a user's set, as one step.
    /// - Returns: how many were not there yet in the same words.
    /// - Throws: `usage` where another trap has the name of one; what reading and writing refuse.
    public func add(_ new: [Trap], to name: String) throws(TandemError) -> Int {
        let path = try path(of: name)
        let text = try access(path, F_OK) == 0 ? TextFile.read(path) : ""
        let known = try TrapParser(file: path).traps(text)
        var added: [Trap] = []
        for trap in new {
            guard let other = (known + added).first(where: { $0.id == trap.id }) else {
                added.append(trap)
                continue
            }
            if other == trap { continue }
            throw TandemError(
                .usage, "another trap is called \(trap.id)", file: path,
                remedy: "choose another name, or change that one in the file")
        }
        if added.isEmpty { return 0 }
        let start = text.isEmpty || text.hasSuffix("\n\n") ? text : text + "\n"
        let whole = start + added.map(\.text).joined(separator: "\n")
        _ = try TrapParser(file: path).traps(whole)
        try Folder.make(folder)
        try TextFile.write(whole, to: path)
        return added.count
    }
}
