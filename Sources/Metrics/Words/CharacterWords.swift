/// The characters (code points) of a text but white space, each a unit of its own.
enum CharacterWords {
    static func append(_ text: UnsafeBufferPointer<UInt8>, to lists: inout WordLists) {
        lists.append(upTo: text.count) { found in
            var (index, count) = (0, 0)
            while index < text.count {
                let byte = text[index]
                if byte < 0x80 {
                    found[count] = Int32(byte)
                    count += PythonText.spaceLength(text, at: index) == 0 ? 1 : 0
                    index += 1
                    continue
                }
                let (scalar, next) = PythonText.scalar(text, at: index)
                if !PythonText.isSpace(scalar) {
                    found[count] = Int32(scalar.value)
                    count += 1
                }
                index = next
            }
            return count
        }
    }
}
