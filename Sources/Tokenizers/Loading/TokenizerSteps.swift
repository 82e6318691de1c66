import Basics

/// The steps around the model in `tokenizer.json`: normalizer, pre-tokenizer, post-processor, decoder.
struct TokenizerSteps {
    let file: String
    private(set) var isByteLevel = false
    private(set) var splits = SplitPlan()
    private(set) var spacePrefix = VocabularyData.SpacePrefix.never
    private(set) var keepsLeadingSpace = false
    /// The special tokens that a text begins and ends with.
    private(set) var beginning: String?
    private(set) var end: String?

    init(file: String) { self.file = file }

    mutating func read(_ json: JSON) throws(TandemError) {
        for step in try flat(json["normalizer"], "normalizers") { try readNormalizer(step) }
        for step in try flat(json["pre_tokenizer"], "pretokenizers") { try readSplit(step) }
        for step in try flat(json["post_processor"], "processors") { try readProcessor(step) }
        for step in try flat(json["decoder"], "decoders") {
            if step["type"]?.string == "ByteLevel" { isByteLevel = true }
        }
    }

    /// A step, or the steps of a sequence of them.
    private func flat(_ json: JSON?, _ key: String) throws(TandemError) -> [JSON] {
        guard let json, json != .null else { return [] }
        guard json["type"]?.string == "Sequence" else { return [json] }
        guard let steps = json[key]?.array else {
            throw TandemError(.malformed, "a Sequence without \(key)", file: file)
        }
        return steps
    }

    private func unsupported(_ what: String, _ step: JSON) -> TandemError {
        TandemError(
            .unsupported, "the \(what) \"\(step["type"]?.string ?? step.kind)\" is not known",
            file: file, remedy: "Tandem knows the tokenizers of Llama models")
    }

    private mutating func readNormalizer(_ step: JSON) throws(TandemError) {
        switch step["type"]?.string {
        case "Prepend" where step["prepend"]?.string == "\u{2581}": spacePrefix = .always
        case "Replace"
        where step["pattern"]?["String"]?.string == " " && step["content"]?.string == "\u{2581}":
            break
        default: throw unsupported("normalizer", step)
        }
    }

    private mutating func readSplit(_ step: JSON) throws(TandemError) {
        switch step["type"]?.string {
        case "ByteLevel":
            isByteLevel = true
            if step["add_prefix_space"]?.bool == true {
                throw TandemError(
                    .unsupported, "the pre-tokenizer ByteLevel adds a space before the text",
                    file: file)
            }
            if step["use_regex"]?.bool ?? true {
                splits.append(try Pattern(SplitPlan.gpt2, file: file))
            }
        case "Digits":
            let each = step["individual_digits"]?.bool ?? false
            splits.append(try Pattern(each ? "\\p{N}" : "\\p{N}+", file: file))
        case "Metaspace":
            keepsLeadingSpace = true
            switch step["prepend_scheme"]?.string ?? "always" {
            case "always": spacePrefix = .always
            case "first": spacePrefix = .first
            default: spacePrefix = .never
            }
            if step["split"]?.bool ?? true {
                splits.append(
                    try Pattern(literal: "\u{2581}", file: file), .mergedWithNext)
            }
        case "Split":
            guard let behavior = step["behavior"]?.string.flatMap(SplitPlan.Behavior.init) else {
                throw TandemError(.malformed, "a Split without a known behavior", file: file)
            }
            let pattern: Pattern
            if let source = step["pattern"]?["Regex"]?.string {
                pattern = try Pattern(source, file: file)
            } else if let text = step["pattern"]?["String"]?.string {
                pattern = try Pattern(literal: text, file: file)
            } else {
                throw TandemError(.malformed, "a Split without a pattern", file: file)
            }
            splits.append(pattern, behavior, inverted: step["invert"]?.bool ?? false)
        default: throw unsupported("pre_tokenizer", step)
        }
    }

    private mutating func readProcessor(_ step: JSON) throws(TandemError) {
        switch step["type"]?.string {
        case "ByteLevel": break
        case "TemplateProcessing":
            var isBefore = true
            for part in step["single"]?.array ?? [] {
                if part["Sequence"] != nil { isBefore = false }
                guard let text = part["SpecialToken"]?["id"]?.string else { continue }
                if isBefore { beginning = text } else { end = text }
            }
        default: throw unsupported("post_processor", step)
        }
    }
}
