/// The words of chrF++: a mark of ASCII punctuation at the end of a word is a word of its own, else one
/// at its beginning is.
enum ChrFWords {
    /// Writes a word's two parts with a space between them; nil: it is one.
    static func write(
        _ word: UnsafeBufferPointer<UInt8>, to parts: UnsafeMutableBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        let last = word.count - 1
        if last == 0 { return nil }
        let split: Int
        if PlainWords.isPunctuation(word[last]) {
            split = last
        } else if PlainWords.isPunctuation(word[0]) {
            split = 1
        } else {
            return nil
        }
        for index in word.indices { parts[index < split ? index : index + 1] = word[index] }
        parts[split] = 0x20
        return UnsafeBufferPointer(rebasing: parts[...word.count])
    }
}
