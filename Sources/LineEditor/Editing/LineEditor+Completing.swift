import Basics
import CLibedit
import Glibc

/// Where Tab found nothing more to add; pressed again there, it lists the candidates.
struct Listing: Equatable {
    let before: String
    let after: String
}

extension LineEditor {
    func complete(_ handle: OpaquePointer?) -> UInt8 {
        let (before, after) = Self.parts(handle)
        guard let handle, let completer else { return Self.insert("\t", handle) }
        let completion = completer(before, after)
        guard !completion.candidates.isEmpty,
            before.utf8.suffix(completion.word.utf8.count).elementsEqual(completion.word.utf8)
        else { return UInt8(CC_ERROR) }
        let isOnly = completion.candidates.count == 1
        var text = completion.sharedBeginning
        if isOnly, completion.candidates[0].isComplete, !after.hasPrefix(" ") { text += " " }
        let here = Listing(before: before, after: after)
        if text.utf8.count > completion.word.utf8.count || isOnly {
            el_deletestr(handle, Int32(clamping: completion.word.unicodeScalars.count))
            return Self.insert(text, handle)
        }
        guard lastListing == here else {
            lastListing = here
            return UInt8(CC_ERROR)
        }
        list(completion.candidates.map(\.label), handle)
        return UInt8(CC_NORM)
    }

    private func list(_ labels: [String], _ handle: OpaquePointer) {
        moveBelowLine(handle)
        let size = TerminalSize.current(outputDescriptor)
        let lines = CandidateTable.lines(
            labels.map { TerminalText.visibleOnOneLine($0) }, width: size.columns,
            limit: max(4, 2 * size.rows))
        write(lines.map { $0 + "\n" }.joined(), to: outputDescriptor)
        _ = tandem_el_refresh(handle)
    }

    /// Moves the terminal's cursor to the start of the row after the line that is edited.
    func moveBelowLine(_ handle: OpaquePointer) {
        let (before, after) = Self.parts(handle)
        let columns = TerminalSize.current(outputDescriptor).columns
        let cursor = LinePlacement.row(after: before, startingAt: promptColumns, width: columns)
        let end = LinePlacement.row(
            after: before + after, startingAt: promptColumns, width: columns)
        write(String(repeating: "\n", count: end - cursor + 1) + "\r", to: outputDescriptor)
    }

    /// Draws the line anew where the terminal has moved its beginning to.
    func redrawAfterResize(_ handle: OpaquePointer) {
        let (before, _) = Self.parts(handle)
        let columns = TerminalSize.current(outputDescriptor).columns
        let row = LinePlacement.row(after: before, startingAt: promptColumns, width: columns)
        write("\r" + (row > 0 ? "\u{1B}[\(row)A" : "") + "\u{1B}[J", to: outputDescriptor)
        el_resize(handle)
        _ = tandem_el_refresh(handle)
    }
}
