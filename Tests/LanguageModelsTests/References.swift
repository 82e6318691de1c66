import Basics
import Foundation

/// Files recorded from the Python packages, beside these tests.
enum References {
    static func read(_ name: String) throws -> JSON {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "References/" + name).path()
        return try JSON.parse(Array(try Data(contentsOf: URL(filePath: path))), file: path)
    }
}
