/// Bytes that stay where they are as long as this object is there: a mapped file's, or a copy.
final class FixedBytes: @unchecked Sendable {
    // Safe to share: nothing writes to the bytes.
    let bytes: UnsafeRawBufferPointer
    private let file: MappedFile?

    init(_ file: MappedFile) {
        self.file = file
        bytes = file.bytes
    }

    init(_ text: String) {
        file = nil
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
        copy.copyBytes(from: text.utf8)
        bytes = UnsafeRawBufferPointer(copy)
    }

    deinit { if file == nil { bytes.deallocate() } }
}
