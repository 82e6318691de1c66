import Basics

/// What the commands of a script gave: `NAME.tandem.rec`, JSON lines beside `NAME.tandem`.
///
/// The first record says what it is; then, for each command in turn, `command` and its results, with
/// the keys of the JSON events: `loaded`, `answer`, `row` (of a run), `score`, `judgement`, `versus`,
/// `rating`, `summary`, `expect`, and `reply` for what a server said. No times, keys or homes.
public struct Recording: Sendable, Equatable {
    /// Without the first.
    public var records: [JSON]

    public static let format = 1
    public static let fileExtension = ".rec"

    public init(_ records: [JSON]) { self.records = records }

    /// - Parameter path: of the script.
    public static func path(of script: String) -> String { script + fileExtension }

    /// - Throws: `malformed`, with the line; `unsupported` for another format.
    public init(_ text: String, file: String) throws(TandemError) {
        var records: [JSON] = []
        for (number, line) in text.split(separator: "\n").enumerated() {
            do throws(TandemError) { records.append(try JSON.parse(String(line))) } catch {
                throw TandemError(
                    .malformed, "the record is no JSON: \(error.message)", file: file,
                    line: number + 1, remedy: "record anew with tandem run SCRIPT --accept")
            }
        }
        guard let first = records.first, first["type"] == "recording" else {
            throw TandemError(.malformed, "it is no recording", file: file, line: 1)
        }
        guard first["format"]?.integer == Self.format else {
            throw TandemError(
                .unsupported,
                "it has the format \(first["format"]?.text ?? "of nobody knows what")",
                file: file, line: 1,
                remedy: "this Tandem reads format \(Self.format); record anew with --accept")
        }
        self.records = Array(records.dropFirst())
    }

    /// One record a line.
    public var text: String {
        let head: JSON = [
            "type": "recording", "format": .integer(Self.format), "program": "tandem",
        ]
        return ([head] + records).map { $0.text + "\n" }.joined()
    }
}
