import Basics
import Glibc
import Judging
import LineEditor
import Metrics
import Sessions
import Traps

/// What Tab offers: commands, names, settings, metrics, files.
struct LineCompleter {
    let variants: [String]

    func complete(_ before: String) -> Completion {
        guard before.hasPrefix("/") else { return .none }
        guard let space = before.firstIndex(of: " ") else {
            return matching(before, CommandDescription.all.map { "/" + $0.name })
        }
        let word = String(before[before.index(after: before.lastIndex(of: " ") ?? space)...])
        let name = String(before[before.index(after: before.startIndex)..<space])
        guard let command = try? CommandParser.resolve(name) else { return .none }
        let previous = before.split(separator: " ").dropLast(word.isEmpty ? 0 : 1).last
        if word.hasPrefix("-") { return matching(word, command.options) }
        if ["--on", "--by", "--judge"].contains(previous) { return matching(word, variants) }
        if previous == "--quant" { return matching(word, CommandDescription.quantizations) }
        switch command.argument {
        case .variant: return matching(word, variants)
        case .pin: return matching(word, previous?.hasPrefix("/") == true ? variants : ["off"])
        case .size: return matching(word, ["auto"])
        case .metric:
            let names = MetricCatalog.entries.map { $0.name + ($0.isComplete ? "" : ":") }
            return matching(word, names)
        case .trap: return trap(word, after: previous)
        case .rubric:
            return matching(word, RubricLibrary(folder: HomePath.rubricFolder).names)
        case .setting:
            return command.name == "again" ? assignments(word) : setting(word, after: previous)
        case .format: return matching(word, CommandDescription.outputFormats)
        case .onOff: return matching(word, ["on", "off"])
        case .command: return matching(word, CommandDescription.all.map(\.name))
        case .file: return files(word)
        case .expectation:
            return previous?.hasPrefix("/") == true
                ? matching(word, variants + ["all"])
                : matching(word, Expectation.checks)
        case .text: return word.hasPrefix("@") ? files(word) : .none
        }
    }

    private func matching(_ word: String, _ names: [String]) -> Completion {
        Completion(
            word: word, candidates: names.filter { $0.hasPrefix(word) }.map { .init($0) })
    }

    /// What `/trap` does, then kinds and sets.
    private func trap(_ word: String, after previous: Substring?) -> Completion {
        if previous?.hasPrefix("/") == true { return matching(word, TrapRequest.verbs) }
        if previous == "import" { return files(word) }
        return matching(
            word,
            TrapKind.allCases.map(\.rawValue) + TrapLibrary(folder: HomePath.trapFolder).names)
    }

    /// Keys of `/set`, then the values that the key has.
    private func setting(_ word: String, after previous: Substring?) -> Completion {
        if previous?.hasPrefix("/") == true { return matching(word, Setting.all.map(\.name)) }
        return matching(word, Setting.all.first { $0.name == previous ?? "" }?.choices ?? [])
    }

    /// `KEY=`, then `KEY=VALUE`.
    private func assignments(_ word: String) -> Completion {
        guard let equals = word.firstIndex(of: "=") else {
            let keys = Setting.all.map { $0.name + "=" }.filter { $0.hasPrefix(word) }
            return Completion(word: word, candidates: keys.map { .init($0, isComplete: false) })
        }
        let key = String(word[..<equals])
        let choices = Setting.all.first { $0.name == key }?.choices ?? []
        return matching(word, choices.map { key + "=" + $0 })
    }

    private func files(_ word: String) -> Completion {
        let mark = word.hasPrefix("@") ? "@" : ""
        let typed = String(word.dropFirst(mark.count))
        let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        let beginning = String(typed.dropFirst(folder.count))
        let path = HomePath.expanded(folder.isEmpty ? "." : folder)
        var names: [(name: String, isFolder: Bool)] = []
        for name in Folder.names(in: path) {
            let isHidden = name.hasPrefix(".") && !beginning.hasPrefix(".")
            guard name.hasPrefix(beginning), !isHidden else { continue }
            var status = stat()
            stat(path + "/" + name, &status)
            names.append((name, status.st_mode & S_IFMT == S_IFDIR))
        }
        return Completion(
            word: word,
            candidates: names.map { file in
                let end = file.isFolder ? "/" : ""
                let text = (folder + file.name + end).replacing(" ", with: "\\ ")
                return .init(
                    mark + text, label: TerminalText.visibleOnOneLine(file.name + end),
                    isComplete: !file.isFolder)
            })
    }
}
