import Basics
import TestSupport
import Testing

/// Where paths begin that scripts and command lines hold.
struct ScriptPathTests {
    /// Scripts find what is beside them wherever they are run from; `./` on the command line is here.
    @Test func pathsBeginBesideTheScriptOrHere() throws {
        let folder = try TemporaryFolder()
        let there = try folder.folder("there")
        try TinyLlama().writeGGUF(to: folder("tiny.gguf"))
        for name in ["lora", "another lora"] {
            try TinyAdapter(for: TinyLlama()).write(to: folder.folder(name))
        }
        try TinyAdapter(for: TinyLlama()).write(to: try folder.folder("there/lora"))
        try TestFile.write(
            "/set $adapter lora\n/load ../tiny.gguf as base\n/adapter $adapter --on base\n",
            to: there + "/open.tandem")
        try TestFile.write("/source open.tandem\n", to: there + "/main.tandem")
        for (values, path) in [
            ([], "there/lora"), (["--adapter", "lora"], "there/lora"),
            (["--adapter", "./lora"], "/lora"), (["--adapter", "another lora"], "another lora"),
        ] {
            let result = try ScriptTests.tandem(
                ["run", "there/main.tandem", "--json"] + values, in: folder.path)
            #expect(result.status == 0, "\(result.errors)")
            let loaded = try JSON.parse(String(result.output.split(separator: "\n").last ?? ""))
            let adapter = loaded["adapter"]?.string ?? ""
            #expect(adapter.hasSuffix(path), "\(values): \(adapter)")
            #expect(adapter.contains("there") == path.contains("there"), "\(values): \(adapter)")
        }
    }
}
