extension JSON {
    /// Nesting deeper than this is refused: a parser that recurses must not be driven off its stack.
    public static let depthLimit = 64

    /// Reads one JSON value (RFC 8259) that fills `bytes`.
    ///
    /// Refused, with the line: anything after the value, duplicate keys, invalid UTF-8, lone
    /// surrogates, numbers outside the range of a double, nesting beyond `depthLimit`.
    /// - Parameter file: the name that errors give.
    /// - Complexity: O(bytes).
    public static func parse(_ bytes: UnsafeRawBufferPointer, file: String? = nil)
        throws(TandemError) -> JSON
    {
        var parser = JSONParser(bytes: bytes, file: file)
        return try parser.document()
    }

    public static func parse(_ text: String, file: String? = nil) throws(TandemError) -> JSON {
        try parse(Array(text.utf8), file: file)
    }

    public static func parse(_ bytes: some Collection<UInt8>, file: String? = nil)
        throws(TandemError) -> JSON
    {
        let parsed: Result<JSON, TandemError>? = bytes.withContiguousStorageIfAvailable { bytes in
            do throws(TandemError) {
                return .success(try parse(UnsafeRawBufferPointer(bytes), file: file))
            } catch {
                return .failure(error)
            }
        }
        guard let parsed else { return try parse(Array(bytes), file: file) }
        return try parsed.get()
    }
}
