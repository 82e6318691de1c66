/// The characters (code points) of a text but white space, each a unit of its own.
enum CharacterWords {
    static func numbers(_ text: UnsafeBufferPointer<UInt8>) -> [Int32] {
        var numbers: [Int32] = []
        numbers.reserveCapacity(text.count)
        if PythonText.isASCII(text) {
            for index in text.indices where PythonText.spaceLength(text, at: index) == 0 {
                numbers.append(Int32(text[index]))
            }
            return numbers
        }
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars
        where !PythonText.isSpace(scalar) { numbers.append(Int32(scalar.value)) }
        return numbers
    }
}
