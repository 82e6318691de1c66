import Basics

/// Whether the answer is one JSON value, and fits a schema where there is one. Needs no reference.
///
/// RFC 8259, strictly: text or a fence around the value, a key that is there twice, and nesting deeper
/// than 64 make it wrong: 0.
struct JSONAnswer {
    let schema: JSONSchema?

    func score(_ comparison: inout Comparison) -> Score {
        guard let json = try? JSON.parse(comparison.answer) else { return .value(0) }
        guard let schema else { return .value(1) }
        do throws(TandemError) {
            return .value(try schema.problem(in: json) == nil ? 1 : 0)
        } catch {
            return .unscored(error.message)
        }
    }
}
