/// Whether the last number of the answer is the reference's last number, within a tolerance.
///
/// What counts as a number is what lm-eval's `flexible-extract` for GSM8K finds, with its thousands
/// separators, dollar signs and final point removed; then numbers are compared, not texts, so that 12 and
/// 12.0 are equal. An answer without a number is wrong: 0. A reference without one cannot be compared.
struct NumericAnswer {
    /// How far the two may be apart: as a number, or as a share of the reference.
    enum Tolerance: Equatable {
        case absolute(Double)
        case relative(Double)
    }

    let tolerance: Tolerance

    func score(_ comparison: inout Comparison) -> Score {
        let references = comparison.references.compactMap(Self.lastNumber)
        if references.isEmpty { return .unscored("the reference has no number") }
        guard let answer = Self.lastNumber(comparison.answer) else { return .value(0) }
        return .value(references.contains { isClose(answer, $0) } ? 1 : 0)
    }

    private func isClose(_ answer: Double, _ reference: Double) -> Bool {
        switch tolerance {
        case .absolute(let most): abs(answer - reference) <= most
        case .relative(let share): abs(answer - reference) <= share * abs(reference)
        }
    }

    /// The last run of an optional minus and two or more of `$`, `,`, `.` and digits, or of digits alone.
    static func lastNumber(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        var end = bytes.count
        while end > 0 {
            while end > 0, !isNumeral(bytes[end - 1]) { end -= 1 }
            var start = end
            while start > 0, isNumeral(bytes[start - 1]) { start -= 1 }
            let digits = bytes[start..<end]
            let isNumber = digits.count > 1 || digits.first.map(isDigit) ?? false
            if isNumber {
                let isNegative = start > 0 && bytes[start - 1] == UInt8(ascii: "-")
                return number(digits, isNegative: isNegative)
            }
            end = start
        }
        return nil
    }

    private static func number(_ numerals: ArraySlice<UInt8>, isNegative: Bool) -> Double? {
        var kept = numerals.filter { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "$") }
        if kept.last == UInt8(ascii: ".") { kept.removeLast() }
        let value = Double(String(decoding: kept, as: UTF8.self))
        return value.map { isNegative ? -$0 : $0 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isNumeral(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "$") || byte == UInt8(ascii: ",")
            || byte == UInt8(ascii: ".")
    }
}
