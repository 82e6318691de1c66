extension SHA256 {
    private static let pieceBytes = 4 << 20

    /// Appends the bytes of `file` in `range`; no more than a piece of them is in memory at a time.
    /// - Complexity: O(bytes).
    public func append(_ file: MappedFile, _ range: Range<Int>) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceBytes) {
            let piece = start..<min(start + Self.pieceBytes, range.upperBound)
            append(UnsafeRawBufferPointer(rebasing: file.bytes[piece]))
            file.release(piece)
        }
    }

    /// The digest of the files' bytes, one after another, in lower-case hexadecimal.
    public static func hex(joining files: [MappedFile]) -> String {
        let digest = SHA256()
        for file in files { digest.append(file, 0..<file.bytes.count) }
        return digest.hex()
    }
}
