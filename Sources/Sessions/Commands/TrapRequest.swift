import Basics

/// What `/trap` is asked for.
public enum TrapRequest: Sendable, Equatable {
    /// How a new trap is given.
    public enum Making: Sendable, Equatable {
        /// Asks a person for each part.
        case ask
        /// Sections as files of traps have them.
        case text(String)
        case parts(Parts)
    }

    /// A trap's heading, and its fields in their order.
    public struct Parts: Sendable, Equatable {
        public var name: String
        public var kind: String
        public var fields: [Command.Assignment]

        public init(name: String, kind: String, fields: [Command.Assignment] = []) {
            self.name = name
            self.kind = kind
            self.fields = fields
        }
    }

    case new(Making)
    /// Of the last turn; what is not given is taken from it.
    case add(Parts)
    /// Of a kind or a set; nil: all.
    case list(String?)
    case show(String)
    case run(Run)
    /// A script that checks the traps that ran last.
    case save(String)
    case importing(file: String, set: String?)

    public struct Run: Sendable, Equatable {
        /// Files, sets, kinds and traps; empty: all.
        public var names: [String]
        /// Whether they are asked in other words, too.
        public var varies = false
        /// Who is asked where no rule decides.
        public var judge: String?
        /// Does not go on with a run that was left unfinished.
        public var startsAnew = false

        public init(names: [String] = []) { self.names = names }
    }

    /// Whether a word names a file of traps, and no set, kind or trap.
    public static func isPath(_ word: String) -> Bool {
        word.contains("/") || word.hasSuffix(".traps")
    }

    public static let verbs = ["run", "new", "add", "list", "show", "save", "import"]

    /// - Parameter block: what stands between `"""`.
    init(_ arguments: Arguments, _ block: String?) throws(TandemError) {
        var words = try arguments.words()
        guard !words.isEmpty else {
            throw arguments.wrong("one of \(Self.verbs.joined(separator: ", ")) is missing")
        }
        let verb = words.removeFirst()
        if let block {
            guard verb == "new", words.isEmpty else {
                throw arguments.wrong("a block is for /trap new alone")
            }
            self = .new(.text(try arguments.variables.expanded(block)))
            return
        }
        switch verb {
        case "new":
            self = .new(words.isEmpty ? .ask : .parts(try Self.parts(&words, arguments)))
        case "add": self = .add(try Self.parts(&words, arguments))
        case "list": self = .list(words.isEmpty ? nil : try arguments.only(words))
        case "show": self = .show(try arguments.only(words))
        case "save": self = .save(try arguments.only(words))
        case "import":
            let set = try arguments.take("as", from: &words)
            self = .importing(file: try arguments.only(words), set: set)
        case "run":
            var run = Run()
            run.judge = try arguments.take("--judge", from: &words)
            run.varies = arguments.takeFlag("--vary", from: &words)
            run.startsAnew = arguments.takeFlag("--fresh", from: &words)
            if let option = words.first(where: { $0.hasPrefix("--") }) {
                throw arguments.wrong("there is no option \(option)")
            }
            run.names = words
            self = .run(run)
        default:
            let near = NearestName.suggestions(for: verb, among: Self.verbs)
            throw arguments.wrong(
                "there is no \(verb)"
                    + (near.isEmpty ? "" : "; did you mean " + near.joined(separator: " or ")))
        }
    }

    static func parts(_ words: inout [String], _ arguments: Arguments)
        throws(TandemError) -> Parts
    {
        guard words.count >= 2, !words[0].hasPrefix("--"), !words[1].hasPrefix("--") else {
            throw arguments.wrong("a name, or an item, and a kind are expected")
        }
        var parts = Parts(name: words[0], kind: words[1])
        words.removeFirst(2)
        while let option = words.first {
            guard option.hasPrefix("--"), option.count > 2 else {
                throw arguments.wrong("\(option) belongs to no field; put quotes around texts")
            }
            let field = String(option.dropFirst(2))
            guard let value = try arguments.take(option, from: &words) else { break }
            parts.fields.append(.init(key: field, value: value))
        }
        return parts
    }

    /// The words that read back as this.
    var words: [String] {
        switch self {
        case .new(.ask): ["new"]
        case .new(.text(let text)): ["new", text]
        case .new(.parts(let parts)): ["new"] + parts.words
        case .add(let parts): ["add"] + parts.words
        case .list(let name): ["list"] + (name.map { [$0] } ?? [])
        case .show(let name): ["show", name]
        case .save(let name): ["save", name]
        case .importing(let file, let set): ["import", file] + (set.map { ["as", $0] } ?? [])
        case .run(let run):
            ["run"] + run.names + (run.varies ? ["--vary"] : [])
                + (run.judge.map { ["--judge", $0] } ?? []) + (run.startsAnew ? ["--fresh"] : [])
        }
    }
}

extension TrapRequest.Parts {
    /// The words that read back as this.
    var words: [String] {
        [name, kind] + fields.flatMap { ["--" + $0.key, $0.value] }
    }
}
