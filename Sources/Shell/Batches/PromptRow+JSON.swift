import Basics

extension PromptRow {
    var json: JSON {
        [
            "type": "row", "row": .integer(number), "id": id.map { .string($0) } ?? nil,
            "group": group.map { .string($0) } ?? nil, "prompt": .string(prompt),
            "system": system.map { .string($0) } ?? nil,
            "references": .array(references.map { .string($0) }),
        ]
    }

    /// Nil for what is no row.
    init?(_ json: JSON) {
        guard json["type"]?.string == "row", let number = json["row"]?.integer,
            let prompt = json["prompt"]?.string
        else { return nil }
        self.init(
            number: number, id: json["id"]?.string, group: json["group"]?.string, prompt: prompt,
            system: json["system"]?.string,
            references: json["references"]?.array?.compactMap(\.string) ?? [])
    }
}
