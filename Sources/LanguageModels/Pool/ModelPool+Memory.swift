import Basics
import Inference

/// What is in memory. The unit that goes out and comes in is a model, with the adapters on it and the
/// keys and values that were kept for it.
extension ModelPool {
    public var heldByteCount: Int {
        models.reduce(0) { $0 + weightByteCount($1) }
            + loaded.reduce(0) { $0 + $1.cacheByteCount }
    }

    public func setBudget(_ byteCount: Int?) throws(TandemError) {
        let wanted =
            byteCount.map { MemoryBudget(byteCount: $0, isAutomatic: false) } ?? automaticBudget
        let pinned = models.filter(isPinned)
        let needed = pinned.reduce(0) { $0 + weightByteCount($1) }
        if needed > wanted.byteCount {
            throw TandemError(
                .limit,
                "what is pinned (\(names(of: pinned))) takes \(ByteSize.readable(needed)), more than "
                    + ByteSize.readable(wanted.byteCount),
                remedy: "let it go with /pin NAME off, or give a larger budget")
        }
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
        let others = variants(of: model).prefix { $0 !== variant }
        let weights = model.stepper?.engine.byteCount ?? 0
        let own = (variant.adapter?.byteCount ?? 0) + variant.cacheByteCount
        return VariantMemory(
            state: !isIn(model) ? .out : variant.isPinned ? .pinned : .loaded,
            ownByteCount: own + (others.isEmpty ? weights : 0),
            sharedByteCount: others.isEmpty ? 0 : weights,
            sharedWith: others.isEmpty || weights == 0 ? [] : others.map(\.information.name),
            secondsSinceUse: variant.lastUse?.duration(to: .now).seconds)
    }

    public func canHoldTogether(_ names: [String]) -> Bool {
        let variants = loaded.filter { names.contains($0.information.name) }
        let wanted = models.filter { model in variants.contains { $0.model === model } }
        let needed = wanted.reduce(0) { $0 + weightByteCount($1) + missingByteCount($1) }
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
        let stepper = try model.bringIn(workers)
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
            swap.inByteCount = weightByteCount(model)
        }
        return stepper
    }

    /// Lets go of kept keys and values, the least recently used model's first.
    /// - Returns: the bytes that are still too many.
    @discardableResult
    func evictCaches(_ excess: Int) -> Int {
        var excess = excess
        for variant in loaded.sorted(by: { $0.model.lastUse < $1.model.lastUse }) where excess > 0 {
            let before = variant.cacheByteCount
            variant.evictCaches(to: max(0, before - excess))
            excess -= before - variant.cacheByteCount
        }
        return excess
    }

    /// Whether the weights of `model` are in memory.
    func isIn(_ model: LocalModel) -> Bool { model.stepper != nil }

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

    private func weightByteCount(_ model: LocalModel) -> Int {
        (model.stepper?.engine.byteCount ?? 0)
            + variants(of: model).reduce(0) { $0 + ($1.adapter?.byteCount ?? 0) }
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
        let own = weightByteCount(model) + byteCount
        let pinned = models.filter { $0 !== model && isPinned($0) }
        let pinnedByteCount = pinned.reduce(0) { $0 + weightByteCount($1) }
        guard own + pinnedByteCount <= limit else {
            throw noRoom(own, for: model, beside: pinned, pinnedByteCount, limit)
        }
        makeRoom(heldByteCount + byteCount - limit, beside: model, &swap)
    }

    /// Lets go of `excess` bytes: of kept keys and values first, then of weights that are not pinned,
    /// the least recently used first.
    private func makeRoom(_ excess: Int, beside kept: LocalModel?, _ swap: inout Swap) {
        var excess = evictCaches(excess)
        let candidates = models.filter { $0 !== kept && isIn($0) && !isPinned($0) }
        for model in candidates.sorted(by: { $0.lastUse < $1.lastUse }) where excess > 0 {
            let byteCount = weightByteCount(model)
            letGo(model)
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

    // MARK: Messages

    private func names(of models: [LocalModel]) -> String {
        models.flatMap { variants(of: $0).map(\.information.name) }.joined(separator: ", ")
    }

    private func noRoom(
        _ needed: Int, for model: LocalModel, beside pinned: [LocalModel], _ pinnedByteCount: Int,
        _ limit: Int
    ) -> TandemError {
        let isBudget = limit == budget.byteCount
        let bound =
            (isBudget ? "the budget is " : "memory has room for ") + ByteSize.readable(limit)
        let takes = "\(names(of: [model])) takes \(ByteSize.readable(needed)); \(bound)"
        let larger =
            isBudget ? "raise it with /budget, or take a smaller type of the model"
            : "close other programs, or take a smaller type of the model"
        guard needed <= limit else {
            return TandemError(.limit, takes, file: model.file.path, remedy: larger)
        }
        return TandemError(
            .limit,
            "\(takes), of which \(names(of: pinned)) is pinned with "
                + ByteSize.readable(pinnedByteCount),
            file: model.file.path, remedy: "let it go with /pin NAME off, or \(larger)")
    }
}
