import CLibedit

/// A walk through the entries of the history that begin alike.
struct Recall {
    /// What the entries begin with.
    let beginning: String
    /// The line as it was before the walk.
    let original: String
    /// The entry shown, or the count of the entries for the original line.
    var index: Int
    /// What the walk put into the line; the walk ends where the user changes it.
    var shown: String
}

extension LineEditor {
    func recallPrevious(_ handle: OpaquePointer?) -> UInt8 {
        var walk = currentWalk(handle)
        let entries = history.entries
        var index = min(walk.index, entries.count) - 1
        while index >= 0 {
            if fits(entries[index], walk) { return show(entries[index], index, &walk, handle) }
            index -= 1
        }
        return UInt8(CC_NORM)
    }

    func recallNext(_ handle: OpaquePointer?) -> UInt8 {
        var walk = currentWalk(handle)
        let entries = history.entries
        guard walk.index < entries.count else { return UInt8(CC_NORM) }
        var index = walk.index + 1
        while index < entries.count {
            if fits(entries[index], walk) { return show(entries[index], index, &walk, handle) }
            index += 1
        }
        return show(walk.original, entries.count, &walk, handle)
    }

    private func currentWalk(_ handle: OpaquePointer?) -> Recall {
        let (before, after) = Self.parts(handle)
        let line = before + after
        if let recall, recall.shown == line { return recall }
        return Recall(
            beginning: before, original: line, index: history.entries.count, shown: line)
    }

    private func fits(_ entry: String, _ walk: Recall) -> Bool {
        entry.utf8.starts(with: walk.beginning.utf8) && entry != walk.shown
    }

    private func show(
        _ text: String, _ index: Int, _ walk: inout Recall, _ handle: OpaquePointer?
    ) -> UInt8 {
        replaceLine(with: text, handle)
        walk.index = index
        walk.shown = text
        recall = walk
        return UInt8(CC_REFRESH)
    }

    func replaceLine(with text: String, _ handle: OpaquePointer?) {
        let (before, after) = Self.parts(handle)
        el_cursor(handle, Int32(clamping: after.unicodeScalars.count))
        el_deletestr(handle, Int32(clamping: (before + after).unicodeScalars.count))
        _ = Self.insert(text, handle)
    }
}
