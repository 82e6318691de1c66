import Basics
import Testing

/// What would break without these: model text could steer or deceive the reader's terminal.
@Suite struct TerminalTextTests {
    @Test(arguments: [
        ("plain text\n\tindented", "plain text\n\tindented"),
        ("\u{1B}[2J", "^[[2J"),
        ("\u{0}\u{7}\u{8}", "^@^G^H"),
        ("safe\roops", "safe^Moops"),
        ("a\r\nb", "a^M\nb"),
        ("\u{7F}", "^?"),
        ("\u{9B}2J\u{85}", "\\u{9b}2J\\u{85}"),
        ("\u{202E}evil\u{2066}", "<U+202E>evil<U+2066>"),
        ("a\u{200B}b\u{FEFF}c\u{AD}d", "a<U+200B>b<U+FEFF>c<U+00AD>d"),
        ("\u{2028}\u{2029}", "<U+2028><U+2029>"),
        ("\u{E0041}", "<U+E0041>"),
        ("Grüße, 日本語 한국어 ไทย", "Grüße, 日本語 한국어 ไทย"),
        ("e\u{301}", "e\u{301}"),
    ])
    func replacesWhatCouldHarm(_ text: String, _ expected: String) {
        #expect(bytes(TerminalText.visible(text)) == bytes(expected))
    }

    @Test(arguments: ["👩‍👩‍👧", "❤️‍🔥", "🧑🏽‍🚀", "🏳️‍🌈", "1️⃣", "🇩🇪", "☎︎", "葛\u{E0100}"])
    func keepsSequencesThatMeanSomething(_ text: String) {
        #expect(bytes(TerminalText.visible(text)) == bytes(text))
    }

    @Test(arguments: [
        ("a\u{200D}b", "a<U+200D>b"),
        ("👩\u{200D}b", "👩<U+200D>b"),
        ("👩\u{200D}", "👩<U+200D>"),
        ("👩\u{200D}\u{1B}", "👩<U+200D>^["),
        ("👩\u{200D}\u{200D}👩", "👩<U+200D><U+200D>👩"),
        ("a\u{FE0F}", "a<U+FE0F>"),
        ("😀\u{FE0F}\u{FE0F}", "😀\u{FE0F}<U+FE0F>"),
        ("😀\u{E0100}\u{FE00}", "😀<U+E0100><U+FE00>"),
    ])
    func showsJoinersAndSelectorsElsewhere(_ text: String, _ expected: String) {
        #expect(bytes(TerminalText.visible(text)) == bytes(expected))
    }

    @Test func theCutBetweenChunksDoesNotMatter() {
        let samples = [
            "👩‍👩‍👧 and 1️⃣ and a\u{200D}b", "\u{1B}[31m🏳️‍🌈\u{200D}", "葛\u{E0100}\u{9B}x 👩\u{200D}z",
        ]
        for sample in samples {
            let scalars = Array(sample.unicodeScalars)
            let whole = TerminalText.visible(sample)
            for first in 0...scalars.count {
                for second in first...scalars.count {
                    var stream = TerminalText()
                    var shown = ""
                    for part in [0..<first, first..<second, second..<scalars.count] {
                        var chunk = String.UnicodeScalarView()
                        chunk.append(contentsOf: scalars[part])
                        shown += stream.append(String(chunk))
                    }
                    shown += stream.finish()
                    #expect(bytes(shown) == bytes(whole))
                }
            }
        }
    }

    @Test func nothingThatControlsATerminalComesThrough() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), value < 0x3000 || value > 0xDFFF else {
                continue
            }
            for shown in TerminalText.visible(String(Character(scalar))).unicodeScalars {
                let isControl = shown.properties.generalCategory == .control
                #expect(!isControl || shown == "\n" || shown == "\t")
                #expect(!shown.properties.isBidiControl)
            }
        }
    }

    @Test func namesStayOnOneLine() {
        #expect(TerminalText.visibleOnOneLine("a\nb\tc\u{1B}") == "a^Jb^Ic^[")
        #expect(TerminalText.visibleOnOneLine("plain") == "plain")
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
