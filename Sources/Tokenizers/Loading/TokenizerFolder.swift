import Basics

/// The tokenizer files of a Hugging Face folder.
public struct TokenizerFolder: Sendable {
    public let tokenizer: Tokenizer
    /// The source of the chat template, where there is one.
    public let chatTemplate: String?
    /// The path that the template is from.
    public let chatTemplateFile: String
    public let beginningText: String
    public let endText: String

    /// Reads `tokenizer.json`, and beside it `tokenizer_config.json` and `chat_template.jinja`.
    /// - Throws: `notFound`; `malformed` and `unsupported`, naming the field.
    public init(_ folder: String) throws(TandemError) {
        let path = folder + "/tokenizer.json"
        let configPath = folder + "/tokenizer_config.json"
        let config = try Self.readJSON(configPath, isOptional: true) ?? .object(JSONObject())
        guard let json = try Self.readJSON(path, isOptional: true) else {
            throw TandemError(
                .notFound, "the folder has no tokenizer.json", file: path,
                remedy: "save the tokenizer in the fast form, with save_pretrained")
        }
        var data = try TokenizerJSON(json, file: path).data()
        beginningText = try Self.token(config["bos_token"], "bos_token", configPath)
        endText = try Self.token(config["eos_token"], "eos_token", configPath)
        let pieces = data
        func id(_ text: String) -> Int32? {
            pieces.added.first { $0.text.utf8.elementsEqual(text.utf8) }.map { Int32($0.id) }
        }
        if !beginningText.isEmpty { data.beginning = id(beginningText) ?? data.beginning }
        if !endText.isEmpty { data.end = id(endText) ?? data.end }
        if let adds = config["add_bos_token"]?.bool { data.addsBeginning = adds }
        if let adds = config["add_eos_token"]?.bool { data.addsEnd = adds }
        tokenizer = try Tokenizer(data)
        let separate = folder + "/chat_template.jinja"
        if let template = try Self.read(separate, isOptional: true) {
            chatTemplate = template
            chatTemplateFile = separate
        } else {
            chatTemplate = try Self.template(config["chat_template"], configPath)
            chatTemplateFile = configPath
        }
    }

    /// A token is its text, or an object that has it as `content`.
    private static func token(_ json: JSON?, _ name: String, _ file: String) throws(TandemError)
        -> String
    {
        switch json {
        case nil, .null?: return ""
        case .string(let text)?: return text
        case let value?:
            guard let text = value["content"]?.string else {
                throw TandemError(.malformed, "\(name) is \(value.kind), not a token", file: file)
            }
            return text
        }
    }

    /// A template, or a list of named ones of which `default` is taken.
    private static func template(_ json: JSON?, _ file: String) throws(TandemError) -> String? {
        switch json {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case let value?:
            let named = value.array?.first { $0["name"]?.string == "default" }
            guard let text = named?["template"]?.string else {
                throw TandemError(
                    .malformed, "chat_template has no template named default", file: file)
            }
            return text
        }
    }

    private static func readJSON(_ path: String, isOptional: Bool) throws(TandemError) -> JSON? {
        do throws(TandemError) {
            let mapped = try MappedFile(path: path)
            defer { withExtendedLifetime(mapped) {} }
            return try JSON.parse(mapped.bytes, file: path)
        } catch  where error.code == .notFound && isOptional { return nil }
    }

    private static func read(_ path: String, isOptional: Bool) throws(TandemError) -> String? {
        do throws(TandemError) {
            let mapped = try MappedFile(path: path)
            defer { withExtendedLifetime(mapped) {} }
            guard let text = String(validating: mapped.bytes, as: UTF8.self) else {
                throw TandemError(.malformed, "not UTF-8", file: path)
            }
            return text
        } catch  where error.code == .notFound && isOptional { return nil }
    }
}
