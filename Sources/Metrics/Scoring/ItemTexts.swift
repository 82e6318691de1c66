import Basics

/// An answer and its references as UTF-8. One is kept from item to item, so that texts need no memory
/// of their own.
public struct ItemTexts: Sendable {
    /// What its file calls the item.
    public private(set) var id: String?
    /// Each text ends where `ends` says.
    private var bytes = TextBuffer()
    private var ends: [Int] = []

    /// Forgets the item before; the answer is added first.
    public mutating func begin(id: String?) {
        self.id = id
        bytes.removeAll()
        ends.removeAll(keepingCapacity: true)
    }

    /// - Parameter text: valid UTF-8.
    public mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UnsafeRawBufferPointer(text))
        ends.append(bytes.count)
    }

    public mutating func append(_ text: String) {
        bytes.append(text)
        ends.append(bytes.count)
    }

    /// Lets bytes be read behind the last text, see ``ByteScratch/padding``.
    mutating func end() { bytes.makeRoom(ByteScratch.padding) }

    mutating func take(_ item: ScoredItem) {
        begin(id: item.id)
        append(item.answer)
        for reference in item.references { append(reference) }
    }

    /// The answer's, and the references'.
    var count: Int { ends.count }

    /// - Parameter index: 0: the answer; from 1 on: the references.
    subscript(_ index: Int) -> String { bytes.text(range(index)) }

    func withBytes<Result>(
        of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        bytes.withBytes(range(index), body)
    }

    private func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }
}
