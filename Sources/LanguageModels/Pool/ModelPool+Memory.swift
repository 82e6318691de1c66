import Basics
import Inference

/// What the memory is used for, and what may be.
extension ModelPool {
    public var heldByteCount: Int {
        models.reduce(weightByteCount) { $0 + $1.prefixes.byteCount }
    }

    public func setBudget(_ byteCount: Int?) throws(TandemError) {
        let wanted =
            byteCount.map { MemoryBudget(byteCount: $0, isAutomatic: false) } ?? automaticBudget
        let pinned = pinnedByteCount()
        if pinned > wanted.byteCount { throw pinnedTakesMore(pinned, than: wanted) }
        budget = wanted
        let excess = heldByteCount - wanted.byteCount
        swapping { letGo(evictCaches(excess), beside: nil, [], &$0) }
    }

    public func pin(_ name: String, _ isPinned: Bool) throws(TandemError) {
        let variant = try variant(name)
        if isPinned { _ = try ready([variant], of: variant.model) }
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
        let isCounted = before.contains {
            $0.model === model && $0.adapterFile == nil && variant.adapterFile == nil
        }
        let kept =
            isCounted || !variant.hasAdapterIn
            ? 0 : model.prefixes.byteCount(of: variant.adapter)
        return VariantMemory(
            state: !variant.isIn ? .out : variant.isPinned ? .pinned : .loaded,
            ownByteCount: weights + (variant.adapter?.byteCount ?? 0) + kept,
            sharedByteCount: (engine?.byteCount ?? 0) - weights,
            sharedWith: sharing.map(\.information.name),
            secondsSinceUse: variant.lastUse?.duration(to: .now).seconds)
    }

    public func canHoldTogether(_ names: [String]) -> Bool {
        let variants = loaded.filter { names.contains($0.information.name) }
        let wanted = models.filter { model in variants.contains { $0.model === model } }
        let needed = wanted.reduce(byteCount(wanted, variants)) { needed, model in
            needed + missingByteCount(variants.filter { $0.model === model }, of: model)
        }
        return variants.count == names.count && needed <= limit
    }

    /// Lets go of kept keys and values, the least recently used model's first.
    /// - Returns: the bytes that are still too many.
    @discardableResult
    func evictCaches(_ excess: Int) -> Int {
        var excess = excess
        for model in models.sorted(by: { $0.lastAsked < $1.lastAsked }) where excess > 0 {
            let before = model.prefixes.byteCount
            model.prefixes.evict(to: max(0, before - excess))
            excess -= before - model.prefixes.byteCount
        }
        return excess
    }

    /// Nil where the weights are out.
    package func engine(of name: String) -> Engine? { try? variant(name).model.stepper?.engine }

    // MARK: Counting

    var models: [LocalModel] {
        var models: [LocalModel] = []
        for variant in loaded where !models.contains(where: { $0 === variant.model }) {
            models.append(variant.model)
        }
        return models
    }

    /// Bytes that may be held: the budget, and no more than there is.
    var limit: Int { min(budget.byteCount, heldByteCount + freeMemory()) }

    /// Bytes of weights and adapters in memory; what models share counts once.
    var weightByteCount: Int { byteCount(models, loaded) }

    /// Bytes of the weights of `models` and of the adapters of `variants`, as far as they are in memory.
    func byteCount(_ models: [LocalModel], _ variants: [LocalVariant]) -> Int {
        variants.reduce(Engine.byteCount(of: models.compactMap { $0.stepper?.engine })) {
            $0 + ($1.adapter?.byteCount ?? 0)
        }
    }

    /// Bytes that have to come in before `variants` of `model` can answer.
    func missingByteCount(_ variants: [LocalVariant], of model: LocalModel) -> Int {
        (isIn(model) ? 0 : model.weightByteCount)
            + variants.reduce(0) { $0 + ($1.hasAdapterIn ? 0 : $1.adapterByteCount) }
    }

    /// Bytes that may not go out, beside those of `variants` of `model`.
    func pinnedByteCount(beside model: LocalModel? = nil, _ variants: [LocalVariant] = []) -> Int {
        byteCount(
            models.filter { $0 !== model && isPinned($0) },
            loaded.filter { pinned in pinned.isPinned && !variants.contains { $0 === pinned } })
    }

    /// Bytes in memory while `variants` of `model` answer and all else that may go is out.
    func neededByteCount(_ variants: [LocalVariant], of model: LocalModel) -> Int {
        let others = loaded.filter { pinned in
            pinned.isPinned && !variants.contains { $0 === pinned }
        }
        return byteCount(models.filter { $0 === model || isPinned($0) }, variants + others)
            + missingByteCount(variants, of: model)
    }

    /// Whether the weights of `model` are in memory.
    func isIn(_ model: LocalModel) -> Bool { model.stepper != nil }

    func isPinned(_ model: LocalModel) -> Bool {
        variants(of: model).contains(where: \.isPinned)
    }
}
