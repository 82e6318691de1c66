import Basics
import LanguageModels
import LineEditor
import Metrics
import Sessions

/// Runs commands: the only place that does, for the shell, for scripts and for the command line.
public final class Interpreter {
    let source: any AnswerSource
    let output: Output
    let judges: JudgeRoom
    /// Nil: nothing is kept.
    let journal: SessionJournal?
    var settings = GenerationSettings()
    private(set) var initialSettings: GenerationSettings?
    /// Nil: everyone who is loaded.
    var chosen: [String]?
    private(set) var systemMessage = ""
    private(set) var keepsConversation = false
    var conversations: [String: [Message]] = [:]
    var turns: [Turn] = []
    /// What `/failures` looks at.
    var lastRun: LastRun? { didSet { turnCountAtRun = turns.count } }
    private var turnCountAtRun = 0
    /// What `/trap show` and `/trap save` look at.
    var lastTraps: TrapResults?
    let recorder = Recorder()
    let usesKept: Bool
    /// Makes a source without variants, for scripts that are run beside the session.
    public var sources: ((RemoteTape) throws(TandemError) -> any AnswerSource)?
    /// Asks the person at the terminal; nil where there is none. It gives nil when they had enough.
    var ask: ((String) -> String?)?
    /// Turns that the present command had begun before the session was cut off.
    var unfinishedTurns: [KeptTurn] = []
    /// The journal of the run that it had begun.
    var begunRun: String?
    /// Variants whose files are others than those that answered before the session was resumed.
    var changedVariants: Set<String> = []
    var depth = 0
    /// What stands for `$NAME` in the next entry.
    public internal(set) var variables = Variables()
    /// The script that runs, and the line of its present command.
    var place: (file: String, line: Int)?
    /// Expectations that did not hold.
    public internal(set) var failedExpectationCount = 0
    /// Whether an answer was interrupted, or failed.
    public internal(set) var wasInterrupted = false
    public internal(set) var hadFailure = false
    public private(set) var isFinished = false

    /// - Parameters:
    ///   - journal: where what happens is kept; nil: nowhere.
    ///   - usesKept: whether runs and judges' finished calls are kept on disk, and known from before.
    public init(
        source: any AnswerSource, output: Output, journal: SessionJournal? = nil,
        usesKept: Bool = true
    ) {
        self.usesKept = usesKept
        self.source = source
        self.output = output
        self.journal = journal
        judges = JudgeRoom(source, keepsCalls: usesKept)
        source.onSwap = { [output] in output.note(SwapLine.text($0)) }
        output.keep = { [recorder] event in
            journal?.add(event.record)
            recorder.add(.record(event.record))
        }
        source.tape?.onRecord = { [recorder] record in
            journal?.add(record, canWait: true)
            recorder.add(.record(record))
        }
        journal?.onFailure = { [output] error in
            output.note(
                "from here on this session is not kept: "
                    + TerminalText.visible(error.description))
        }
    }

    /// The variants that answer the next prompt.
    public var lineup: [String] { chosen ?? source.variants.map(\.name) }

    /// Runs `command`, and records it when it belongs in a saved script.
    public func run(_ command: Command) throws(TandemError) {
        try run(command, file: nil, line: nil)
    }

    func run(_ command: Command, file: String?, line: Int?) throws(TandemError) {
        noteStart(command)
        journal?.begin(
            command.text, file: file, line: line, startsSession: command.restoring != .nothing)
        try finish(command)
    }

    /// A saved script begins with the settings before the first command that belongs in it.
    func noteStart(_ command: Command) {
        guard initialSettings == nil, command.belongsInScript else { return }
        if case .comment = command {} else { initialSettings = settings }
    }

    /// Performs a command that has begun in the journal, and ends it there.
    func finish(_ command: Command) throws(TandemError) {
        do throws(TandemError) {
            try perform(command)
        } catch {
            recorder.discard()
            journal?.end(error, isLast: depth == 0)
            throw error
        }
        if command.belongsInScript {
            // What was interrupted is not what the script gives.
            recorder.finish(command, turnCount: turns.count, isWhole: !wasInterrupted)
        } else {
            recorder.discard()
        }
        journal?.end(isLast: depth == 0)
    }

