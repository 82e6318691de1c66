import Basics

/// Memory, which only local variants take.
extension VariantPool {
    public var budget: MemoryBudget { local.budget }
    public var heldByteCount: Int { local.heldByteCount }

    public func setBudget(_ byteCount: Int?) throws(TandemError) { try local.setBudget(byteCount) }

    public func pin(_ name: String, _ isPinned: Bool) throws(TandemError) {
        if remote.variant(name) != nil {
            throw TandemError(.usage, "\(name) is remote and takes no memory here")
        }
        try local.pin(name, isPinned)
    }

    public func memory(of name: String) throws(TandemError) -> VariantMemory {
        guard let variant = remote.variant(name) else { return try local.memory(of: name) }
        return VariantMemory(
            state: .remote, ownByteCount: 0, sharedByteCount: 0, sharedWith: [],
            secondsSinceUse: variant.lastUse?.duration(to: .now).seconds)
    }

    public func canHoldTogether(_ names: [String]) -> Bool {
        local.canHoldTogether(names.filter { remote.variant($0) == nil })
    }

    public var onSwap: ((Swap) -> Void)? {
        get { local.onSwap }
        set { local.onSwap = newValue }
    }
}
