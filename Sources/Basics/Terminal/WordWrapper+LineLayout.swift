extension WordWrapper {
    /// One line laid out from the beginning of some cells.
    struct LineLayout {
        private(set) var text = ""
        private(set) var columns = 0
        /// Where the next line starts; nil where more text could still change this line.
        private(set) var end: Int?

        private let width: Int
        private let tabWidth: Int
        /// The columns with the spaces that hang over the end.
        private var position = 0
        private var hasWord = false
        /// The last place to break at: the text before it and where the next line starts.
        private var candidate: (text: String.Index, columns: Int, next: Int)?

        init(_ cells: ArraySlice<Cell>, _ width: Int, _ tabWidth: Int) {
            self.width = width
            self.tabWidth = tabWidth
            var previous: Cell?
            for index in cells.indices {
                let cell = cells[index]
                if cell.isLineFeed {
                    end = index + 1
                    return
                }
                if cell.isSpace {
                    addSpace(cell, at: index, isFirst: previous?.isSpace != true)
                } else if addWordCell(cell, at: index, previous: previous) {
                    return
                }
                previous = cell
            }
        }

        private mutating func addSpace(_ cell: Cell, at index: Int, isFirst: Bool) {
            if hasWord {
                if isFirst { candidate = (text.endIndex, columns, index + 1) }
                candidate?.next = index + 1
            }
            let count = cell.character == "\t" ? tabWidth - position % tabWidth : 1
            position += count
            let shown = min(count, width - columns)
            text += String(repeating: " ", count: max(0, shown))
            columns += max(0, shown)
        }

        /// Adds a cell of a word; true where the line ended before it.
        private mutating func addWordCell(_ cell: Cell, at index: Int, previous: Cell?) -> Bool {
            if let previous, !previous.isSpace, cell.allowsBreak(after: previous) {
                candidate = (text.endIndex, columns, index)
            }
            // Indentation wider than the line leaves no room for the word: it is cut.
            if !hasWord, position + cell.columns > width { cutIndentation(for: cell) }
            if position + cell.columns > width, hasWord {
                if let candidate {
                    text = String(text[..<candidate.text])
                    columns = candidate.columns
                    end = candidate.next
                } else {
                    end = index
                }
                return true
            }
            text.append(cell.character)
            columns += cell.columns
            position = columns
            hasWord = true
            return false
        }

        private mutating func cutIndentation(for cell: Cell) {
            columns = max(0, min(columns, width - cell.columns))
            text = String(repeating: " ", count: columns)
            position = columns
        }
    }
}
