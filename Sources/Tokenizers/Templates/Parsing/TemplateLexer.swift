import Basics

/// Cuts a template's source into tokens.
///
/// White space follows transformers' settings: the line feed after a statement goes (`trim_blocks`),
/// and so do the spaces before one that begins its line (`lstrip_blocks`).
struct TemplateLexer {
    private let source: [Unicode.Scalar]
    private let file: String
    private var position = 0
    private var line = 1
    private var tokens: [TemplateToken] = []
    /// What the last tag asks of the text after it.
    private enum Trim { case nothing, newline, all }
    private var trim = Trim.nothing

    init(_ source: String, file: String) {
        self.source = Array(source.unicodeScalars)
        self.file = file
    }

    static func tokens(_ source: String, file: String) throws(TandemError) -> [TemplateToken] {
        var lexer = TemplateLexer(source, file: file)
        return try lexer.run()
    }

    private mutating func run() throws(TandemError) -> [TemplateToken] {
        while position < source.count {
            try text()
            if position >= source.count { break }
            let opening = source[position + 1]
            let mark = peek(2)
            let modifier = mark == "-" || mark == "+"
            if opening == "#" {
                try comment()
                continue
            }
            advance(modifier ? 3 : 2)
            add(opening == "{" ? .beginOutput : .beginStatement)
            try inside(closing: opening == "{" ? "}" : "%")
            add(opening == "{" ? .endOutput : .endStatement)
        }
        // Jinja drops one line feed at the very end.
        if case .text(let last)? = tokens.last?.kind, trim == .nothing, last.utf8.last == 0x0A {
            tokens[tokens.count - 1] = TemplateToken(
                kind: .text(String(last.unicodeScalars.dropLast())),
                line: tokens[tokens.count - 1].line)
        }
        add(.end)
        return tokens
    }

    private func error(_ message: String) -> TandemError {
        TandemError(.malformed, "chat template: " + message, file: file, line: line)
    }

