import Sessions

/// The path of a model as a user names it.
public enum ModelPath {
    /// `demo` is the demo model; `~` is the user's home.
    public static func resolved(_ name: String) -> String {
        name == Command.demo ? HomePath.demoModel : HomePath.expanded(name)
    }
}
