/// The letters by which GPT-2's byte-level vocabularies spell the 256 bytes.
///
/// Printable Latin-1 bytes stand for themselves; the others, in order, for U+0100 and up. Radford et
/// al., "Language Models are Unsupervised Multitask Learners", 2019.
enum ByteAlphabet {
    /// The byte that each scalar below U+0144 spells, or -1.
    private static let bytes: [Int16] = {
        var bytes = [Int16](repeating: -1, count: 0x144)
        var next = 0x100
        for byte in 0..<256 {
            let isPrintable =
                (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte)
                || (0xAE...0xFF).contains(byte)
            bytes[isPrintable ? byte : next] = Int16(byte)
            if !isPrintable { next += 1 }
        }
        return bytes
    }()

    /// Appends the bytes that `spelling` stands for. Where it has a character that the alphabet has
    /// not (added tokens do), the spelling itself.
    static func decode(_ spelling: some Collection<UInt8>, into output: inout [UInt8]) {
        let start = output.count
        var iterator = spelling.makeIterator()
        while let first = iterator.next() {
            var scalar = Int(first)
            if first >= 0x80 {
                let second = Int(iterator.next() ?? 0)
                scalar = first & 0xE0 == 0xC0 ? (Int(first) & 0x1F) << 6 | (second & 0x3F) : -1
            }
            guard bytes.indices.contains(scalar), bytes[scalar] >= 0 else {
                output.removeLast(output.count - start)
                output.append(contentsOf: spelling)
                return
            }
            output.append(UInt8(truncatingIfNeeded: bytes[scalar]))
        }
    }
}
