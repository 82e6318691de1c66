import Basics

/// Why there is no room, and what helps.
extension ModelPool {
    /// - Parameters:
    ///   - needed: bytes of `model` with its adapters.
    ///   - pinned: bytes that may not go out.
    ///   - limit: bytes that may be held.
    func noRoom(_ needed: Int, for model: LocalModel, besidePinned pinned: Int, _ limit: Int)
        -> TandemError
    {
        let names = variants(of: model).map(\.information.name)
        let isBudget = limit == budget.byteCount
        var message =
            names.joined(separator: ", ") + (names.count > 1 ? " need " : " needs ")
            + "\(ByteSize.readable(needed)); "
            + (isBudget ? "the budget is " : "memory has room for ") + ByteSize.readable(limit)
        var remedies = [
            isBudget ? "raise the budget with /budget" : "close other programs",
            "take a smaller type of the model",
        ]
        if names.count > 1 { remedies.append("/unload an adapter") }
        if needed <= limit {
            message += ", of which \(ByteSize.readable(pinned)) are pinned (\(pinnedNames))"
            remedies.insert("let them go with /pin NAME off", at: 0)
        }
        return TandemError(.limit, message, remedy: remedies.joined(separator: ", or "))
    }

    func pinnedTakesMore(_ pinned: Int, than wanted: MemoryBudget) -> TandemError {
        TandemError(
            .limit,
            "what is pinned (\(pinnedNames)) takes \(ByteSize.readable(pinned)), more than "
                + ByteSize.readable(wanted.byteCount),
            remedy: "let it go with /pin NAME off, or give a larger budget")
    }

    private var pinnedNames: String {
        loaded.filter(\.isPinned).map(\.information.name).joined(separator: ", ")
    }
}
