import CCrypto

/// SHA-256 (FIPS 180-4) by the system's libcrypto.
public enum SHA256 {
    /// The digest of `bytes` in lower-case hexadecimal.
    public static func hex(_ bytes: UnsafeRawBufferPointer) -> String { hex(joining: [bytes]) }

    /// The digest of the bytes of all `parts`, one after another, in lower-case hexadecimal.
    public static func hex(joining parts: [UnsafeRawBufferPointer]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        // libcrypto fails only when the algorithm cannot be had or memory runs out; an empty
        // digest compares unequal to every recorded one, so it cannot pass for a match.
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { return "" }
        for part in parts {
            guard EVP_DigestUpdate(context, part.baseAddress, part.count) == 1 else { return "" }
        }
        guard EVP_DigestFinal_ex(context, &digest, &length) == 1 else { return "" }
        return hexadecimal(digest[..<Int(length)])
    }

    public static func hex(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { hex($0) } }

    public static func hex(_ text: String) -> String { hex(Array(text.utf8)) }

    private static func hexadecimal(_ digest: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self
        )
    }
}
