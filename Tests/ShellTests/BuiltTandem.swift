import PseudoTerminal

/// The program under test.
enum BuiltTandem {
    struct NotBuilt: Error {}

    static func path() throws -> String {
        guard let path = BuiltProgram.path("tandem") else { throw NotBuilt() }
        return path
    }
}
