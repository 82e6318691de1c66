/// What a terminal pastes, as text of a line.
package enum PastedText {
    /// Terminals send CR for a line feed. Line feeds at the end go: they would only be Enter.
    package static func normalized(_ scalars: some Collection<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in scalars {
            if scalar == "\r" {
                view.append("\n")
            } else if scalar != "\n" || previous != "\r" {
                view.append(scalar == "\0" ? "\u{FFFD}" : scalar)
            }
            previous = scalar
        }
        while view.last == "\n" { view.removeLast() }
        return String(view)
    }
}
