import Basics

extension GGUFMetadata {
    /// The SHA-256 of the pairs whose keys begin with `prefix`, in the order of the file.
    /// - Complexity: O(bytes).
    public func digest(of prefix: String) -> String {
        let digest = SHA256()
        func append(_ text: String) { Array((text + "\n").utf8).withUnsafeBytes(digest.append) }
        for key in keys where key.hasPrefix(prefix) {
            append(key)
            switch self[key] {
            case .array(let array):
                append("\(array.count)")
                array.append(to: digest)
            case let value?: append("\(value)")
            case nil: break
            }
        }
        return digest.hex()
    }
}
