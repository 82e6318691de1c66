import Basics

/// Why there is no room, and what helps.
extension ModelPool {
    /// - Parameters:
    ///   - needed: bytes of the weights and adapters of `variants`.
    ///   - pinned: other bytes that may not go out.
    ///   - limit: bytes that may be held.
    func noRoom(
        _ needed: Int, for variants: [LocalVariant], besidePinned pinned: Int, _ limit: Int
    ) -> TandemError {
        let names = variants.map(\.information.name)
        var (message, remedies) = limited(limit)
        message =
            names.joined(separator: ", ") + (names.count > 1 ? " need " : " needs ")
            + ByteSize.readable(needed) + "; " + message
        remedies.append("take a smaller type of the model")
        if needed <= limit {
            message += ", of which \(ByteSize.readable(pinned)) are pinned (\(pinnedNames))"
            remedies.insert("let them go with /pin NAME off", at: 0)
        }
        return TandemError(.limit, message, remedy: remedies.joined(separator: ", or "))
    }

    /// - Parameters:
    ///   - needed: bytes of the keys and values of a prompt.
    ///   - granted: those that can be had.
    func noRoomForPrompt(_ tokenCount: Int, _ needed: Int, _ granted: Int) -> TandemError {
        let (message, remedies) = limited(limit)
        return TandemError(
            .limit,
            "the prompt's \(tokenCount) tokens need \(ByteSize.readable(needed)) for keys and "
                + "values; \(message), which leaves \(ByteSize.readable(granted))",
            remedy: (remedies + ["/set cache f16"]).joined(separator: ", or "))
    }

    private func limited(_ limit: Int) -> (message: String, remedies: [String]) {
        limit == budget.byteCount
            ? ("the budget is \(ByteSize.readable(limit))", ["raise the budget with /budget"])
            : ("memory has room for \(ByteSize.readable(limit))", ["close other programs"])
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
