import Basics
import Foundation
import Inference
import ModelFiles
import TestSupport
import Testing

/// One copy of the weights: no more bytes than the file has, and the file's own pages do not stay.
struct WeightMemoryTests {
    @Test(arguments: [TensorType.f32, .bf16, .q8_0, .q4_1, .q6_K])
    func aLoadedModelTakesItsFilesBytesOnce(_ type: TensorType) throws {
        let folder = try TemporaryFolder()
        // Rows in whole panels: others pay for up to 31 rows of padding.
        try TinyLlama(hiddenSize: 256, intermediateSize: 4096, layerCount: 1, seed: 1)
            .writeGGUF(to: folder("model.gguf"), type)
        let file = try ModelFile.open(path: folder("model.gguf"))
        let engine = try Engine(file, workers: Workers(count: 2))
        #expect(Double(engine.byteCount) <= 1.03 * Double(file.byteCount))
        // Norms and metadata were read where they are mapped, in pages of up to 2 MB.
        file.releasePages()
        let released = try residentBytes(of: folder("model.gguf"))
        #expect(released * 50 < file.byteCount)
        withExtendedLifetime(file) {}
    }

    /// Resident bytes of this process's mapping of `path`.
    private func residentBytes(of path: String) throws -> Int {
        let handle = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/smaps"))
        let maps = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
        var isMapping = false
        var bytes: Int?
        for line in maps.split(separator: "\n") {
            let words = line.split(separator: " ")
            // A mapping's first line begins with its addresses, the others with a name.
            if words.first?.hasSuffix(":") == false { isMapping = line.hasSuffix(path) }
            if isMapping, words.first == "Rss:", let kilobytes = Int(words[1]) {
                bytes = (bytes ?? 0) + kilobytes * 1024
            }
        }
        return try #require(bytes, "the file is not mapped")
    }
}
