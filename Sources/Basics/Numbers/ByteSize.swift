/// Sizes in bytes as people write them; K, M, G and T are powers of 1024.
public enum ByteSize {
    private static let units: [(letter: Character, shift: Int)] = [
        ("T", 40), ("G", 30), ("M", 20), ("K", 10), ("B", 0),
    ]

    /// Reads `4G`, `1.5g` or `512M`.
    /// - Returns: nil without a unit, for a number that is not positive, and beyond 2⁶² bytes.
    public static func parse(_ text: String) -> Int? {
        guard let last = text.last, let unit = units.first(where: { $0.letter == upper(last) })
        else { return nil }
        let digits = text.dropLast()
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
            let number = Double(digits)
        else { return nil }
        let bytes = number * Double(1 << unit.shift)
        return bytes >= 1 && bytes < 0x1p62 ? Int(bytes) : nil
    }

    /// The shortest text that ``parse(_:)`` reads back as exactly `count` bytes.
    public static func exact(_ count: Int) -> String {
        let unit = units.first { count % (1 << $0.shift) == 0 && count >> $0.shift > 0 }
        return unit.map { "\(count >> $0.shift)\($0.letter)" } ?? "\(count)B"
    }

    /// To be read: `1.50 GiB`, `96.2 MiB`, `3.0 KiB`.
    public static func readable(_ count: Int) -> String {
        if count >= 1 << 30 { return decimal(count, 30, digits: 2) + " GiB" }
        if count >= 1 << 20 { return decimal(count, 20, digits: 1) + " MiB" }
        return decimal(count, 10, digits: 1) + " KiB"
    }

    private static func decimal(_ count: Int, _ shift: Int, digits: Int) -> String {
        let scale = digits == 2 ? 100 : 10
        let scaled = Int((Double(count) / Double(1 << shift) * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
        return "\(scaled / scale).\(zeros)\(fraction)"
    }

    private static func upper(_ letter: Character) -> Character {
        letter.isASCII ? Character(letter.uppercased()) : letter
    }
}
