import Basics
import LanguageModels
import Sessions

/// `/save`: the session as a script, and what it gave.
extension Interpreter {
    static let scriptHeader = "# Tandem script"

    func save(_ name: String, _ turns: SavedTurns) throws(TandemError) {
        let path = HomePath.expanded(name.hasSuffix(".tandem") ? name : name + ".tandem")
        let range = try turns.range(of: self.turns.count)
        var commands = recorder.commands.map(\.command)
        if let range {
            let entries = recorder.commands.map {
                ScriptSelection.Entry($0.command, turnCount: $0.turnCount, isTurn: $0.turn != nil)
            }
            commands = ScriptSelection(entries, turns: range).commands
        }
        let sets = Self.sets(initialSettings ?? settings)
        let script = try write(sets + commands, to: path)
        let recording = Recording.path(of: path)
        if range == nil, recorder.commands.allSatisfy(\.isWhole) {
            let heading = Command.comment(String(Self.header(path).dropFirst(2)))
            try TextFile.write(
                self.recording([heading] + sets, in: path).text, to: recording)
        } else {
            try record(script, path, to: recording)
        }
        output.note("saved \(HomePath.shortened(path)) and its recording")
    }

    private static func header(_ path: String) -> String {
        scriptHeader + ": run it with  tandem run \(HomePath.shortened(path))"
    }

    /// The commands that bring these settings about.
    static func sets(_ settings: GenerationSettings) -> [Command] {
        Setting.all.map { Command.set(key: $0.name, value: $0.read(settings)) }
    }

    /// Writes a script, in the place of an older one only.
    /// - Returns: its text.
    func write(_ commands: [Command], to path: String) throws(TandemError) -> String {
        if let old = try? TextFile.read(path), !old.hasPrefix(Self.scriptHeader) {
            throw TandemError(
                .usage, "the file is there and is no saved session", file: path,
                remedy: "choose another name")
        }
        let lines = commands.map { command in
            command.mappingPaths { ScriptPath.written($0, in: path) }.text
        }
        let script = ([Self.header(path)] + lines).joined(separator: "\n") + "\n"
        try TextFile.write(script, to: path)
        return script
    }

    /// What the session gave: servers' and models' words as they were.
    /// - Parameters:
    ///   - before: commands that the script begins with.
    ///   - script: its path, which paths of commands are written for.
    func recording(_ before: [Command] = [], in script: String) -> Recording {
        let builder = RecordingBuilder(
            recorder.commands, before: before, script: script, turns: turns, source: source)
        return Recording(builder.records)
    }

    /// Runs a script that was saved, for its recording: of a part of a session, or of one that was
    /// resumed, not everything that was shown is what the script gives.
    private func record(_ script: String, _ path: String, to recording: String)
        throws(TandemError)
    {
        guard let sources else {
            throw TandemError(.unsupported, "nothing can be recorded here", file: path)
        }
        let replay = try Replay(
            script, file: path, ScriptValues(), tape: RemoteTape(replaying: recorder.records),
            sources: sources
        )
        if let error = replay.error { throw error }
        try TextFile.write(replay.recording.text, to: recording)
    }
}

extension Interpreter {
    /// `/replay`: what does not come again is counted as an expectation that does not hold.
    func replay(_ file: String, _ values: [String]) throws(TandemError) {
        guard let sources else {
            throw TandemError(.unsupported, "nothing can be run beside this session")
        }
        let (scripts, given) = try ScriptValues.read([file] + values)
        guard scripts.count == 1 else {
            throw TandemError(
                .usage, "\(scripts[1]) is one script too many",
                remedy: "values are written --NAME VALUE, or behind --", culprit: scripts[1])
        }
        let check = try ScriptCheck(file, given, sources: sources)
        check.show(output)
        if check.status == 1 { failedExpectationCount += 1 }
        if check.status == 130 { wasInterrupted = true }
        if let error = check.error { throw error }
    }
}
