import Basics
import Testing

/// What would break without these: columns side by side would not line up.
@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("ｱｲｳ", 3), ("ＡＢ", 4),
        ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("👩‍👩‍👧", 2), ("🧑🏽‍🚀", 2),
        ("❤️", 2), ("❤", 1), ("1️⃣", 2), ("🇩🇪", 2), ("…", 1), ("±", 1), ("\u{3000}", 2),
        ("ไทย", 3), ("नमस्ते", 4), ("\u{1FAE8}", 2), ("𠀀", 2), ("—", 1), ("\u{A0}", 1),
    ])
    func columns(_ text: String, _ expected: Int) {
        #expect(DisplayWidth.columns(of: text) == expected)
    }

    @Test func everyScalarHasAWidth() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect((0...2).contains(DisplayWidth.columns(of: scalar)))
        }
    }
}
