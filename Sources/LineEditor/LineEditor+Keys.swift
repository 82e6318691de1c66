import CLibedit
import Glibc

extension LineEditor {
    /// The keys that differ from libedit's own: what readline users expect, and what needs us.
    private static let keys: [(keys: String, command: String)] = [
        ("^C", "tandem-interrupt"), ("^Z", "tandem-suspend"), ("^I", "tandem-complete"),
        ("\\e[A", "tandem-recall-previous"), ("\\eOA", "tandem-recall-previous"),
        ("\\e[B", "tandem-recall-next"), ("\\eOB", "tandem-recall-next"),
        ("^P", "tandem-recall-previous"), ("^N", "tandem-recall-next"),
        ("\\e\\n", "tandem-line-feed"), ("\\e\\r", "tandem-line-feed"),
        ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"),
        ("^W", "ed-delete-prev-word"), ("^U", "vi-kill-line-prev"),
        ("\\e[3~", "ed-delete-next-char"), ("\\e[1~", "ed-move-to-beg"),
        ("\\e[4~", "ed-move-to-end"), ("\\e[7~", "ed-move-to-beg"), ("\\e[8~", "ed-move-to-end"),
        ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),
        ("\\e[1;3C", "em-next-word"), ("\\e[1;3D", "ed-prev-word"),
        ("\\e[200~", "tandem-paste"),
    ]

    func configure(_ handle: OpaquePointer) {
        _ = tandem_el_set_editor(handle, wide("emacs"))
        _ = tandem_el_set_prompt(
            handle, { LineEditor.of($0)?.promptBuffer.baseAddress },
            wchar_t(bitPattern: Prompt.marker.value))
        if let searchHistory {
            // The limit is kept by `History`; here it only has to be out of the way.
            _ = tandem_history_set_size(searchHistory, Int32.max)
            _ = tandem_el_set_history(handle, searchHistory)
        }
        // Before our own keys, which a file of the user's must not take away by accident.
        let hasOwnKeys = el_source(handle, nil) == 0
        _ = tandem_el_set_reader(handle) { LineEditor.readCharacter($0, $1) }
        // ^C and ^Z come as keys, so that no signal can arrive halfway through a redraw.
        _ = tandem_el_set_editing_flag(handle, wide("-isig"))
        addFunctions(handle)
        let usesEmacsKeys = !editorIsVi(handle)
        for (keys, command) in Self.keys where usesEmacsKeys || !keys.hasPrefix("\\e") {
            _ = tandem_el_bind(handle, wide(keys), wide(command))
        }
        // In vi mode ESC alone leaves the insert mode: no key may begin with it there.
        isBracketingPastes = usesEmacsKeys
        dropsUnknownKeys = usesEmacsKeys && !hasOwnKeys
    }

    private func addFunctions(_ handle: OpaquePointer) {
        add("tandem-interrupt", "Throws the line away", handle) { handle, _ in
            LineEditor.of(handle)?.interrupt(handle) ?? UInt8(CC_ERROR)
        }
        add("tandem-suspend", "Stops the program until the shell continues it", handle) {
            handle, _ in
            LineEditor.of(handle)?.suspend(handle) ?? UInt8(CC_ERROR)
        }
        add("tandem-complete", "Completes the word, or lists what fits", handle) { handle, _ in
            LineEditor.of(handle)?.complete(handle) ?? UInt8(CC_ERROR)
        }
        add("tandem-recall-previous", "Goes back to an entry that begins alike", handle) {
            handle, _ in
            LineEditor.of(handle)?.recallPrevious(handle) ?? UInt8(CC_ERROR)
        }
        add("tandem-recall-next", "Goes forth to an entry that begins alike", handle) { handle, _ in
            LineEditor.of(handle)?.recallNext(handle) ?? UInt8(CC_ERROR)
        }
        add("tandem-line-feed", "Inserts a line feed", handle) { handle, _ in
            LineEditor.insert("\n", handle)
        }
        add("tandem-paste", "Inserts what the terminal pastes", handle) { handle, _ in
            LineEditor.of(handle)?.paste(handle) ?? UInt8(CC_ERROR)
        }
    }

    private func add(
        _ name: String, _ help: String, _ handle: OpaquePointer,
        _ function: @convention(c) (OpaquePointer?, wint_t) -> UInt8
    ) {
        _ = tandem_el_add_function(handle, lasting(name), lasting(help), function)
    }

    /// libedit keeps the pointers of names without copying the text.
    private func lasting(_ text: String) -> UnsafePointer<wchar_t>? {
        let characters = wide(text)
        let copy = UnsafeMutableBufferPointer<wchar_t>.allocate(capacity: characters.count)
        _ = copy.initialize(from: characters)
        functionNames.append(copy)
        return UnsafePointer(copy.baseAddress)
    }

    private func editorIsVi(_ handle: OpaquePointer) -> Bool {
        var name: UnsafePointer<wchar_t>?
        guard tandem_el_get_editor(handle, &name) == 0, let name else { return false }
        return name[0] == 0x76
    }

    private func wide(_ text: String) -> [wchar_t] { WideText.terminated(text) }

    /// The editor that libedit calls back.
    static func of(_ handle: OpaquePointer?) -> LineEditor? {
        guard let handle, let data = tandem_el_client_data(handle) else { return nil }
        return Unmanaged<LineEditor>.fromOpaque(data).takeUnretainedValue()
    }

    static func insert(_ text: String, _ handle: OpaquePointer?) -> UInt8 {
        el_winsertstr(handle, WideText.terminated(text)) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
    }

    /// The text before and after the cursor.
    static func parts(_ handle: OpaquePointer?) -> (before: String, after: String) {
        guard let line = el_wline(handle)?.pointee, let buffer = line.buffer,
            let cursor = line.cursor, let last = line.lastchar
        else { return ("", "") }
        let before = WideText.scalars(buffer, count: cursor - buffer)
        return (String(before), String(WideText.scalars(cursor, count: last - cursor)))
    }

    private func interrupt(_ handle: OpaquePointer?) -> UInt8 {
        wasInterrupted = true
        let (_, after) = Self.parts(handle)
        el_cursor(handle, Int32(clamping: after.unicodeScalars.count))
        _ = Self.insert("^C", handle)
        // Enter draws the line to its end and goes below it.
        el_wpush(handle, WideText.terminated("\n"))
        return UInt8(CC_REFRESH)
    }

    private func suspend(_ handle: OpaquePointer?) -> UInt8 {
        guard let handle else { return UInt8(CC_ERROR) }
        moveBelowLine(handle)
        TerminalGuard.pause()
        _ = tandem_el_prepare_terminal(handle, 0)
        // To the whole group, as the terminal does it: a script that started us stops as well.
        kill(0, SIGTSTP)
        resume(handle)
        return UInt8(CC_NORM)
    }

    func resume(_ handle: OpaquePointer) {
        _ = tandem_el_prepare_terminal(handle, 1)
        TerminalGuard.resume()
        el_resize(handle)
        _ = tandem_el_refresh(handle)
    }
}
