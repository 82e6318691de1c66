/// What a rule makes of each word: looked up by the word's number once it was written out.
struct WordUnits: Sendable {
    /// By number: that of the only unit, ``none``, ``unknown``, or below it where the units are listed.
    private var units: [Int32] = []
    /// The count of a word's units and their numbers, then those of the next word.
    private var lists: [Int32] = []
    private var scratch = ByteScratch()

    private static let none: Int32 = -1
    private static let unknown: Int32 = -2

    /// Writes the units of words.
    /// - Parameters:
    ///   - words: as they are in the text, by their numbers in `table`.
    ///   - found: room for as many units as the words have bytes.
    /// - Returns: how many units there are.
    mutating func write(
        of words: UnsafeBufferPointer<Int32>, by rule: WordRule, _ table: inout WordTable,
        to found: UnsafeMutableBufferPointer<Int32>
    ) -> Int {
        var (count, next) = (0, 0)
        while next < words.count {
            if units.count < table.count {
                units += repeatElement(Self.unknown, count: 2 * table.count - units.count)
            }
            // Up to a word that is new.
            units.withUnsafeBufferPointer { units in
                while next < words.count {
                    let unit = units[Int(words[next])]
                    if unit == Self.unknown { return }
                    // Without branches: whether a word counts cannot be foretold.
                    found[count] = unit
                    count += unit >= 0 ? 1 : 0
                    if unit < Self.unknown { count += copyList(unit, to: found, at: count) }
                    next += 1
                }
            }
            if next < words.count { units[Int(words[next])] = make(words[next], rule, &table) }
        }
        return count
    }

    private func copyList(
        _ unit: Int32, to found: UnsafeMutableBufferPointer<Int32>, at start: Int
    ) -> Int {
        let place = Int(Self.unknown - 1 - unit)
        let count = Int(lists[place])
        for index in 0..<count { found[start + index] = lists[place + 1 + index] }
        return count
    }

    /// Writes a word out as the rule has it.
    /// - Returns: what ``units`` holds of it.
    private mutating func make(
        _ number: Int32, _ rule: WordRule, _ table: inout WordTable
    ) -> Int32 {
        let place = lists.count
        lists.append(0)
        ByteScratch.withPadding(table.bytes(of: number)) { piece in
            // White space outside ASCII may be in it.
            PythonText.forEachWord(piece) { place in
                let word = UnsafeBufferPointer(rebasing: piece[place])
                scratch.with(ByteScratch.room(forWord: word.count)) { memory in
                    guard let written = rule.write(word, to: memory) else {
                        lists.append(table.number(word))
                        return
                    }
                    PythonText.forEachWord(written) { place in
                        let unit = UnsafeBufferPointer(rebasing: written[place])
                        if let number = rule.number(of: unit, &table) { lists.append(number) }
                    }
                }
            }
        }
        let count = lists.count - place - 1
        if count > 1 {
            lists[place] = Int32(truncatingIfNeeded: count)
            return Self.unknown - 1 - Int32(truncatingIfNeeded: place)
        }
        let unit = count == 1 ? lists[place + 1] : Self.none
        lists.removeLast(count + 1)
        return unit
    }
}
