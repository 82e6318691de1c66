import Basics
import LanguageModels
import Sessions

/// A script that was run again, beside its recording.
public struct ScriptCheck {
    /// As it was named.
    public let script: String
    let findings: [Finding]
    /// Why the script ended before its end.
    let error: TandemError?
    /// 0 where everything came again, 1 where something differs or an expectation fails, 3 for an
    /// error, 130 for an interruption.
    public let status: Int32
    /// Whether the recording was written anew.
    let isAccepted: Bool

    public struct Options: Sendable {
        /// Writes the recording anew.
        public var accepts: Bool
        /// Asks servers, instead of taking what they said.
        public var isLive: Bool

        public init(accepts: Bool = false, isLive: Bool = false) {
            self.accepts = accepts
            self.isLive = isLive
        }
    }

    /// - Parameters:
    ///   - script: its file; the recording is beside it.
    ///   - sources: makes a source without variants.
    /// - Throws: what reading the files throws; `notFound` without a recording.
    public init(
        _ script: String, _ values: ScriptValues = ScriptValues(), _ options: Options = Options(),
        sources: (RemoteTape) throws(TandemError) -> any AnswerSource
    ) throws(TandemError) {
        self.script = script
        let path = HomePath.expanded(script)
        let text = try TextFile.read(path)
        let recorded = try Self.recording(Recording.path(of: path), isNeeded: !options.accepts)
        // What a server said before is known; what it never said must be asked.
        let tape =
            options.isLive || recorded == nil
            ? RemoteTape() : RemoteTape(replaying: recorded?.records ?? [])
        let replay = try Replay(text, file: path, values, tape: tape, sources: sources)
        if options.accepts, tape.missingCount > 0 {
            throw TandemError(
                .notFound, "servers are asked what the recording does not know", file: path,
                remedy: "--live asks them; nothing was recorded")
        }
        error = replay.error
        // As text: what is written and read again is what counts.
        let new = try Recording(replay.recording.text, file: path)
        // What is recorded for the first time is only asked for its expectations.
        let comparison = RecordingComparison(
            recorded: recorded ?? new, new: new, margin: replay.margin)
        findings = replay.error == nil ? comparison.findings : []
        isAccepted = options.accepts && replay.status == 0
        if isAccepted { try TextFile.write(replay.recording.text, to: Recording.path(of: path)) }
        let fails = findings.contains { options.accepts ? $0.outcome == .fails : $0.isBad }
        status = replay.status != 0 ? replay.status : fails || replay.hasFailedExpectation ? 1 : 0
    }

    private static func recording(_ path: String, isNeeded: Bool) throws(TandemError) -> Recording?
    {
        do throws(TandemError) {
            return try Recording(TextFile.read(path), file: path)
        } catch {
            if !isNeeded { return nil }
            if error.code != .notFound { throw error }
            throw TandemError(
                .notFound, "there is no recording of the script", file: path,
                remedy: "make one with tandem run SCRIPT --accept")
        }
    }

    /// In the output's format; the error that ended the script on standard error.
    public func show(_ output: Output) {
        if let error { output.error(error) }
        let report = CheckReport(self)
        output.display.result(report.table, events: report.events)
    }

    /// `12 results: 11 same bytes, 1 DIFFERS`.
    var summary: String {
        if let error { return "ended with an error: \(error.message)" }
        let results = findings.filter { $0.outcome != .changed }
        var counts: [(word: String, count: Int)] = []
        for finding in results {
            if let index = counts.firstIndex(where: { $0.word == finding.word }) {
                counts[index].count += 1
            } else {
                counts.append((finding.word, 1))
            }
        }
        let parts = counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
        return "\(results.count) result\(results.count == 1 ? "" : "s")"
            + (parts.isEmpty ? "" : ": \(parts)")
            + (isAccepted ? "; recorded anew" : "")
    }
}
