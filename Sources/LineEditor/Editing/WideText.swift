import Glibc

/// Text as libedit wants it: 32-bit characters that end with a zero.
enum WideText {
    /// What stands for a character that cannot be.
    static let replacement: wchar_t = 0xFFFD

    static func terminated(_ text: String) -> [wchar_t] {
        // A zero inside would cut the text.
        text.unicodeScalars.map { $0 == "\0" ? replacement : wchar_t(bitPattern: $0.value) } + [0]
    }

    static func scalars(
        _ start: UnsafePointer<wchar_t>, count: Int
    ) -> String.UnicodeScalarView {
        var view = String.UnicodeScalarView()
        for wide in UnsafeBufferPointer(start: start, count: count) {
            view.append(Unicode.Scalar(UInt32(bitPattern: wide)) ?? "\u{FFFD}")
        }
        return view
    }
}
