/// Gives equal words equal numbers, so that they compare quickly.
///
/// Words are equal when their bytes are.
struct WordNumbers {
    private var numbers: [ArraySlice<UInt8>: Int32] = [:]

    mutating func number(_ word: some Sequence<UInt8>) -> Int32 {
        let key = ArraySlice(word)
        if let known = numbers[key] { return known }
        let number = Int32(numbers.count)
        numbers[key] = number
        return number
    }

    mutating func numbers(_ words: [Substring.UnicodeScalarView]) -> [Int32] {
        words.map { number(String($0).utf8) }
    }
}
