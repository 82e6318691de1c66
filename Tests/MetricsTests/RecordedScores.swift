import Basics
import Foundation
import TestSupport
import Testing

/// What Python's libraries give for generated texts. Recorded by `scripts/references/record_scores.py`.
struct RecordedScores {
    /// Answer and reference.
    let texts: [(answer: String, reference: String)]
    /// The metrics of ``rows``.
    let names: [String]
    /// Each pair by itself: [pair][metric]; null where a library was not asked.
    let rows: [[JSON]]
    /// Pairs `first ..< first + n` as one corpus, by metric.
    let corpora: [JSON]
    /// The first of `n` answers against the references of all of them, by metric.
    let several: [JSON]
    /// All of ``several`` as one corpus.
    let severalCorpus: JSON
    /// What a pattern captures in each of the first `n` answers, where it does.
    let captures: [JSON]

    init() throws {
        texts = try Self.lines("texts.jsonl").map { line in
            let pair = try #require(line.array)
            return (try #require(pair[0].string), try #require(pair[1].string))
        }
        let lines = try Self.lines("scores.jsonl")
        names = try #require(lines[1]["names"]?.array).compactMap(\.string)
        rows = lines.compactMap(\.array)
        corpora = lines.filter { $0["corpus"] != nil }
        several = lines.filter { $0["several"] != nil }
        captures = lines.filter { $0["captures"] != nil }
        severalCorpus = try #require(lines.first { $0["several_corpus"] != nil })
    }

    private static func lines(_ name: String) throws -> [JSON] {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "References/" + name).path()
        return try TestFile.bytes(of: path).split(separator: 0x0A).map {
            try JSON.parse(Array($0), file: path)
        }
    }
}
