/// The members of a JSON object, in their order.
///
/// Keys are compared by their UTF-8 bytes: canonically equivalent strings are different keys, as
/// vocabularies need.
public struct JSONObject: Sendable, Equatable {
    public private(set) var members: [(key: String, value: JSON)] = []
    private var index: [UTF8Key: Int] = [:]

    /// Objects up to this size are searched one by one.
    private static let linearLimit = 8

    public init() {}

    public var count: Int { members.count }
    public var keys: [String] { members.map(\.key) }

    /// - Complexity: O(1) for large objects; O(8) for small ones.
    public subscript(key: String) -> JSON? {
        get { position(of: key).map { members[$0].value } }
        set {
            if let position = position(of: key) {
                if let newValue {
                    members[position].value = newValue
                } else {
                    members.remove(at: position)
                    rebuildIndex()
                }
            } else if let newValue {
                append(key, newValue)
            }
        }
    }

    /// Adds a member; `false` when the key is there already.
    mutating func appendIfAbsent(_ key: String, _ value: JSON) -> Bool {
        if position(of: key) != nil { return false }
        append(key, value)
        return true
    }

    mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

    private mutating func append(_ key: String, _ value: JSON) {
        members.append((key, value))
        if members.count == Self.linearLimit + 1 {
            rebuildIndex()
        } else if members.count > Self.linearLimit {
            index[UTF8Key(key)] = members.count - 1
        }
    }

    private mutating func rebuildIndex() {
        index = [:]
        if members.count <= Self.linearLimit { return }
        for (position, member) in members.enumerated() { index[UTF8Key(member.key)] = position }
    }

    private func position(of key: String) -> Int? {
        if members.count > Self.linearLimit { return index[UTF8Key(key)] }
        let wanted = UTF8Key(key)
        return members.firstIndex { UTF8Key($0.key) == wanted }
    }

    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count
            && left.members.allSatisfy { right[$0.key] == $0.value }
    }
}
