extension WordWrapper {
    /// One character of the text and its columns.
    struct Cell: Sendable {
        let character: Character
        let columns: Int

        init(_ character: Character) {
            self.character = character
            columns = DisplayWidth.columns(of: character)
        }

        var isSpace: Bool { character == " " || character == "\t" }
        var isLineFeed: Bool { character == "\n" || character == "\r\n" }

        /// Whether a line may break between `previous` and this cell, neither being a space.
        func allowsBreak(after previous: Cell) -> Bool {
            guard columns == 2 || previous.columns == 2 else { return false }
            return !Self.staysWithPrevious.contains(character)
                && !Self.staysWithNext.contains(previous.character)
        }

        /// Punctuation and small kana that must not begin a line.
        private static let staysWithPrevious: Set<Character> = Set(
            "、。，．：；！？）」』】〉》〕｝］・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥,.:;!?)]}”’%％")
        /// Opening brackets that must not end a line.
        private static let staysWithNext: Set<Character> = Set("（「『【〈《〔｛［([{“‘")
    }
}
