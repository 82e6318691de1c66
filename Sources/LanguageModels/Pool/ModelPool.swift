import Basics
import Glibc
import Inference
import ModelFiles

/// The loaded variants. Those with the same base share one copy of its weights.
public final class ModelPool: AnswerSource {
    private let workers: Workers
    private var loaded: [LocalVariant] = []

    /// - Parameter threads: nil takes one for each processor.
    public init(threads: Int? = nil) throws(TandemError) { workers = try Workers(count: threads) }

    public var variants: [VariantInformation] { loaded.map(\.information) }
    public var threadCount: Int { workers.count }

    public func load(path: String, name: String, adapterPath: String?) throws(TandemError)
        -> VariantInformation
    {
        try checkIsFree(name)
        let shared = loaded.first { Self.isSameFile($0.information.modelPath, path) }
        let model: LocalModel
        if let shared {
            model = shared.model
        } else {
            model = try LocalModel(path: path, workers: workers)
        }
        return try add(name, model: model, adapterPath: adapterPath, sharing: shared)
    }

    public func attach(adapterPath: String, to base: String, name: String) throws(TandemError)
        -> VariantInformation
    {
        try checkIsFree(name)
        let base = try variant(base)
        guard base.adapter == nil else {
            let file = base.information.adapterPath ?? ""
            throw TandemError(
                .usage, "\(base.information.name) has an adapter already: \(file)",
                remedy: "name the variant that is the base")
        }
        return try add(name, model: base.model, adapterPath: adapterPath, sharing: base)
    }

    private func add(
        _ name: String, model: LocalModel, adapterPath: String?, sharing: LocalVariant?
    ) throws(TandemError) -> VariantInformation {
        let start = ContinuousClock.now
        var adapter: Adapter?
        var adapterFile: AdapterFile?
        if let adapterPath {
            let file = try AdapterFile.open(path: adapterPath)
            adapter = try Adapter(file, for: model.stepper.engine, workers: workers)
            adapterFile = file
        }
        let file = model.file
        let seconds = start.duration(to: .now).seconds + (sharing == nil ? model.loadSeconds : 0)
        let information = VariantInformation(
            name: name, modelPath: file.path, adapterPath: adapterPath,
            sharesWeightsWith: sharing?.information.name, typeLabel: file.typeLabel,
            architecture: "llama", parameterCount: file.parameterCount,
            byteCount: file.byteCount, adapterByteCount: adapterFile?.byteCount ?? 0,
            contextLength: file.configuration.contextLength, loadSeconds: seconds)
        loaded.append(
            LocalVariant(information, model: model, adapter: adapter, adapterFile: adapterFile))
        return information
    }

    public func unload(_ name: String) throws(TandemError) {
        let gone = try variant(name)
        loaded.removeAll { $0 === gone }
        if let adapter = gone.adapter { gone.model.prefixes.remove(adapter) }
    }

    public func fingerprint(of name: String) throws(TandemError) -> String {
        try variant(name).fingerprint()
    }

    func variant(_ name: String) throws(TandemError) -> LocalVariant {
        if let found = loaded.first(where: { $0.information.name == name }) { return found }
        let names = loaded.map(\.information.name)
        throw TandemError(
            .notFound, "no variant is called \(name)",
            remedy: names.isEmpty
                ? "load one with /load PATH as NAME" : "loaded: \(names.joined(separator: ", "))")
    }

    private func checkIsFree(_ name: String) throws(TandemError) {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0)
                || "-_.:".unicodeScalars.contains($0)
        }
        if name.isEmpty || !isPlain {
            throw TandemError(
                .usage, "a variant cannot be called \"\(name)\"",
                remedy: "use letters, digits and - _ . :")
        }
        if loaded.contains(where: { $0.information.name == name }) {
            throw TandemError(
                .usage, "a variant is called \(name) already",
                remedy: "choose another name with as NAME, or /unload \(name)")
        }
    }

    private static func isSameFile(_ first: String, _ second: String) -> Bool {
        var (one, other) = (stat(), stat())
        return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_dev == other.st_dev
            && one.st_ino == other.st_ino && one.st_size == other.st_size
            && one.st_mtim.tv_sec == other.st_mtim.tv_sec
            && one.st_mtim.tv_nsec == other.st_mtim.tv_nsec
    }
}

extension ModelPool {
    public func generate(
        _ requests: [GenerationRequest], isInterrupted: () -> Bool,
        onEvent: (GenerationEvent) -> Void
    ) throws(TandemError) -> [Answer] {
        var variants: [LocalVariant] = []
        for request in requests { variants.append(try variant(request.variant)) }
        let start = ContinuousClock.now
        var answers = [Answer?](repeating: nil, count: requests.count)
        var models: [LocalModel] = []
        for variant in variants where !models.contains(where: { $0 === variant.model }) {
            models.append(variant.model)
        }
        for model in models {
            var generations: [LocalGeneration] = []
            for index in requests.indices where variants[index].model === model {
                do throws(TandemError) {
                    generations.append(
                        try LocalGeneration(
                            requests[index], index: index, variant: variants[index], start: start))
                } catch {
                    let answer = Answer(failed: requests[index], error)
                    answers[index] = answer
                    onEvent(.finished(request: index, answer))
                }
            }
            run(&generations, on: model, isInterrupted: isInterrupted, onEvent: onEvent)
            for generation in generations {
                answers[generation.index] = generation.answer
                model.prefixes.keep(generation.timeline)
            }
        }
        return answers.compactMap(\.self)
    }

    /// Steps all generations of one model together until each has ended.
    private func run(
        _ generations: inout [LocalGeneration], on model: LocalModel, isInterrupted: () -> Bool,
        onEvent: (GenerationEvent) -> Void
    ) {
        func report(_ text: String, _ generation: LocalGeneration) {
            if !text.isEmpty { onEvent(.text(request: generation.index, text)) }
            if generation.finish != nil {
                onEvent(.finished(request: generation.index, generation.answer))
            }
        }
        func endAll(_ reason: FinishReason, _ detail: String? = nil) {
            for index in generations.indices where generations[index].finish == nil {
                let rest = generations[index].end(reason, detail)
                report(rest, generations[index])
            }
        }
        do throws(TandemError) {
            let isComplete = try model.stepper.sync(
                generations.map { ($0.timeline, $0.prompt) }, isInterrupted: isInterrupted)
            if !isComplete { return endAll(.interrupted) }
            var drafts = DraftTable()
            for generation in generations { drafts.learn(all: generation.prompt) }
            var logits = generations.map { [$0.timeline.logits] }
            while true {
                let going = generations.indices.filter { generations[$0].finish == nil }
                for index in going {
                    let text = generations[index].advance(logits[index], learning: &drafts)
                    report(text, generations[index])
                }
                let steps = going.filter { generations[$0].finish == nil }
                if steps.isEmpty { return }
                if isInterrupted() { return endAll(.interrupted) }
                var rows = steps.count
                let work = steps.map { index in
                    let tokens = generations[index].next(
                        mayDraft: rows < Stepper.cheapRowLimit, drafts)
                    rows += tokens.count - 1
                    return (timeline: generations[index].timeline, tokens: tokens)
                }
                for (index, rows) in zip(steps, try model.stepper.step(work)) {
                    logits[index] = rows
                }
            }
        } catch {
            endAll(.error, error.description)
        }
    }
}
