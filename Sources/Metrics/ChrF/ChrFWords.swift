/// The words of chrF++: a mark of ASCII punctuation at the end of a word is a word of its own, else one
/// at its beginning is.
enum ChrFWords {
    /// `text` with spaces around its words.
    static func spaced(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 4)
        PythonText.forEachWord(text) { word in
            let (first, last) = (word.lowerBound, word.upperBound - 1)
            if word.count > 1, PlainWords.isPunctuation(text[last]) {
                result.append(contentsOf: text[first..<last])
                result.append(0x20)
                result.append(text[last])
            } else if word.count > 1, PlainWords.isPunctuation(text[first]) {
                result.append(text[first])
                result.append(0x20)
                result.append(contentsOf: text[(first + 1)...last])
            } else {
                result.append(contentsOf: text[word])
            }
            result.append(0x20)
        }
        return result
    }
}
