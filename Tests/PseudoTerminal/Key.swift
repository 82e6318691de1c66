/// A key as a terminal sends it.
public struct Key: RawRepresentable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let enter = Key(rawValue: "\r")
    public static let tab = Key(rawValue: "\t")
    public static let escape = Key(rawValue: "\u{1B}")
    public static let backspace = Key(rawValue: "\u{7F}")
    public static let delete = Key(rawValue: "\u{1B}[3~")
    public static let up = Key(rawValue: "\u{1B}[A")
    public static let down = Key(rawValue: "\u{1B}[B")
    public static let right = Key(rawValue: "\u{1B}[C")
    public static let left = Key(rawValue: "\u{1B}[D")

    /// Control with a letter: `.control("C")`.
    public static func control(_ letter: Unicode.Scalar) -> Key {
        Key(rawValue: String(Character(Unicode.Scalar(UInt8(letter.value & 0x1F)))))
    }

    /// Alt with another key.
    public static func alt(_ key: Key) -> Key { Key(rawValue: "\u{1B}" + key.rawValue) }
}
