extension TerminalText {
    /// Appends what stands for `scalar`, and what was held back before it.
    mutating func append(_ scalar: Unicode.Scalar, to text: inout String) {
        if joinerIsPending {
            joinerIsPending = false
            if Self.isPicture(scalar) {
                text.unicodeScalars.append("\u{200D}")
            } else {
                text += "<U+200D>"
                context = .none
            }
        }
        let value = scalar.value
        switch value {
        case 0x09, 0x0A:
            keep(scalar, .none, &text)
        case 0x20..<0x7F:
            keep(scalar, Self.isKeycapBase(value) ? .keycapBase : .none, &text)
        case 0..<0x20, 0x7F:
            replace(Self.caret(scalar), &text)
        case 0x80..<0xA0:
            replace("\\u{\(String(value, radix: 16))}", &text)
        default:
            appendBeyondControls(scalar, to: &text)
        }
    }

    private mutating func appendBeyondControls(_ scalar: Unicode.Scalar, to text: inout String) {
        let value = scalar.value
        switch value {
        case 0x200D where context == .emoji || context == .modifiedEmoji:
            joinerIsPending = true
        case 0xFE0E, 0xFE0F:
            switch context {
            case .emoji, .keycapBase: keep(scalar, .modifiedEmoji, &text)
            case .ideograph: keep(scalar, .none, &text)
            case .modifiedEmoji, .none: replace(Self.codePoint(value), &text)
            }
        case 0xFE00...0xFE0D, 0xE0100...0xE01EF:
            if context == .ideograph {
                keep(scalar, .none, &text)
            } else {
                replace(Self.codePoint(value), &text)
            }
        case 0x1F3FB...0x1F3FF where context == .emoji:
            keep(scalar, .modifiedEmoji, &text)
        default:
            if Self.isHidden(scalar) {
                replace(Self.codePoint(value), &text)
            } else if Self.isPicture(scalar) {
                keep(scalar, .emoji, &text)
            } else {
                keep(scalar, scalar.properties.isIdeographic ? .ideograph : .none, &text)
            }
        }
    }

    private mutating func keep(
        _ scalar: Unicode.Scalar, _ next: Context, _ text: inout String
    ) {
        text.unicodeScalars.append(scalar)
        context = next
    }

    private mutating func replace(_ visible: String, _ text: inout String) {
        text += visible
        context = .none
    }

    /// Characters that show nothing, turn the direction of what follows, or break lines.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2028, 0x2029, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
        case 0..<0x300: scalar.value == 0xAD
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// An emoji that can be joined to others: not the digits of keycaps.
    private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0xA9 && scalar.properties.isEmoji
    }

    static func isKeycapBase(_ value: UInt32) -> Bool {
        (0x30...0x39).contains(value) || value == 0x23 || value == 0x2A
    }

    /// `^[` for ESC, `^?` for DEL.
    static func caret(_ scalar: Unicode.Scalar) -> String {
        let shown = Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value ^ 0x40))
        return "^" + String(Character(shown))
    }

    private static func codePoint(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }
}
