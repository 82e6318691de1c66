import Basics

extension TandemError {
    /// The JSON event of an error.
    var event: JSON {
        [
            "event": "error", "code": .string(code.rawValue), "message": .string(message),
            "file": file.map { .string($0) } ?? nil, "line": line.map { .integer($0) } ?? nil,
            "column": column.map { .integer($0) } ?? nil,
            "remedy": remedy.map { .string($0) } ?? nil,
        ]
    }
}
