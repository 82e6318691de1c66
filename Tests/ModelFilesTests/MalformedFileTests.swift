import Basics
import ModelFiles
import TestSupport
import Testing

/// Broken and hostile files: each must lead to what the index beside it says, never to a crash.
@Suite(.enabled(if: SharedData.isPresent, "the shared test data is not here"))
struct MalformedFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let expectation: String
        var testDescription: String { path }
    }

    static func cases(in folder: String) -> [Case] {
        guard let path = SharedData.path("data/malformed/index.json"),
            let mapped = try? MappedFile(path: path),
            let index = try? JSON.parse(mapped.bytes), let entries = index.array
        else { return [] }
        return entries.compactMap { entry in
            guard let file = entry["file"]?.string, file.hasPrefix(folder + "/"),
                let path = SharedData.path("data/malformed/" + file),
                let expectation = entry["expect"]?.string
            else { return nil }
            return Case(path: path, expectation: expectation)
        }
    }

    private func check(_ testCase: Case, _ open: (String) throws -> Void) {
        let isReject = testCase.expectation.hasPrefix("reject-cleanly")
        let isAccept =
            testCase.expectation.hasPrefix("parse-ok") || testCase.expectation == "accept"
        do {
            try open(testCase.path)
            #expect(!isReject, "was accepted")
        } catch {
            #expect(!isAccept, "\(error)")
            #expect((error as? TandemError)?.file == testCase.path)
        }
    }

    @Test(arguments: cases(in: "gguf"))
    func gguf(_ testCase: Case) {
        check(testCase) { path in
            for tensor in try GGUFFile(path: path).tensors { _ = tensor.dequantized() }
        }
    }

    @Test(arguments: cases(in: "safetensors"))
    func safetensors(_ testCase: Case) {
        check(testCase) { path in
            let file = try SafetensorsFile(path: path)
            for entry in file.entries {
                _ = try file.tensor(named: entry.name).dequantized()
            }
        }
    }

    @Test func everyFileIsCovered() {
        #expect(Self.cases(in: "gguf").count == 22)
        #expect(Self.cases(in: "safetensors").count == 11)
    }
}
