import Basics
import Glibc

/// The rubrics that ship with the program, and a user's own in a folder. A user's stands before a
/// shipped one of the same name.
public struct RubricLibrary: Sendable {
    public static let fileEnding = ".rubric"
    public let folder: String

    /// - Parameter folder: of the user's rubrics; it need not be there.
    public init(folder: String) { self.folder = folder }

    private static let shipped: [(name: String, bytes: [UInt8])] = [
        ("general", PackageResources.general_rubric), ("factual", PackageResources.factual_rubric),
        ("summary", PackageResources.summary_rubric),
        ("instructions", PackageResources.instructions_rubric),
        ("triage", PackageResources.triage_rubric),
    ]

    public static let shippedNames = shipped.map(\.name)

    /// All names, a user's last.
    public var names: [String] {
        Self.shippedNames + userNames.filter { !Self.shippedNames.contains($0) }
    }

    private var userNames: [String] {
        Folder.names(in: folder).filter { $0.hasSuffix(Self.fileEnding) }
            .map { String($0.dropLast(Self.fileEnding.count)) }
    }

    /// Where a user's rubric of this name is, or would be.
    /// - Throws: `usage` for a name that is none.
    public func path(of name: String) throws(TandemError) -> String {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
        }
        if name.isEmpty || !isPlain {
            throw TandemError(
                .usage, "a rubric cannot be called \"\(name)\"",
                remedy: "use letters, digits, - and _")
        }
        return folder + "/" + name + Self.fileEnding
    }

    /// The text of a rubric's file.
    /// - Parameter name: a name, or the path of a file.
    /// - Throws: `notFound`; what reading refuses.
    public func text(of name: String) throws(TandemError) -> (text: String, file: String) {
        if name.contains("/") { return (try TextFile.read(name), name) }
        let path = try path(of: name)
        if access(path, F_OK) == 0 { return (try TextFile.read(path), path) }
        guard let entry = Self.shipped.first(where: { $0.name == name }) else {
            throw TandemError(
                .notFound, "no rubric is called \(name)",
                remedy: "there are \(names.joined(separator: ", ")); /rubric new \(name) makes one")
        }
        return (String(decoding: entry.bytes, as: UTF8.self), name + Self.fileEnding)
    }

    /// - Throws: `notFound`; `malformed`, with the line.
    public func rubric(_ name: String) throws(TandemError) -> Rubric {
        let (text, file) = try text(of: name)
        let last = name.split(separator: "/").last.map { String($0) } ?? name
        let isFile = last.hasSuffix(Self.fileEnding)
        return try RubricParser(file: file).rubric(
            text, name: isFile ? String(last.dropLast(Self.fileEnding.count)) : last)
    }
}
