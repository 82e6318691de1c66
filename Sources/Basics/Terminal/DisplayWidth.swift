/// How many columns of a terminal a text takes.
///
/// East Asian wide and fullwidth characters and emoji take 2, combining marks 0, characters of
/// ambiguous width 1 (UAX #11). Control characters count 0: show them with `TerminalText` first.
public enum DisplayWidth {
    /// The columns of a text without line breaks.
    ///
    /// - Complexity: O(*n*), *n* its characters.
    public static func columns(of text: some StringProtocol) -> Int {
        var total = 0
        for character in text { total += columns(of: character) }
        return total
    }

    /// The columns of one character as a user sees it (a grapheme cluster).
    ///
    /// An emoji sequence (flag, family, keycap, skin tone) is one picture of 2 columns. The other
    /// clusters are as wide as their scalars together.
    public static func columns(of character: Character) -> Int {
        if let ascii = character.asciiValue { return ascii >= 0x20 && ascii < 0x7F ? 1 : 0 }
        let scalars = character.unicodeScalars
        var total = 0
        var isEmoji = false
        for scalar in scalars {
            total += columns(of: scalar)
            switch scalar.value {
            case 0xFE0F, 0x200D, 0x20E3, 0x1F3FB...0x1F3FF: isEmoji = true
            default: break
            }
        }
        guard isEmoji, total > 0, let first = scalars.first, first.properties.isEmoji else {
            return total
        }
        return 2
    }

    /// The columns of one Unicode scalar by itself.
    public static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 {
            return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1
        }
        switch value {
        // The vowels and final consonants of Hangul join the wide initial consonant before them.
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
        case 0x2028, 0x2029: return 0
        default: break
        }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        case .format: return isPrependedMark(value) ? 1 : 0
        default: break
        }
        if isWide(value) { return 2 }
        return properties.isEmojiPresentation && !isRegionalIndicator(value) ? 2 : 1
    }

    private static func isRegionalIndicator(_ value: UInt32) -> Bool {
        (0x1F1E6...0x1F1FF).contains(value)
    }

    /// Format characters that are drawn: the number signs and the like of Arabic, Syriac, Kaithi.
    private static func isPrependedMark(_ value: UInt32) -> Bool {
        switch value {
        case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD: true
        default: false
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        let ranges = wideRanges
        guard value >= 0x1100 else { return false }
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].last < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].first <= value
    }
}
