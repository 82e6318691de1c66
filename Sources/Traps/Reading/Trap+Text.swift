extension Trap {
    /// The section of a file that reads back as this trap.
    public var text: String {
        var lines = ["## \(id): \(kind.rawValue)", TrapParser.line("prompt", prompt)]
        func add(_ name: String, _ forms: [String]) {
            if !forms.isEmpty {
                lines.append(TrapParser.line(name, forms.joined(separator: " | ")))
            }
        }
        if truth.isEmpty, corrections.isEmpty {
            lines.append(TrapParser.line("truth", TrapParser.unknowable))
        }
        add("truth", truth)
        add("correction", corrections)
        for falsehood in falsehoods { add("falsehood", falsehood) }
        if let control {
            lines.append(TrapParser.line("control", control.prompt))
            add("answer", control.answers)
        }
        if let claim { lines.append(TrapParser.line("claim", claim)) }
        add("entity", entities)
        add("names", names)
        lines.append(TrapParser.line("reason", reason))
        return lines.joined(separator: "\n") + "\n"
    }
}
