import Basics
import Sessions

/// A session as its journal tells it.
///
/// What was lost of it (a line that is damaged) leaves a command without its end, or a script: the
/// next command shows that they were over.
struct KeptSession {
    /// A command and its results.
    struct Step {
        let text: String
        fileprivate(set) var results: [JSON] = []
        fileprivate(set) var isFinished = false
        /// Whether it ended with an error.
        fileprivate(set) var hasFailed = false
        /// Whether it sourced a script to its end.
        fileprivate(set) var hasEndedScript = false

        func results(_ type: String) -> [JSON] { results.filter { $0["type"]?.string == type } }
    }

    /// A script whose commands are not all done.
    struct OpenScript {
        let file: String
        let text: String
        let variables: Variables
        /// Where its last command stands that has begun; 0 where none has.
        fileprivate(set) var line = 0
        /// The step of the `/source` that began it; nil where none did.
        fileprivate let step: Int?
        var isSourced: Bool { step != nil }
    }

    /// Where relative paths begin.
    private(set) var folder: String?
    /// In the order they began.
    private(set) var steps: [Step] = []
    /// From the outermost to the innermost.
    private(set) var openScripts: [OpenScript] = []
    /// Steps that have no end yet, from the outermost to the innermost.
    private var openSteps: [Int] = []

    init(_ records: [JSON]) {
        for record in records {
            switch record["type"]?.string {
            case "session": folder = record["folder"]?.string
            case "resumed": break
            case "script":
                openScripts.append(
                    OpenScript(
                        file: record["file"]?.string ?? "", text: record["text"]?.string ?? "",
                        variables: Variables(record["variables"] ?? .null),
                        step: openSteps.last))
            case "end": endScript()
            case "command": begin(record)
            case "done": end(hasFailed: record["error"]?.string != nil)
            default: add(record)
            }
        }
    }

    /// The command that was cut off; nil where it is a `/source` whose script has begun.
    var unfinished: Step? {
        guard let last = openSteps.last, openScripts.last?.step != last else { return nil }
        return steps[last]
    }

    private mutating func add(_ result: JSON) {
        if openSteps.isEmpty || openScripts.last?.step == openSteps.last {
            // Its command's line is damaged.
            openSteps.append(steps.count)
            steps.append(Step(text: ""))
        }
        steps[openSteps[openSteps.count - 1]].results.append(result)
    }

    private mutating func begin(_ record: JSON) {
        let file = record["file"]?.string
        while let script = openScripts.last, script.file != file { endScript() }
        while let last = openSteps.last, openScripts.last?.step != last {
            end(hasFailed: false)
        }
        if !openScripts.isEmpty {
            openScripts[openScripts.count - 1].line = record["line"]?.integer ?? 0
        }
        openSteps.append(steps.count)
        steps.append(Step(text: record["text"]?.string ?? ""))
    }

    private mutating func end(hasFailed: Bool) {
        guard let last = openSteps.popLast() else { return }
        openScripts.removeAll { $0.step == last }
        steps[last].isFinished = true
        steps[last].hasFailed = hasFailed
    }

    /// Steps within the script are over by then.
    private mutating func endScript() {
        guard let script = openScripts.popLast() else { return }
        while let last = openSteps.last, last != script.step { end(hasFailed: false) }
        if let step = script.step { steps[step].hasEndedScript = true }
    }
}
