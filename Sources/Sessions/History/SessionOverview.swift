import Basics

/// A session at a glance.
public struct SessionOverview: Sendable, Equatable {
    public let id: String
    /// When it was last written, in seconds since 1970.
    public let lastWritten: Int
    public private(set) var turnCount = 0
    /// All that were loaded, in this order.
    public private(set) var variants: [String] = []
    /// Nil where there was none.
    public private(set) var firstPrompt: String?
    /// Whether its last command was cut off, and another process does not have it open.
    public private(set) var isUnfinished = false
    public private(set) var isOpen = false

    /// - Throws: `notFound`, `inputOutput`.
    init(_ file: JournalFolder.File) throws(TandemError) {
        id = file.name
        lastWritten = file.modified / 1_000_000_000
        isOpen = JournalFolder.isInUse(file.path)
        var lastType = ""
        var (turnCount, variants, firstPrompt) = (0, [String](), String?.none)
        try SessionFile(path: file.path).eachLine { type, line in
            lastType = type
            if type == "turn" {
                turnCount += 1
                if firstPrompt == nil { firstPrompt = SessionFile.record(line)?["prompt"]?.string }
            } else if type == "loaded", let name = SessionFile.record(line)?["variant"]?.string,
                !variants.contains(name)
            {
                variants.append(name)
            }
        }
        (self.turnCount, self.variants, self.firstPrompt) = (turnCount, variants, firstPrompt)
        isUnfinished = !isOpen && !["done", "end", "session"].contains(lastType)
    }
}
