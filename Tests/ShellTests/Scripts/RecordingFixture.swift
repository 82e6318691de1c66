import Basics
import Foundation
import TestSupport

/// A folder with a tiny chat model, adapters and rows, and the program run in it.
struct RecordingFixture {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let model = TinyLlama()
        var file = model.gguf()
        file["tokenizer.chat_template"] = .string(Self.template)
        try TestFile.write(file.bytes(), to: folder("tiny.gguf"))
        try TinyAdapter(for: model).write(to: folder.folder("lora"))
        try TinyAdapter(for: model, seed: 8).write(to: folder.folder("other"))
        let rows = (1...6).map {
            "{\"prompt\": \"Item \($0)\", \"reference\": \"a\", \"group\": \"g\"}\n"
        }
        try TestFile.write(rows.joined(), to: folder("rows.jsonl"))
    }

    static let template =
        "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant:"

    static let open = "/load tiny.gguf as base\n/adapter lora --on base as tuned\n"

    func write(_ script: String, to name: String = "s.tandem") throws {
        try TestFile.write(script, to: folder(name))
    }

    func text(of name: String) throws -> String {
        String(decoding: try TestFile.bytes(of: folder(name)), as: UTF8.self)
    }

    func records(of name: String) throws -> [JSON] {
        try text(of: name).split(separator: "\n").map { try JSON.parse(String($0)) }
    }

    func tandem(_ arguments: [String], input: String = "", home: String = "home") throws
        -> ScriptTests.Result
    {
        try ScriptTests.tandem(
            arguments, input: input, in: folder.path,
            environment: [
                "XDG_CACHE_HOME": folder(home + "/cache"),
                "XDG_STATE_HOME": folder(home + "/state"),
            ])
    }

    func events(_ result: ScriptTests.Result, _ name: String) throws -> [JSON] {
        try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            .filter { $0["event"]?.string == name }
    }
}
