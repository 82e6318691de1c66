import Metrics

/// A number in a text, in digits or written out: `12`, `16th`, `2 million`, `eighty-eight`.
struct StatedNumber {
    let value: Double
    /// Of words.
    let range: Range<Int>

    /// A lone `one`, `first` or `second` is mostly no number, and left out.
    static func all(in words: [AnswerWords.Word]) -> [StatedNumber] {
        var numbers: [StatedNumber] = []
        var index = 0
        while index < words.count {
            guard let number = number(words, at: index) else {
                index += 1
                continue
            }
            index = number.range.upperBound
            let isLone = number.range.count == 1 && rarelyNumbers.contains(words[index - 1].text)
            if !isLone { numbers.append(number) }
        }
        return numbers
    }

    private static func number(_ words: [AnswerWords.Word], at start: Int) -> StatedNumber? {
        var end = start
        var (whole, part, lowest) = (0.0, 0.0, Double.infinity)
        func text(_ index: Int) -> String? {
            index < words.count && words[index].clause == words[start].clause
                ? words[index].text : nil
        }
        if let digits = digits(words[start].text) {
            (part, lowest, end) = (digits, 0, start + 1)
        }
        while let word = text(end) {
            if let value = small[word], value < lowest {
                part += value
                lowest = value < 20 ? 0 : 10
            } else if let value = tens[word], value < lowest {
                part += value
                lowest = 10
            } else if let scale = scales[word], end > start {
                part *= scale
                if scale > 100 { (whole, part) = (whole + part, 0) }
                lowest = .infinity
            } else if word == "and", end > start, scales[words[end - 1].text] != nil,
                let next = text(end + 1), small[next] != nil || tens[next] != nil
            {
                end += 1
                continue
            } else {
                break
            }
            end += 1
        }
        return end == start ? nil : StatedNumber(value: whole + part, range: start..<end)
    }

    /// `12`, `0.05`, `16th`.
    private static func digits(_ word: String) -> Double? {
        guard word.first?.isNumber == true else { return nil }
        let ending = ["st", "nd", "rd", "th"].first { word.hasSuffix($0) }
        return Double(ending == nil ? word : String(word.dropLast(2)))
    }

    private static let rarelyNumbers: Set<String> = ["one", "first", "second"]
    private static let scales: [String: Double] = [
        "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9,
    ]
    private static let small = values(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            + "fifteen sixteen seventeen eighteen nineteen", from: 0, by: 1
    ).merging(
        values(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
                + "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
                + "twentieth", from: 1, by: 1)
    ) { own, _ in own }
    private static let tens = values(
        "twenty thirty forty fifty sixty seventy eighty ninety", from: 20, by: 10)

    private static func values(_ words: String, from first: Double, by step: Double)
        -> [String: Double]
    {
        var values: [String: Double] = [:]
        for (index, word) in words.split(separator: " ").enumerated() {
            values[String(word)] = first + step * Double(index)
        }
        return values
    }
}
