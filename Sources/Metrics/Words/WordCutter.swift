/// Cuts texts into the units that metrics count, and numbers them.
///
/// All rules but that of characters look no further than the words between white space. What stands
/// between white space of ASCII is numbered as it is; what a rule makes of it is kept, as texts have the
/// same words over and over.
struct WordCutter: Sendable {
    private var table = WordTable()
    /// By rule.
    private var units = Self.noUnits
    private var spaces: [UInt64] = []
    private var pieces: [Int32] = []

    private static let noUnits = [WordUnits](
        repeating: WordUnits(), count: WordRule.allCases.count)

    /// A table with more words than this is begun anew.
    private static let wordLimit = 1 << 20

    /// Forgets the words where they are many; their numbers then mean nothing any more.
    mutating func makeRoom() {
        if table.count <= Self.wordLimit { return }
        table = WordTable()
        units = Self.noUnits
    }

    /// Appends the units of `text`.
    /// - Parameter text: see ``ByteScratch/padding``.
    /// - Complexity: O(bytes).
    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, by rule: WordRule, to lists: inout WordLists
    ) {
        switch rule {
        case .mteval13a: Tokenizer13a.withUnescaped(text) { cut($0, rule, &lists) }
        case .international:
            ByteScratch.withPadding(InternationalTokenizer.spaced(text)) { cut($0, rule, &lists) }
        case .characters: CharacterWords.append(text, to: &lists)
        default: cut(text, rule, &lists)
        }
    }

    private mutating func cut(
        _ text: UnsafeBufferPointer<UInt8>, _ rule: WordRule, _ lists: inout WordLists
    ) {
        let count = numberPieces(of: text)
        lists.append(upTo: text.count) { found in
            pieces.withUnsafeBufferPointer { pieces in
                units[rule.rawValue].write(
                    of: UnsafeBufferPointer(rebasing: pieces[..<count]), by: rule, &table, to: found
                )
            }
        }
    }

    /// Numbers what stands between white space of ASCII.
    /// - Returns: how many pieces there are.
    private mutating func numberPieces(of text: UnsafeBufferPointer<UInt8>) -> Int {
        let blocks = text.count / SpaceMask.blockSize + 1
        if spaces.count < blocks { spaces = [UInt64](repeating: 0, count: 2 * blocks) }
        let limit = text.count / 2 + 1
        if pieces.count < limit { pieces = [Int32](repeating: 0, count: 2 * limit) }
        return spaces.withUnsafeMutableBufferPointer { spaces in
            let mask = SpaceMask(text, memory: spaces)
            return pieces.withUnsafeMutableBufferPointer { pieces in
                WordQueue.with(pieces, &table) { queue, table in
                    mask.forEachPiece { piece in
                        queue.add(UnsafeBufferPointer(rebasing: text[piece]), &table)
                    }
                }
            }
        }
    }
}
