import Basics
import Inference
import ModelFiles
import TestSupport
import Testing

struct AdapterRefusalTests {
    /// Left out silently, a part of an adapter would spoil every comparison made with it.
    @Test func anAdaptedOutputMatrixIsNotLeftOut() throws {
        let folder = try TemporaryFolder()
        let model = TinyLlama()
        try model.writeGGUF(to: folder("tiny.gguf"))
        try TinyAdapter(for: model, targets: ["q_proj", "lm_head"]).write(to: folder("lora"))
        let workers = try Workers(count: 1)
        let engine = try Engine(ModelFile.open(path: folder("tiny.gguf")), workers: workers)
        let file = try AdapterFile.open(path: folder("lora"))
        let error = #expect(throws: TandemError.self) {
            try Adapter(file, for: engine, workers: workers)
        }
        #expect(error?.code == .unsupported && error?.message.contains("lm_head") == true)
    }

    /// An adapter that was never trained would make two variants that are one.
    @Test func anAdapterThatChangesNothingIsRefused() throws {
        let folder = try TemporaryFolder()
        let model = TinyLlama()
        try model.writeGGUF(to: folder("tiny.gguf"))
        try TinyAdapter(for: model, hasZeroB: true).write(to: folder("lora"))
        let workers = try Workers(count: 1)
        let engine = try Engine(ModelFile.open(path: folder("tiny.gguf")), workers: workers)
        let file = try AdapterFile.open(path: folder("lora"))
        let error = #expect(throws: TandemError.self) {
            try Adapter(file, for: engine, workers: workers)
        }
        #expect(error?.code == .mismatch && error?.message.contains("changes nothing") == true)
    }
}