    private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        position + offset < source.count ? source[position + offset] : nil
    }

    private mutating func advance(_ count: Int) {
        for scalar in source[position..<min(position + count, source.count)] where scalar == "\n" {
            line += 1
        }
        position = min(position + count, source.count)
    }

    private mutating func add(_ kind: TemplateToken.Kind) {
        tokens.append(TemplateToken(kind: kind, line: line))
    }

    /// Text up to the next tag.
    private mutating func text() throws(TandemError) {
        let start = position
        var end = start
        while end < source.count {
            if source[end] == "{", end + 1 < source.count,
                ["{", "%", "#"].contains(source[end + 1])
            {
                break
            }
            end += 1
        }
        var range = source[start..<end]
        switch trim {
        case .all: range = range.drop { $0.properties.isWhitespace }
        case .newline: if range.first == "\n" { range = range.dropFirst() }
        case .nothing: break
        }
        if end < source.count {
            let modifier = end + 2 < source.count ? source[end + 2] : " "
            if modifier == "-" {
                while range.last?.properties.isWhitespace == true { range = range.dropLast() }
            } else if modifier != "+", source[end + 1] != "{" {
                let kept = range.reversed().drop { $0 == " " || $0 == "\t" }.count
                let atStart = kept == 0 && range.startIndex == start && beginsLine(start)
                if atStart || (kept > 0 && range[range.startIndex + kept - 1] == "\n") {
                    range = range.prefix(kept)
                }
            }
        }
        if !range.isEmpty {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: range)
            add(.text(String(text)))
        }
        advance(end - start)
        trim = .nothing
    }

    private func beginsLine(_ index: Int) -> Bool { index == 0 || source[index - 1] == "\n" }

    private mutating func comment() throws(TandemError) {
        var end = position + 2
        while end + 1 < source.count, !(source[end] == "#" && source[end + 1] == "}") { end += 1 }
        guard end + 1 < source.count else { throw error("a comment is not closed") }
        trim = source[end - 1] == "-" ? .all : .newline
        advance(end + 2 - position)
    }

    /// Tokens up to `}}` or `%}`.
    private mutating func inside(closing: Unicode.Scalar) throws(TandemError) {
        var depth = 0
        while let scalar = peek() {
            if scalar.properties.isWhitespace {
                advance(1)
            } else if depth == 0, scalar == "-" || scalar == "+", peek(1) == closing,
                peek(2) == "}"
            {
                trim = scalar == "-" ? .all : .nothing
                return advance(3)
            } else if depth == 0, scalar == closing, peek(1) == "}" {
                trim = closing == "%" ? .newline : .nothing
                return advance(2)
            } else if scalar == "\"" || scalar == "'" {
                try string(quote: scalar)
            } else if ("0"..."9").contains(scalar) {
                try number()
            } else if scalar == "_" || scalar.properties.isAlphabetic {
                name()
            } else {
                try symbol(scalar, &depth)
            }
        }
        throw error("a tag is not closed")
    }

    private mutating func symbol(_ scalar: Unicode.Scalar, _ depth: inout Int) throws(TandemError) {
        if let next = peek(1) {
            let pair = String(scalar) + String(next)
            if ["==", "!=", "<=", ">=", "//", "**"].contains(pair) {
                add(.symbol(pair))
                return advance(2)
            }
        }
        guard "+-*/%~<>=()[]{}.,:|".unicodeScalars.contains(scalar) else {
            throw error("the character \(scalar.debugDescription) has no place in a tag")
        }
        if "([{".unicodeScalars.contains(scalar) { depth += 1 }
        if ")]}".unicodeScalars.contains(scalar) { depth = max(0, depth - 1) }
        add(.symbol(String(scalar)))
        advance(1)
    }

    private mutating func name() {
        let start = position
        while let scalar = peek(),
            scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        { position += 1 }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: source[start..<position])
        add(.name(String(text)))
    }

    private mutating func number() throws(TandemError) {
        var text = ""
        func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
            scalar.map { ("0"..."9").contains($0) || $0 == "_" } ?? false
        }
        var isDecimal = false
        while let scalar = peek() {
            if isDigit(scalar) {
                if scalar != "_" { text.unicodeScalars.append(scalar) }
            } else if scalar == ".", !isDecimal, isDigit(peek(1)) {
                isDecimal = true
                text += "."
            } else {
                break
            }
            position += 1
        }
        if !isDecimal, let value = Int(text) { return add(.integer(value)) }
        guard let value = Double(text) else { throw error("\(text) is not a number") }
        add(.number(value))
    }

    private mutating func string(quote: Unicode.Scalar) throws(TandemError) {
        let startLine = line
        advance(1)
        var text = String.UnicodeScalarView()
        while let scalar = peek(), scalar != quote {
            if scalar == "\\" {
                try escape(into: &text)
            } else {
                text.append(scalar)
                advance(1)
            }
        }
        guard peek() == quote else { throw error("a string is not closed") }
        advance(1)
        tokens.append(TemplateToken(kind: .string(String(text)), line: startLine))
    }

    private mutating func escape(into text: inout String.UnicodeScalarView) throws(TandemError) {
        guard let scalar = peek(1) else { throw error("a string is not closed") }
        advance(2)
        let lengths: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
        if let length = lengths[scalar] {
            let digits = source[position..<min(position + length, source.count)]
            guard digits.count == length,
                let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16),
                let decoded = Unicode.Scalar(value)
            else { throw error("\\\(scalar) is not followed by \(length) digits of a character") }
            text.append(decoded)
            return advance(length)
        }
        switch scalar {
        case "n": text.append("\n")
        case "t": text.append("\t")
        case "r": text.append("\r")
        case "0": text.append("\0")
        case "b": text.append("\u{8}")
        case "f": text.append("\u{C}")
        case "\\", "'", "\"": text.append(scalar)
        case "\n": break
        default:
            text.append("\\")
            text.append(scalar)
        }
    }
}
