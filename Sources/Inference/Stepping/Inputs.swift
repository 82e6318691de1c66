/// A form in which products read their inputs.
enum InputForm: Sendable {
    /// f32.
    case exact
    /// int8 in blocks of 32 columns.
    case blocks
    /// bf16, two columns a word.
    case pairs

    /// Several at once.
    struct Set: OptionSet {
        let rawValue: Int
        static let exact = Set(.exact), blocks = Set(.blocks), pairs = Set(.pairs)

        init(rawValue: Int) { self.rawValue = rawValue }

        init(_ form: InputForm) {
            switch form {
            case .exact: rawValue = 1
            case .blocks: rawValue = 2
            case .pairs: rawValue = 4
            }
        }
    }
}

/// The inputs of products, in tiles of rows, one after another; nil where a form is not wanted.
struct Inputs {
    let columns: Int
    /// As adapters read them: [rows, the workspace's `widest`].
    var rows: UnsafeMutablePointer<Float>?
    /// [columns, tile rows] each, and the sums of every 32 columns, [columns / 32, tile rows].
    var exact: (tiles: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>)?
    /// As `round_row` lays them out.
    var blocks, pairs: UnsafeMutableRawPointer?
}
