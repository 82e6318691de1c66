import Basics
import Inference

/// What comes into memory, and what makes way for it. The weights of a model are one item, and each
/// adapter on it another, which goes out with the model at the latest.
extension ModelPool {
    /// The engine of `model`, with the adapters of `variants` in memory; what has to make way is let
    /// go.
    /// - Throws: `limit` where there is no room; nothing has gone out then. What loading refuses.
    func ready(_ variants: [LocalVariant], of model: LocalModel) throws(TandemError) -> Stepper {
        touch(variants, of: model)
        let missing = variants.filter { !$0.hasAdapterIn }
        if let stepper = model.stepper, missing.isEmpty { return stepper }
        return try swapping { swap throws(TandemError) in
            try claim(missingByteCount(variants, of: model), for: variants, of: model, &swap)
            let wasIn = isIn(model)
            let comesBack =
                wasIn ? missing.contains(where: \.wasLoaded) : model.wasLoaded
            do throws(TandemError) {
                let stepper = try model.bringIn(
                    workers, sharing: models.compactMap { $0.stepper?.engine },
                    keptIn: packedFolder)
                for variant in missing { try variant.bringIn(stepper.engine, workers) }
                // The files' sizes say only about how much the packed weights take.
                try claim(0, for: variants, of: model, &swap)
                if comesBack || swap.outByteCount > 0 {
                    swap.inByteCount = byteCount(wasIn ? [] : [model], missing)
                }
                return stepper
            } catch {
                for variant in missing { variant.letGo() }
                if !wasIn { model.letGo() }
                throw error
            }
        }
    }

    /// Makes room for the keys and values of an answer by variants that are in memory.
    /// - Returns: the bytes that can be had, at most `byteCount`; kept keys and values among them,
    ///   which the caller lets go.
    func makeRoom(
        for byteCount: Int, beside variants: [LocalVariant], of model: LocalModel
    ) -> Int {
        let limit = limit
        let granted = min(byteCount, max(0, limit - neededByteCount(variants, of: model)))
        let excess = weightByteCount + granted - limit
        if excess > 0 { swapping { letGo(excess, beside: model, variants, &$0) } }
        return granted
    }

    /// Makes room for `byteCount` more bytes of `variants` of `model`.
    private func claim(
        _ byteCount: Int, for variants: [LocalVariant], of model: LocalModel, _ swap: inout Swap
    ) throws(TandemError) {
        let limit = limit
        let pinned = pinnedByteCount(beside: model, variants)
        let needed = neededByteCount(variants, of: model)
        guard needed <= limit else {
            throw noRoom(needed - pinned, for: variants, besidePinned: pinned, limit)
        }
        letGo(evictCaches(heldByteCount + byteCount - limit), beside: model, variants, &swap)
    }

    /// Lets go of `excess` bytes of adapters and weights that are not pinned, the least recently asked
    /// first; nothing of `variants` of `model`.
    func letGo(
        _ excess: Int, beside model: LocalModel?, _ variants: [LocalVariant], _ swap: inout Swap
    ) {
        var excess = excess
        while excess > 0 {
            let adapter = loaded.filter { other in
                other.adapter != nil && !other.isPinned && !variants.contains { $0 === other }
            }.min { $0.lastAsked < $1.lastAsked }
            let weights = models.filter { $0 !== model && isIn($0) && !isPinned($0) }
                .min { $0.lastAsked < $1.lastAsked }
            let before = weightByteCount
            // An adapter was never asked after its model was.
            if let adapter, adapter.lastAsked <= weights?.lastAsked ?? .max {
                adapter.letGo()
            } else if let weights {
                for variant in self.variants(of: weights) { variant.letGo() }
                weights.letGo()
            } else {
                return
            }
            let freed = before - weightByteCount
            excess -= freed
            swap.outByteCount += freed
        }
    }

    /// Does `body`, and tells which variants can no longer answer at once, and which can again.
    func swapping<Result, Failure: Error>(
        _ body: (inout Swap) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = ContinuousClock.now
        let before = loaded.filter(\.isIn)
        var swap = Swap()
        defer {
            let after = loaded.filter(\.isIn)
            func names(_ these: [LocalVariant], without others: [LocalVariant]) -> [String] {
                these.filter { one in !others.contains { $0 === one } }.map(\.information.name)
            }
            swap.out = names(before, without: after)
            if swap.inByteCount > 0 { swap.in = names(after, without: before) }
            swap.seconds = start.duration(to: .now).seconds
            if !(swap.out.isEmpty && swap.in.isEmpty) { onSwap?(swap) }
        }
        return try body(&swap)
    }
}
