import Basics

/// Finished calls on disk, one small file each: a crash or `^C` repeats none of them.
public struct JudgeCache: Sendable {
    private let folder: String

    /// - Parameter folder: made when something is kept.
    public init(folder: String) { self.folder = folder }

    /// - Parameter key: a digest in hexadecimal.
    func reply(_ key: String) -> JudgeReply? {
        // A file that cannot be read is as good as none: the call is made again.
        guard let text = try? TextFile.read(path(key)), let json = try? JSON.parse(text),
            json["key"]?.string == key, let reply = json["reply"]?.string,
            let format = json["format"]?.string.flatMap(ReplyFormat.init)
        else { return nil }
        return JudgeReply(
            text: reply, format: format, promptTokens: json["prompt_tokens"]?.integer,
            tokens: json["tokens"]?.integer, isCached: true)
    }

    /// Keeps a whole reply.
    /// - Throws: `inputOutput`.
    func keep(_ reply: JudgeReply, _ key: String) throws(TandemError) {
        guard let text = reply.text else { return }
        try Folder.make(folder)
        let json: JSON = [
            "key": .string(key), "reply": .string(text), "format": .string(reply.format.rawValue),
            "prompt_tokens": reply.promptTokens.map { .integer($0) } ?? nil,
            "tokens": reply.tokens.map { .integer($0) } ?? nil,
        ]
        try TextFile.write(json.text + "\n", to: path(key))
    }

    private func path(_ key: String) -> String { folder + "/" + key + ".json" }
}
