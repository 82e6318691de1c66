import Basics
import Inference

/// What is in memory. The unit that goes out and comes in is a model, with the adapters on it and the
/// keys and values that were kept for it.
extension ModelPool {
    public var heldByteCount: Int {
        models.reduce(weightByteCount(models)) { $0 + $1.prefixes.byteCount }
    }

    public func setBudget(_ byteCount: Int?) throws(TandemError) {
        let wanted =
            byteCount.map { MemoryBudget(byteCount: $0, isAutomatic: false) } ?? automaticBudget
        let pinned = weightByteCount(models.filter(isPinned))
        if pinned > wanted.byteCount { throw pinnedTakesMore(pinned, than: wanted) }
        budget = wanted
        let start = ContinuousClock.now
        var swap = Swap()
        makeRoom(heldByteCount - wanted.byteCount, beside: nil, &swap)
        report(swap, start)
    }

    public func pin(_ name: String, _ isPinned: Bool) throws(TandemError) {
        let variant = try variant(name)
        if isPinned { _ = try ready(variant.model) }
        variant.isPinned = isPinned
    }

    public func memory(of name: String) throws(TandemError) -> VariantMemory {
        let variant = try variant(name)
        let model = variant.model
        let before = loaded.prefix { $0 !== variant }
        let engines = before.compactMap { $0.model.stepper?.engine }
        let engine = model.stepper?.engine
        let weights =
            Engine.byteCount(of: engines + [engine].compactMap(\.self))
            - Engine.byteCount(of: engines)
        let sharing = before.filter { other in
            guard let engine, let held = other.model.stepper?.engine else { return false }
            return Engine.byteCount(of: [held, engine]) < held.byteCount + engine.byteCount
        }
        return VariantMemory(
            state: !isIn(model) ? .out : variant.isPinned ? .pinned : .loaded,
            ownByteCount: weights + (variant.adapter?.byteCount ?? 0) + variant.cacheByteCount,
            sharedByteCount: (engine?.byteCount ?? 0) - weights,
            sharedWith: sharing.map(\.information.name),
            secondsSinceUse: variant.lastUse?.duration(to: .now).seconds)
    }

    public func canHoldTogether(_ names: [String]) -> Bool {
        let variants = loaded.filter { names.contains($0.information.name) }
        let wanted = models.filter { model in variants.contains { $0.model === model } }
        let needed = wanted.reduce(weightByteCount(wanted)) { $0 + missingByteCount($1) }
        return variants.count == names.count && needed <= limit
    }

    /// The engine of `model`, with all adapters on it in memory; what has to make way is let go.
    /// - Throws: `limit` where there is no room; nothing has gone out then. What loading refuses.
    func ready(_ model: LocalModel) throws(TandemError) -> Stepper {
        touch(model)
        if let stepper = model.stepper, missingByteCount(model) == 0 { return stepper }
        let start = ContinuousClock.now
        var swap = Swap()
        defer { report(swap, start) }
        try claim(missingByteCount(model), for: model, &swap)
        let wasIn = model.stepper != nil
        let comesBack = !wasIn && model.wasLoaded
        let stepper = try model.bringIn(
            workers, sharing: models.compactMap { $0.stepper?.engine }, keptIn: packedFolder)
        for variant in variants(of: model) { try variant.bringIn(stepper.engine, workers) }
        do {
            // The file's size says only about how much the packed weights take.
            try claim(0, for: model, &swap)
        } catch {
            if !wasIn { letGo(model) }
            throw error
        }
        if comesBack || !swap.out.isEmpty {
            swap.in = variants(of: model).map(\.information.name)
            swap.inByteCount = weightByteCount([model])
        }
        return stepper
    }

    /// Lets go of kept keys and values, the least recently used model's first.
    /// - Returns: the bytes that are still too many.
    @discardableResult
    func evictCaches(_ excess: Int) -> Int {
        var excess = excess
        for model in models.sorted(by: { $0.lastUse < $1.lastUse }) where excess > 0 {
            let before = model.prefixes.byteCount
            model.prefixes.evict(to: max(0, before - excess))
            excess -= before - model.prefixes.byteCount
        }
        return excess
    }

    /// Whether the weights of `model` are in memory.
    func isIn(_ model: LocalModel) -> Bool { model.stepper != nil }

    /// Nil where the weights are out.
    package func engine(of name: String) -> Engine? { try? variant(name).model.stepper?.engine }

    // MARK: Making room

    private var models: [LocalModel] {
        var models: [LocalModel] = []
        for variant in loaded where !models.contains(where: { $0 === variant.model }) {
            models.append(variant.model)
        }
        return models
    }

    /// Bytes that may be held: the budget, and no more than there is.
    private var limit: Int { min(budget.byteCount, heldByteCount + freeMemory()) }

    private func isPinned(_ model: LocalModel) -> Bool {
        variants(of: model).contains(where: \.isPinned)
    }

    /// Bytes of weights and adapters in memory; what models share counts once.
    private func weightByteCount(_ models: [LocalModel]) -> Int {
        models.flatMap(variants).reduce(
            Engine.byteCount(of: models.compactMap { $0.stepper?.engine })
        ) { $0 + ($1.adapter?.byteCount ?? 0) }
    }

    private func missingByteCount(_ model: LocalModel) -> Int {
        (isIn(model) ? 0 : model.weightByteCount)
            + variants(of: model).reduce(0) { $0 + ($1.hasAdapterIn ? 0 : $1.adapterByteCount) }
    }

    /// Makes room for `byteCount` more bytes of `model`.
    private func claim(_ byteCount: Int, for model: LocalModel, _ swap: inout Swap)
        throws(TandemError)
    {
        let limit = limit
        let pinned = weightByteCount(models.filter { $0 !== model && isPinned($0) })
        let all = models.filter { $0 === model || isPinned($0) }
        let own = weightByteCount(all) - pinned + byteCount
        guard own + pinned <= limit else {
            throw noRoom(own, for: model, besidePinned: pinned, limit)
        }
        makeRoom(heldByteCount + byteCount - limit, beside: model, &swap)
    }

    /// Lets go of `excess` bytes: of kept keys and values first, then of weights that are not pinned,
    /// the least recently used first.
    private func makeRoom(_ excess: Int, beside kept: LocalModel?, _ swap: inout Swap) {
        var excess = evictCaches(excess)
        let candidates = models.filter { $0 !== kept && isIn($0) && !isPinned($0) }
        for model in candidates.sorted(by: { $0.lastUse < $1.lastUse }) where excess > 0 {
            let before = weightByteCount(models)
            letGo(model)
            let byteCount = before - weightByteCount(models)
            excess -= byteCount
            swap.outByteCount += byteCount
            swap.out += variants(of: model).map(\.information.name)
        }
    }

    private func letGo(_ model: LocalModel) {
        for variant in variants(of: model) { variant.letGo() }
        model.letGo()
    }

    private func report(_ swap: Swap, _ start: ContinuousClock.Instant) {
        if swap.out.isEmpty && swap.in.isEmpty { return }
        var swap = swap
        swap.seconds = start.duration(to: .now).seconds
        onSwap?(swap)
    }
}
