/// A vocabulary as a file gives it, before it is checked and indexed by ``Tokenizer``.
public struct VocabularyData: Sendable {
    /// How pieces spell text.
    public enum Spelling: Sendable, Equatable {
        /// A piece is a string of bytes; every byte is a piece, but for those that no text has.
        case byteLevel
        /// Spaces are written as U+2581; what no piece spells becomes byte tokens.
        case sentencePiece
    }

    /// Where a space is put before the text.
    public enum SpacePrefix: Sendable { case never, first, always }

    /// How pieces grow.
    public enum Merging: Sendable {
        /// Pairs in order of rank: left and right pieces take turns in the arena.
        case ranked(PieceArena)
        /// The score of each piece: the pair whose union scores highest is joined first.
        case scored([Float])
    }

    /// A token that is recognised in the text before anything else.
    public struct AddedToken: Sendable, Equatable {
        public var id: Int
        public var text: String
        /// Recognised in trusted text only, and not shown in answers.
        public var isControl: Bool
        public var stripsLeft = false
        public var stripsRight = false
        public var isSingleWord = false

        public init(id: Int, text: String, isControl: Bool) {
            self.id = id
            self.text = text
            self.isControl = isControl
        }
    }

    /// The file, for error messages.
    public var file: String
    public var spelling: Spelling
    /// By id. Byte-level pieces are the bytes themselves, not their letters.
    public var pieces: PieceArena
    public var merging: Merging
    public var splits: SplitPlan
    public var added: [AddedToken] = []
    public var spacePrefix = SpacePrefix.never
    /// Whether a text that begins with a space gets none before it.
    public var keepsLeadingSpace = false
    /// Whether a whole word that is a piece is taken as it stands.
    public var ignoresMerges = false
    /// The tokens of single bytes, 256 of them, or none.
    public var byteTokens: [Int32] = []
    /// What no piece spells becomes this token; nil: a byte-level vocabulary leaves such bytes out.
    public var unknown: Int32?
    public var fusesUnknown = false
    public var beginning: Int32?
    public var end: Int32?
    public var addsBeginning = false
    public var addsEnd = false

    public init(
        file: String, spelling: Spelling, pieces: PieceArena, merging: Merging, splits: SplitPlan
    ) {
        self.file = file
        self.spelling = spelling
        self.pieces = pieces
        self.merging = merging
        self.splits = splits
    }
}
