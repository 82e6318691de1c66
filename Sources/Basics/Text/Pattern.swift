import CPCRE2

/// A compiled regular expression over UTF-8, as tokenizers and metrics write them.
public final class Pattern: @unchecked Sendable {
    // Safe to share: compiled code is not changed by matching.
    private let code: OpaquePointer
    public let source: String
    private let file: String?

    /// Backtracking steps for one match; a pattern that needs more is hostile.
    private static let matchLimit: UInt32 = 2_000_000

    /// - Throws: `malformed`, with what the regular expression library says.
    public init(_ source: String, file: String?) throws(TandemError) {
        self.source = source
        self.file = file
        let translated = Array(Pattern.withUnicodeSpace(source).utf8)
        var (code, position): (Int32, Int) = (0, 0)
        let options = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_NEVER_BACKSLASH_C)
        guard
            let compiled = pcre2_compile_8(
                translated, translated.count, options, &code, &position, nil)
        else {
            var message = [UInt8](repeating: 0, count: 256)
            pcre2_get_error_message_8(code, &message, message.count)
            throw TandemError(
                .malformed,
                "the pattern \(source) is not a regular expression: "
                    + String(decoding: message.prefix { $0 != 0 }, as: UTF8.self),
                file: file)
        }
        self.code = compiled
        pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))
    }

    /// A pattern that matches `text` as it stands.
    public convenience init(literal text: String, file: String?) throws(TandemError) {
        let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
            result += "\\x{" + String(scalar.value, radix: 16) + "}"
        }
        try self.init(escaped, file: file)
    }

    deinit { pcre2_code_free_8(code) }

    /// Tokenizers and Python count U+0085 among the spaces, PCRE2 does not.
    private static func withUnicodeSpace(_ pattern: String) -> String {
        var (result, isEscaped, isInClass) = ("", false, false)
        for scalar in pattern.unicodeScalars {
            switch (isEscaped, scalar) {
            case (true, "s"): result += isInClass ? "\\s\\x{85}" : "[\\s\\x{85}]"
            case (true, "S"): result += isInClass ? "\\S" : "[^\\s\\x{85}]"
            case (true, _): result += "\\" + String(scalar)
            case (false, "\\"): break
            case (false, _):
                if scalar == "[" { isInClass = true }
                if scalar == "]" { isInClass = false }
                result.unicodeScalars.append(scalar)
            }
            isEscaped = !isEscaped && scalar == "\\"
        }
        return isEscaped ? result + "\\" : result
    }

    /// Scratch memory for matching, for the length of a call.
    public struct Matcher {
        fileprivate let pattern: Pattern
        fileprivate let data: OpaquePointer?
        fileprivate let context: OpaquePointer?

        /// The matches within `word`, which sees nothing of the text around it.
        public func matches(in text: UnsafeBufferPointer<UInt8>, _ word: Range<Int>)
            throws(TandemError)
            -> [Range<Int>]
        {
            guard let start = text.baseAddress else { return [] }
            var matches: [Range<Int>] = []
            var position = 0
            while position < word.count {
                let status = pcre2_match_8(
                    pattern.code, start + word.lowerBound, word.count, position,
                    UInt32(PCRE2_NO_UTF_CHECK), data, context)
                if status == PCRE2_ERROR_NOMATCH { break }
                guard status > 0, let found = pcre2_get_ovector_pointer_8(data) else {
                    throw pattern.tookTooLong
                }
                let match = word.lowerBound + found[0]..<word.lowerBound + max(found[0], found[1])
                if match.isEmpty {
                    position = found[0] + 1
                    while position < word.count, text[word.lowerBound + position] & 0xC0 == 0x80 {
                        position += 1
                    }
                } else {
                    matches.append(match)
                    position = found[1]
                }
            }
            return matches
        }
    }

    private var tookTooLong: TandemError {
        TandemError(
            .limit, "the pattern \(source) takes too long on this text", file: file,
            remedy: "where it is a tokenizer's, that is damaged or hostile")
    }

    public func withMatcher(_ body: (Matcher) throws(TandemError) -> Void) throws(TandemError) {
        let data = pcre2_match_data_create_from_pattern_8(code, nil)
        let context = pcre2_match_context_create_8(nil)
        let stack = pcre2_jit_stack_create_8(32 << 10, 4 << 20, nil)
        defer {
            pcre2_jit_stack_free_8(stack)
            pcre2_match_context_free_8(context)
            pcre2_match_data_free_8(data)
        }
        pcre2_set_match_limit_8(context, Pattern.matchLimit)
        pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
        try body(Matcher(pattern: self, data: data, context: context))
    }

    /// What the first match in `text` captures: all of it, then each group, empty where it took no part.
    /// - Throws: `limit` where the pattern takes too long.
    public func firstMatch(in text: String) throws(TandemError) -> [String]? {
        var groups: [String]?
        let bytes = Array(text.utf8)
        try withMatcher { matcher throws(TandemError) in
            let status = pcre2_match_8(
                code, bytes, bytes.count, 0, UInt32(PCRE2_NO_UTF_CHECK), matcher.data,
                matcher.context)
            if status == PCRE2_ERROR_NOMATCH { return }
            guard status > 0, let found = pcre2_get_ovector_pointer_8(matcher.data) else {
                throw tookTooLong
            }
            groups = (0..<Int(pcre2_get_ovector_count_8(matcher.data))).map { group in
                let (start, end) = (found[2 * group], found[2 * group + 1])
                return 0 <= start && start <= end && end <= bytes.count
                    ? String(decoding: bytes[start..<end], as: UTF8.self) : ""
            }
        }
        return groups
    }
}
