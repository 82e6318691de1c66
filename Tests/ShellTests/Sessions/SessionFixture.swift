import Basics
import Foundation
import Sessions
import TestSupport

/// A folder with two tiny variants, and the sessions that are kept in it.
struct SessionFixture {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let model = TinyLlama(contextLength: 1024)
        var file = model.gguf()
        file["tokenizer.chat_template"] = .string(
            "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}")
        try TestFile.write(file.bytes(), to: folder("tiny.gguf"))
        try TinyAdapter(for: model).write(to: folder.folder("lora"))
    }

    static let load = "/load tiny.gguf as base\n/adapter lora --on base as tuned\n"

    /// - Parameter faults: of the disk.
    func tandem(
        _ arguments: [String], _ input: String = "", state: String? = nil,
        faults: [DiskFault] = []
    ) throws -> ScriptTests.Result {
        try RunningProgram(
            arguments, input: input, in: folder.path, state: state,
            environment: ["XDG_CACHE_HOME": folder(".cache")].merging(
                DiskFault.environment(faults)
            ) { $1 }
        ).result()
    }

    /// The ids of the sessions, the oldest first.
    var ids: [String] {
        Folder.names(in: folder(".state/tandem/sessions")).filter { $0.hasSuffix(".jsonl") }
            .map { String($0.dropLast(6)) }
    }

    func path(_ id: String) -> String { folder(".state/tandem/sessions/\(id).jsonl") }

    func records(_ id: String) throws -> [JSON] {
        try Journal.read(path: path(id)).records.map(\.value)
    }
}

extension [JSON] {
    /// Those of one type.
    func ofType(_ type: String) -> [JSON] { filter { $0["type"]?.string == type } }
}
