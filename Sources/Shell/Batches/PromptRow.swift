import LanguageModels

/// One item of a batch.
struct PromptRow: Equatable {
    /// Its place among the rows of its file, from 1.
    let number: Int
    var id: String?
    /// What it belongs to with others, so that they are not independent.
    var group: String?
    var prompt: String
    /// Stands in for the session's system message.
    var system: String?
    var references: [String] = []

    /// What people call it by.
    var label: String { id ?? String(number) }

    /// - Parameter system: the session's.
    func messages(system: String) -> [Message] {
        let text = self.system ?? system
        return (text.isEmpty ? [] : [Message(role: "system", content: text)])
            + [Message(role: "user", content: prompt)]
    }
}
