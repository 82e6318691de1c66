extension Trap {
    /// The section of a file that reads back as this trap.
    public var text: String {
        var lines = ["## \(id): \(kind.rawValue)", Self.field("prompt", prompt)]
        func add(_ name: String, _ forms: [String]) {
            if !forms.isEmpty { lines.append(Self.field(name, forms.joined(separator: " | "))) }
        }
        if truth.isEmpty, corrections.isEmpty {
            lines.append(Self.field("truth", TrapParser.unknowable))
        }
        add("truth", truth)
        add("correction", corrections)
        for falsehood in falsehoods { add("falsehood", falsehood) }
        if let control {
            lines.append(Self.field("control", control.prompt))
            add("answer", control.answers)
        }
        if let claim { lines.append(Self.field("claim", claim)) }
        add("entity", entities)
        add("names", names)
        lines.append(Self.field("reason", reason))
        return lines.joined(separator: "\n") + "\n"
    }

    private static func field(_ name: String, _ value: String) -> String {
        let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
        return name + ": "
            + lines.enumerated().map { index, line in
                index == 0 || line.isEmpty ? String(line) : "  " + line
            }.joined(separator: "\n")
    }
}