    /// Keeps a result of the present command in the session's journal: the JSON event of it, or a
    /// record with a `type`. What is shown as the renderer's `result` is kept by itself.
    /// - Parameter canWait: whether a power cut may lose it until the command is done.
    func note(_ result: JSON, canWait: Bool = false) {
        journal?.add(result.record, canWait: canWait)
    }

    /// Notes a command that stands in a saved script for what was done.
    func record(_ command: Command) {
        recorder.finish(command, turnCount: turns.count)
        note(["type": "recorded", "text": .string(command.text)], canWait: true)
    }

    func perform(_ command: Command) throws(TandemError) {
        switch command {
        case .prompt(let text): try prompt(text)
        case .complete(let text): try complete(text)
        case .again(let assignments): try again(assignments)
        case .load(let address, let name, _, _, let options) where RemoteAddress.isRemote(address):
            try connect(to: address, name: name ?? freeName("remote"), options)
        case .load(let path, let name, let adapter, let quantization, _):
            let path = ModelPath.resolved(path)
            let information = try source.load(
                path: path, name: name ?? freeName(), adapterPath: adapter.map(HomePath.expanded),
                quantization: quantization.flatMap(Quantization.init))
            try announce(information, quantization: quantization)
        case .adapter(let path, let base, let name):
            let information = try source.attach(
                adapterPath: HomePath.expanded(path), to: base, name: name ?? freeName("tuned"))
            try announce(information)
        case .unload(let name):
            try source.unload(name)
            conversations[name] = nil
            chosen?.removeAll { $0 == name }
            if chosen?.isEmpty == true { chosen = nil }
        case .models: try showModels()
        case .budget(let budget): try setBudget(budget)
        case .pin(let name, let isOn): try source.pin(name, isOn)
        case .lineup(let names): try choose(names)
        case .set(let key, let value):
            guard let key else { return showSettings() }
            try Setting.apply(key, value, to: &settings)
        case .define(let name, let value): variables.define(name, value)
        case .system(let text): systemMessage = text
        case .chat(let isOn):
            keepsConversation = isOn
            conversations = [:]
        case .clear: conversations = [:]
        case .reference(let text, let isFurther):
            if turns.isEmpty { throw noTurn }
            let known = isFurther ? turns[turns.count - 1].references : []
            turns[turns.count - 1].references = known + [try referenceText(text)]
            note([
                "type": "references", "turn": .integer(turns.count),
                "references": .array(turns[turns.count - 1].references.map { .string($0) }),
            ])
        case .score(let names, let choice): try score(names, choice)
        case .judge(let judging): try judge(judging)
        case .versus(let judging): try compare(judging)
        case .rubric(let rubric): try handleRubric(rubric)
        case .audit: try audit()
        case .rate(let rating): try rate(rating)
        case .run(let request): try runBatch(request)
        case .failures(let request): try failures(request)
        case .trap(let request): try handleTrap(request)
        case .show(let number): try show(number)
        case .diff(let turns, let names): try diff(turns, names)
        case .tokens(let turns, let name): try tokens(turns, name)
        case .history(let request): showHistory(request)
        case .save(let name, let turns): try save(name, turns)
        case .replay(let file, let values): try replay(file, values)
        case .source(let file, let arguments): try source(HomePath.expanded(file), arguments)
        case .expect(let expectation): try expect(expectation)
        case .output(let format): output.format = format
        case .timing(let isOn): output.showsTiming = isOn
        case .help(let name): output.renderLines(try HelpText.lines(name))
        case .quit: isFinished = true
        case .shell(let line): try SystemShell.run(line)
        case .comment: break
        }
    }

    /// Whether nothing was answered since the last run.
    var isAfterRun: Bool { lastRun != nil && turnCountAtRun == turns.count }

    var noTurn: TandemError {
        TandemError(.usage, "there is no turn yet", remedy: "type a prompt first")
    }

    /// Takes back that the last answer was interrupted: the shell goes on.
    public func goOn() { wasInterrupted = false }
}
