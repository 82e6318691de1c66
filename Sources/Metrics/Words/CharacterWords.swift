/// The characters (code points) of a text but white space, each a unit of its own.
enum CharacterWords {
    static func append(_ text: UnsafeBufferPointer<UInt8>, to numbers: inout [Int32]) {
        let start = numbers.count
        numbers.append(contentsOf: repeatElement(0, count: text.count))
        var end = start
        numbers.withUnsafeMutableBufferPointer { numbers in
            var index = 0
            while index < text.count {
                let byte = text[index]
                if byte < 0x80 {
                    numbers[end] = Int32(byte)
                    end += PythonText.spaceLength(text, at: index) == 0 ? 1 : 0
                    index += 1
                    continue
                }
                let (scalar, next) = PythonText.scalar(text, at: index)
                if !PythonText.isSpace(scalar) {
                    numbers[end] = Int32(scalar.value)
                    end += 1
                }
                index = next
            }
        }
        numbers.removeLast(numbers.count - end)
    }
}
