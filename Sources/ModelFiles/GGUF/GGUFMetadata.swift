import Basics

/// The key-value pairs of a GGUF file.
public struct GGUFMetadata: Sendable {
    /// The path of the file, for error messages.
    public let path: String
    /// The keys, in the order of the file.
    public private(set) var keys: [String] = []
    private var values: [UTF8Key: GGUFValue] = [:]

    init(path: String) { self.path = path }

    /// - Complexity: O(1).
    public subscript(key: String) -> GGUFValue? { values[UTF8Key(key)] }

    /// Adds a pair; `false` when the key is there already.
    mutating func appendIfAbsent(_ key: String, _ value: GGUFValue) -> Bool {
        guard values.updateValue(value, forKey: UTF8Key(key)) == nil else { return false }
        keys.append(key)
        return true
    }
}
