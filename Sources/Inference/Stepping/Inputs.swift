/// A form in which products read their inputs.
enum InputForm: Sendable {
    /// f32.
    case exact
    /// f32, as some kernels multiply it with 4-bit codes.
    case placed
    /// int8 in blocks of 32 columns.
    case blocks
    /// bf16, two columns a word.
    case pairs

    /// Several at once.
    struct Set: OptionSet {
        let rawValue: Int
        static let exact = Set(.exact), placed = Set(.placed), blocks = Set(.blocks),
            pairs = Set(.pairs)

        init(rawValue: Int) { self.rawValue = rawValue }

        init(_ form: InputForm) {
            switch form {
            case .exact: rawValue = 1
            case .placed: rawValue = 2
            case .blocks: rawValue = 4
            case .pairs: rawValue = 8
            }
        }
    }
}

/// Rows of activations, [rows, stride].
struct ActivationRows {
    let start: UnsafeMutablePointer<Float>
    let stride: Int

    subscript(row: Int) -> UnsafeMutablePointer<Float> { start + row * stride }

    func from(_ row: Int) -> ActivationRows { ActivationRows(start: self[row], stride: stride) }
}

/// The inputs of products, in tiles of rows, one after another; nil where a form is not wanted.
struct Inputs {
    /// [columns, tile rows] each, and the sums of every 32 columns, [columns / 32, tile rows].
    struct Tiles {
        let values, sums: UnsafeMutablePointer<Float>
    }

    let columns: Int
    /// As adapters read them.
    var rows: ActivationRows?
    var exact, placed: Tiles?
    /// As `round_rows` lays them out.
    var blocks, pairs: UnsafeMutableRawPointer?
}
