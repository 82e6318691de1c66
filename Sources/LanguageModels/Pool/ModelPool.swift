import Basics
import Glibc
import Inference
import ModelFiles

/// The loaded variants. Those with the same base share one copy of its weights; what does not fit
/// into the budget waits on disk until it is asked.
public final class ModelPool: AnswerSource {
    let workers: Workers
    let freeMemory: () -> Int
    let packedFolder: PackedFolder?
    private(set) var loaded: [LocalVariant] = []
    public internal(set) var budget: MemoryBudget
    let automaticBudget: MemoryBudget
    public var onSwap: ((Swap) -> Void)?
    private var askCount = 0

    /// - Parameter threads: nil takes one for each processor.
    public convenience init(threads: Int? = nil) throws(TandemError) {
        try self.init(
            threads: threads, freeMemory: FreeMemory.byteCount, packedFolder: .user)
    }

    /// - Parameters:
    ///   - freeMemory: bytes that could still be taken, for tests with little of it.
    ///   - packedFolder: where packed weights are kept; nil: nowhere.
    package init(
        threads: Int? = nil, freeMemory: @escaping () -> Int, packedFolder: PackedFolder? = nil
    ) throws(TandemError) {
        workers = try Workers(count: threads)
        self.packedFolder = packedFolder
        self.freeMemory = freeMemory
        automaticBudget = .automatic(free: freeMemory())
        budget = automaticBudget
    }

    public var threadCount: Int { workers.count }

    public var variants: [VariantInformation] {
        loaded.map { variant in
            var information = variant.information
            let first = self.variants(of: variant.model)[0]
            information.sharesWeightsWith = first === variant ? nil : first.information.name
            return information
        }
    }

    public func load(
        path: String, name: String, adapterPath: String?, quantization: Quantization?
    ) throws(TandemError) -> VariantInformation {
        try checkIsFree(name)
        let start = ContinuousClock.now
        let shared = loaded.first {
            $0.model.quantization == quantization && Self.isSameFile($0.information.modelPath, path)
        }
        if let shared { return try add(name, model: shared.model, adapterPath: adapterPath, start) }
        let model = try LocalModel(path: path, quantization: quantization)
        var information = try add(name, model: model, adapterPath: adapterPath, start)
        information.keptPath = model.stepper?.engine.keptPath
        return information
    }

    public func attach(adapterPath: String, to base: String, name: String) throws(TandemError)
        -> VariantInformation
    {
        try checkIsFree(name)
        let start = ContinuousClock.now
        let base = try variant(base)
        if let file = base.information.adapterPath {
            throw TandemError(
                .usage, "\(base.information.name) has an adapter already: \(file)",
                remedy: "name the variant that is the base")
        }
        return try add(name, model: base.model, adapterPath: adapterPath, start)
    }

    private func add(
        _ name: String, model: LocalModel, adapterPath: String?, _ start: ContinuousClock.Instant
    ) throws(TandemError) -> VariantInformation {
        var adapter: AdapterFile?
        if let adapterPath { adapter = try AdapterFile.open(path: adapterPath) }
        let file = model.file
        let information = VariantInformation(
            name: name, modelPath: file.path, adapterPath: adapterPath,
            typeLabel: model.typeLabel, architecture: "llama", parameterCount: file.parameterCount,
            byteCount: file.byteCount, adapterByteCount: adapter?.byteCount ?? 0,
            contextLength: file.configuration.contextLength, loadSeconds: 0)
        let added = try LocalVariant(information, model: model, adapterFile: adapter)
        loaded.append(added)
        do {
            _ = try ready([added], of: model)
        } catch {
            loaded.removeAll { $0 === added }
            throw error
        }
        added.information.memoryByteCount = model.weightByteCount
        added.information.adapterMemoryByteCount = added.adapterByteCount
        added.information.loadSeconds = start.duration(to: .now).seconds
        return variants[loaded.count - 1]
    }

    public func unload(_ name: String) throws(TandemError) {
        let gone = try variant(name)
        loaded.removeAll { $0 === gone }
        gone.letGo()
    }

    public func identity(of name: String) throws(TandemError) -> VariantIdentity {
        try variant(name).identity
    }

    func variant(_ name: String) throws(TandemError) -> LocalVariant {
        if let found = loaded.first(where: { $0.information.name == name }) { return found }
        let names = loaded.map(\.information.name)
        throw TandemError(
            .notFound, "no variant is called \(name)",
            remedy: names.isEmpty
                ? "load one with /load PATH as NAME" : "loaded: \(names.joined(separator: ", "))")
    }

    /// In the order of loading.
    func variants(of model: LocalModel) -> [LocalVariant] { loaded.filter { $0.model === model } }

    /// Notes that these are in use: of those that may go out they are the last.
    func touch(_ variants: [LocalVariant], of model: LocalModel) {
        askCount += 1
        model.lastAsked = askCount
        for variant in variants { variant.lastAsked = askCount }
    }

    func checkIsFree(_ name: String) throws(TandemError) {
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
            throw Self.isTaken(name)
        }
    }

    static func isTaken(_ name: String) -> TandemError {
        TandemError(
            .usage, "a variant is called \(name) already",
            remedy: "choose another name with as NAME, or /unload \(name)")
    }

    private static func isSameFile(_ first: String, _ second: String) -> Bool {
        var (one, other) = (stat(), stat())
        return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_dev == other.st_dev
            && one.st_ino == other.st_ino && one.st_size == other.st_size
            && one.st_mtim.tv_sec == other.st_mtim.tv_sec
            && one.st_mtim.tv_nsec == other.st_mtim.tv_nsec
    }
}
