import Basics
import ModelFiles
import TestSupport
import Testing

/// LoRA adapters: what fits is read exactly, what does not is refused by name.
struct AdapterTests {
    let folder: TemporaryFolder
    let base = TinyLlama()
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder("adapter")
    }

    private func matrices(_ adapter: TinyAdapter) throws -> [LlamaTensor: LoRAPair] {
        try adapter.write(to: path)
        return try AdapterFile.open(path: path).matrices(for: base.configuration)
    }

    private func refuse(
        _ code: TandemError.Code, _ words: String,
        at location: SourceLocation = #_sourceLocation, _ change: (inout TinyAdapter) throws -> Void
    ) throws {
        var adapter = TinyAdapter(for: base)
        try change(&adapter)
        expectError(code, words, at: location) { _ = try matrices(adapter) }
    }

    @Test(arguments: [TensorType.f32, .f16, .bf16])
    func everyTarget(_ type: TensorType) throws {
        let targets = [
            "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj", "lm_head",
        ]
        let adapter = TinyAdapter(for: base, rank: 3, alpha: 6, targets: targets, type)
        let pairs = try matrices(adapter)
        #expect(pairs.count == 1 + 2 * 7)
        for (matrix, pair) in pairs {
            let shape = matrix.shape(in: base.configuration)
            #expect(pair.a.shape == [3, shape[1]] && pair.b.shape == [shape[0], 3])
            #expect(pair.scaling == 2 && pair.rank == 3 && pair.a.type == type)
            #expect(pair.a.name == TinyAdapter.name(matrix, "A"))
            #expect(pair.b.name == TinyAdapter.name(matrix, "B"))
        }
        let file = try AdapterFile.open(path: path)
        #expect(file.rank == 3 && file.scaling == 2 && file.baseModelName == "tiny")
        #expect(file.byteCount == adapter.tensors.bytes().count)
        #expect(file.sha256() == SHA256.hex(adapter.tensors.bytes()))
    }

    /// Code that stacks the A matrices of one input relies on it.
    @Test func mixedTypesAreRefused() throws {
        let other = TinyAdapter(for: base, .bf16)
        try refuse(.unsupported, TinyAdapter.name(.value(1), "B")) {
            $0.tensors.tensors.removeLast()
            $0.tensors.tensors += other.tensors.tensors.suffix(1)
        }
    }

    @Test func zeroBIsAllowed() throws {
        let pairs = try matrices(TinyAdapter(for: base, hasZeroB: true))
        #expect(pairs.values.allSatisfy { $0.b.dequantized().allSatisfy { $0 == 0 } })
    }

    @Test func namesOfUnmergedAdapters() throws {
        var adapter = TinyAdapter(for: base)
        for index in adapter.tensors.tensors.indices {
            let name = adapter.tensors.tensors[index].name
            adapter.tensors.tensors[index].name = String(name.dropLast(6)) + "default.weight"
        }
        for index in adapter.tensors.tensors.indices {
            let name = adapter.tensors.tensors[index].name
            adapter.tensors.tensors[index].name = name.replacing("Adefault", with: "A.default")
                .replacing("Bdefault", with: "B.default")
        }
        #expect(try matrices(adapter).count == 4)
        try refuse(.mismatch, "two names") {
            var twin = $0.tensors.tensors[0]
            twin.name = twin.name.replacing("lora_A", with: "lora_A.default")
            $0.tensors.tensors.append(twin)
        }
    }

    @Test func rankStabilizedScaling() throws {
        var adapter = TinyAdapter(for: base, rank: 4, alpha: 8)
        adapter.config["use_rslora"] = true
        #expect(try matrices(adapter)[.query(0)]?.scaling == 4)
    }

    @Test func patterns() throws {
        var adapter = TinyAdapter(for: base, rank: 4, alpha: 8)
        let other = TinyAdapter(for: base, rank: 2)
        for name in [
            TinyAdapter.name(.query(1), "A"), TinyAdapter.name(.query(1), "B"),
        ] {
            adapter.tensors.remove(name)
            adapter.tensors.tensors += other.tensors.tensors.filter { $0.name == name }
        }
        adapter.config["rank_pattern"] = ["layers.1.self_attn.q_proj": 2]
        adapter.config["alpha_pattern"] = ["v_proj": 2, "1.self_attn.v_proj": 100]
        let pairs = try matrices(adapter)
        #expect(pairs[.query(0)]?.rank == 4 && pairs[.query(0)]?.scaling == 2)
        #expect(pairs[.query(1)]?.rank == 2 && pairs[.query(1)]?.scaling == 4)
        #expect(pairs[.value(1)]?.rank == 4 && pairs[.value(1)]?.scaling == 0.5)
        try refuse(.unsupported, "rank_pattern") {
            $0.config["rank_pattern"] = [#"layers\.\d+\.q_proj"#: 4]
        }
        try refuse(.malformed, "alpha_pattern.q_proj") {
            $0.config["alpha_pattern"] = ["q_proj": 0]
        }
    }

    @Test func layersAndPatternsOfTargets() throws {
        var adapter = TinyAdapter(for: base)
        adapter.config["layers_to_transform"] = [1]
        for half in ["A", "B"] {
            adapter.tensors.remove(TinyAdapter.name(.query(0), half))
            adapter.tensors.remove(TinyAdapter.name(.value(0), half))
        }
        #expect(try Set(matrices(adapter).keys) == [.query(1), .value(1)])
        adapter.config["layers_to_transform"] = .null
        adapter.config["target_modules"] = #".*\.layers\.1\..*(q|v)_proj"#
        #expect(try Set(matrices(adapter).keys) == [.query(1), .value(1)])
        try refuse(.mismatch, "layer 2") { $0.config["layers_to_transform"] = 2 }
        try refuse(.malformed, "layers_to_transform") {
            $0.config["layers_to_transform"] = .integer(.max)
        }
        try refuse(.mismatch, "layers.0") { $0.config["layers_to_transform"] = 1 }
        let all = TinyAdapter(
            for: base,
            targets: [
                "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj",
            ])
        var linear = all
        linear.config["target_modules"] = "all-linear"
        #expect(try matrices(linear).count == 14)
    }

    @Test func fieldsThatAskForMore() throws {
        let fields: [(String, JSON)] = [
            ("peft_type", "LOHA"), ("use_dora", true), ("fan_in_fan_out", true),
            ("lora_bias", true), ("bias", "all"), ("modules_to_save", ["lm_head"]),
            ("layer_replication", [[0, 1]]), ("trainable_token_indices", [1]),
            ("task_type", "SEQ_CLS"), ("kasa_config", ["a": 1]), ("init_lora_weights", "pissa"),
        ]
        for (key, value) in fields { try refuse(.unsupported, key) { $0.config[key] = value } }
    }

    @Test func fieldsOutOfRange() throws {
        for value: JSON in [0, -1, 1.5, "4", .null] {
            try refuse(.malformed, "r ") { $0.config["r"] = value }
        }
        for value: JSON in [0, -1, "4", .null, .number(1e300)] {
            try refuse(.malformed, "lora_alpha") { $0.config["lora_alpha"] = value }
        }
        try refuse(.malformed, "peft_type") { $0.config["peft_type"] = nil }
        try refuse(.malformed, "target_modules") { $0.config["target_modules"] = nil }
        try refuse(.malformed, "target_modules") { $0.config["target_modules"] = [] }
        try refuse(.malformed, "target_modules") { $0.config["target_modules"] = [1] }
    }

    @Test func tensorsThatDoNotFit() throws {
        let name = TinyAdapter.name(.query(0), "A")
        try refuse(.mismatch, name) {
            $0.tensors.remove(TinyAdapter.name(.query(0), "B"))
        }
        try refuse(.mismatch, "layers.0.self_attn.q_proj") {
            $0.tensors.remove(name)
            $0.tensors.remove(TinyAdapter.name(.query(0), "B"))
        }
        try refuse(.mismatch, name) { $0.tensors.tensors[0].shape.reverse() }
        try refuse(.mismatch, name) { $0.config["r"] = 8 }
        try refuse(.mismatch, "no tensors") { $0.tensors.tensors = [] }
        try refuse(.mismatch, "layers.0.self_attn.q_proj") {
            $0.config["target_modules"] = ["v_proj"]
        }
        try refuse(.mismatch, "layers.0.self_attn.o_proj") {
            $0.config["target_modules"] = ["q_proj", "v_proj", "o_proj"]
        }
        try refuse(.mismatch, "c_attn") { $0.config["target_modules"] = ["q_proj", "c_attn"] }
    }

    @Test(arguments: [
        "base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector.weight",
        "base_model.model.model.embed_tokens.lora_embedding_A",
        "base_model.model.model.layers.0.self_attn.q_proj.weight",
        "base_model.model.lm_head.base_layer.weight",
        "model.layers.0.self_attn.q_proj.lora_A.weight",
        "base_model.model.model.layers.0.self_attn.q_proj.lora_A.other.weight",
        "base_model.model.",
    ])
    func strangeTensors(_ name: String) throws {
        try refuse(.unsupported, name) { $0.tensors.add(name, .f32, shape: [1], [1]) }
    }

    @Test func adapterOfAnotherBase() throws {
        for other in [
            TinyLlama(layerCount: 3), TinyLlama(hiddenSize: 96), TinyLlama(headDimension: 8),
        ] {
            try TinyAdapter(for: other).write(to: path)
            expectError(.mismatch) {
                _ = try AdapterFile.open(path: path).matrices(for: base.configuration)
            }
        }
        try refuse(.mismatch, "layers.2.self_attn.q_proj") {
            $0.tensors.add(TinyAdapter.name(.query(2), "A"), .f32, shape: [1], [1])
        }
    }

    @Test func missingFiles() throws {
        expectError(.notFound) { _ = try AdapterFile.open(path: path) }
        let empty = try folder.folder("empty")
        expectError(.notFound, "adapter_config.json") { _ = try AdapterFile.open(path: empty) }
        try TestFile.write(
            .object(TinyAdapter(for: base).config), to: empty + "/adapter_config.json")
        expectError(.notFound, "adapter_model.safetensors") {
            _ = try AdapterFile.open(path: empty)
        }
        try TestFile.write([0x80], to: empty + "/adapter_model.bin")
        expectError(.unsupported, "adapter_model.bin") { _ = try AdapterFile.open(path: empty) }
    }

    /// A file cut anywhere is refused, never read as zeros.
    @Test func truncatedWeights() throws {
        let adapter = TinyAdapter(for: base, rank: 1)
        try adapter.write(to: path)
        let bytes = adapter.tensors.bytes()
        for length in stride(from: 0, to: bytes.count, by: 7) {
            try TestFile.write(
                Array(bytes[..<length]), to: path + "/adapter_model.safetensors")
            expectError(.malformed) { _ = try AdapterFile.open(path: path) }
        }
    }
}
