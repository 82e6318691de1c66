import CCrypto

/// SHA-256 (FIPS 180-4) by the system's libcrypto, of bytes that come in parts.
public final class SHA256 {
    private let context = EVP_MD_CTX_new()
    private var isValid: Bool

    public init() { isValid = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 }

    deinit { EVP_MD_CTX_free(context) }

    public func append(_ bytes: UnsafeRawBufferPointer) {
        isValid = isValid && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
    }

    /// The digest of all bytes in lower-case hexadecimal; asked for once.
    ///
    /// libcrypto fails only when the algorithm cannot be had or memory runs out; an empty digest
    /// compares unequal to every recorded one, so it cannot pass for a match.
    public func hex() -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard isValid, EVP_DigestFinal_ex(context, &digest, &length) == 1 else { return "" }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest[..<Int(length)].flatMap {
                [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
            }, as: UTF8.self)
    }

    /// The digest of `bytes` in lower-case hexadecimal.
    public static func hex(_ bytes: UnsafeRawBufferPointer) -> String { hex(joining: [bytes]) }

    /// The digest of the bytes of all `parts`, one after another, in lower-case hexadecimal.
    public static func hex(joining parts: [UnsafeRawBufferPointer]) -> String {
        let digest = SHA256()
        for part in parts { digest.append(part) }
        return digest.hex()
    }

    public static func hex(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { hex($0) } }

    public static func hex(_ text: String) -> String { hex(Array(text.utf8)) }
}
