import CCrypto

/// SHA-256 (FIPS 180-4) by the system's libcrypto, of bytes that come in parts.
public final class SHA256 {
    private let digest = tandem_sha256_begin()
    private var isValid: Bool

    public init() { isValid = digest != nil }

    deinit { tandem_sha256_free(digest) }

    public func append(_ bytes: UnsafeRawBufferPointer) {
        isValid = isValid && tandem_sha256_append(digest, bytes.baseAddress, bytes.count) == 1
    }

    /// The digest of all bytes in lower-case hexadecimal; asked for once.
    ///
    /// libcrypto fails only when it lacks the algorithm or memory runs out; an empty digest compares unequal
    /// to every recorded one, so it cannot pass for a match.
    public func hex() -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        guard isValid, tandem_sha256_end(digest, &bytes) == 1 else { return "" }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
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
