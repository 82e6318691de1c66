/// One entry of a vocabulary.
public struct Token: Sendable, Hashable {
    public let id: Int32
    /// Its bytes, which may be a part of a character; of a control token, its name.
    public let spelling: [UInt8]
    /// Whether it steers the model and is no text.
    public let isControl: Bool

    public init(id: Int32, spelling: [UInt8], isControl: Bool) {
        self.id = id
        self.spelling = spelling
        self.isControl = isControl
    }
}
