/// A form in which products read their inputs.
enum InputForm: Sendable {
    /// f32.
    case exact
    /// int8 in blocks of 32 columns.
    case blocks
    /// bf16, two columns a word.
    case pairs
}

/// The inputs of products, in tiles of rows, one after another; nil where a form is not wanted.
struct Inputs {
    let columns: Int
    /// [columns, tile rows] each.
    var exact: UnsafeMutablePointer<Float>?
    /// As `round_row` lays them out.
    var blocks, pairs: UnsafeMutableRawPointer?
}
