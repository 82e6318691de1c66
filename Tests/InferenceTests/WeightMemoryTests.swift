import Basics
import Foundation
import Inference
import ModelFiles
import TestSupport
import Testing

/// One copy of the weights: no more bytes than the file has, and the file's own pages do not stay.
struct WeightMemoryTests {
    @Test(arguments: TensorType.allCases)
    func aLoadedModelTakesItsFilesBytesOnce(_ type: TensorType) throws {
        let folder = try TemporaryFolder()
        // Rows in whole panels: others pay for up to 31 rows of padding.
        try TinyLlama(hiddenSize: 512, intermediateSize: 4096, layerCount: 1, seed: 1)
            .writeGGUF(to: folder("model.gguf"), type)
        let file = try ModelFile.open(path: folder("model.gguf"))
        let engine = try Engine(file, workers: Workers(count: 2))
        #expect(Double(engine.byteCount) <= 1.03 * Double(file.byteCount))
        // Norms and metadata were read where they are mapped, with what lies around them.
        let loaded = try residentBytes(of: folder("model.gguf"))
        #expect(loaded * 4 < file.byteCount)
        file.releasePages()
        let released = try residentBytes(of: folder("model.gguf"))
        #expect(released * 50 < file.byteCount)
        withExtendedLifetime(file) {}
    }

    /// Resident bytes of this process's mapping of `path`.
    private func residentBytes(of path: String) throws -> Int {
        let maps = try String(contentsOfFile: "/proc/self/smaps", encoding: .utf8)
        var isMapping = false
        var bytes: Int?
        for line in maps.split(separator: "\n") {
            if line.contains(" /") { isMapping = line.hasSuffix(path) }
            let words = line.split(separator: " ")
            if isMapping, words.first == "Rss:", let kilobytes = Int(words[1]) {
                bytes = (bytes ?? 0) + kilobytes * 1024
            }
        }
        return try #require(bytes, "the file is not mapped")
    }
}
