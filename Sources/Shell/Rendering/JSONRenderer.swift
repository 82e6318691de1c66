import Basics
import LanguageModels
import Metrics

/// One JSON object a line, with the keys of the design.
///
/// Times are null unless timing is on: without them a script gives the same bytes on every run.
final class JSONRenderer: Renderer {
    private let context: RenderingContext

    init(_ context: RenderingContext) { self.context = context }

    func loaded(_ variant: VariantInformation, sha256: () -> String?) {
        write([
            "event": "loaded", "variant": .string(variant.name),
            "model": .string(HomePath.shortened(variant.modelPath)),
            "adapter": variant.adapterPath.map { .string(HomePath.shortened($0)) } ?? nil,
            "type": .string(variant.typeLabel), "architecture": .string(variant.architecture),
            "bytes": variant.remote == nil
                ? .integer(variant.byteCount + variant.adapterByteCount) : nil,
            "memory_bytes": variant.remote == nil
                ? .integer(variant.memoryByteCount + variant.adapterMemoryByteCount) : nil,
            "sha256": variant.remote == nil ? sha256().map { .string($0) } ?? nil : nil,
            "seconds": timing(variant.loadSeconds), "capabilities": Self.capabilities(variant),
        ])
    }

    func models(_ rows: [ModelRow], note: String) {
        for row in rows {
            let (variant, memory) = (row.variant, row.memory)
            write([
                "event": "model", "variant": .string(variant.name),
                "in_lineup": .bool(row.isInLineup),
                "model": .string(HomePath.shortened(variant.modelPath)),
                "adapter": variant.adapterPath.map { .string(HomePath.shortened($0)) } ?? nil,
                "type": .string(variant.typeLabel), "architecture": .string(variant.architecture),
                "numerics": variant.remote == nil ? .string(row.numerics.label) : nil,
                "fingerprint": .string(
                    row.identity.fingerprint(variant.remote == nil ? row.numerics : nil)),
                "parameters": variant.remote == nil ? .integer(variant.parameterCount) : nil,
                "context": variant.remote == nil ? .integer(variant.contextLength) : nil,
                "own_bytes": .integer(memory.ownByteCount),
                "shared_bytes": .integer(memory.sharedByteCount),
                "shared_with": .array(memory.sharedWith.map { .string($0) }),
                "state": .string(memory.state.rawValue),
                "seconds_since_use": memory.secondsSinceUse.map(timing) ?? nil,
                "capabilities": Self.capabilities(variant),
            ])
        }
    }

    func begin(_ turn: Int, prompt: String, variants: [String]) {}
    func event(_ event: GenerationEvent) {}

    func end(_ turn: Turn) {
        for (answer, identity) in zip(turn.answers, turn.identities) {
            write([
                "event": "answer", "turn": .integer(turn.number),
                "variant": .string(answer.variant), "prompt": .string(turn.prompt),
                "text": .string(answer.text),
                "tokens": answer.tokenCount.map { .integer($0) } ?? nil,
                "finish": .string(answer.finish.rawValue),
                "detail": answer.detail.map { .string($0) } ?? nil,
                "first_token_ms": timing(answer.firstTokenMilliseconds),
                "tokens_per_second": timing(answer.tokensPerSecond),
                "seed": Int(exactly: answer.seed).map { .integer($0) }
                    ?? .string(String(answer.seed)),
                "numerics": (answer.numerics?.label).map { .string($0) } ?? nil,
                "fingerprint": .string(identity.fingerprint(answer.numerics)),
            ])
        }
    }

    func scores(_ rows: [ScoreRow]) {
        for row in rows {
            for entry in row.entries {
                var object: JSON = ["event": "score"]
                switch row.subject {
                case .turn(let number): object = object.adding("turn", .integer(number))
                case .turns(let count):
                    object = object.adding("turn", "all").adding("n", .integer(count))
                }
                object = object.adding("metric", .string(row.metric))
                    .adding("variant", .string(entry.variant))
                switch entry.score {
                case .value(let value): object = object.adding("value", .number(value))
                case .unscored(let reason): object = object.adding("unscored", .string(reason))
                }
                if case .turns = row.subject {
                    object = object.adding("unscored_answers", .integer(entry.unscored))
                } else {
                    object = object.adding(
                        "reference", row.references.first.map { .string($0) } ?? nil)
                }
                if row.references.count > 1 {
                    object = object.adding("references", .array(row.references.map { .string($0) }))
                }
                write(object.adding("numerics", entry.numerics.map { .string($0.label) } ?? nil))
            }
        }
    }

    func summary(_ summary: RunSummary) {
        for event in SummaryEvents.events(summary) { write(event) }
    }

    func failures(_ report: FailureReport) {
        for event in FailureEvents.events(report) { write(event) }
    }

    func failure(_ item: FailureReport.Item, of report: FailureReport) {
        write(FailureEvents.item(item, of: report, kind: "item"))
    }

    func failureLog(_ entries: [FailureLog.Entry]) {
        for entry in entries { write(FailureEvents.entry(entry)) }
    }

    /// Of a remote variant: true, or the reason why the server does not do it.
    private static func capabilities(_ variant: VariantInformation) -> JSON {
        guard let remote = variant.remote else { return nil }
        var object = JSONObject()
        for (name, finding) in remote.capabilities.findings {
            object[name] = finding.reason.map { .string($0) } ?? true
        }
        return .object(object)
    }

    func result(
        _ table: ScoreTable, events: [JSON], lines: ((RenderingContext) -> [String])?
    ) {
        for event in events { write(event) }
    }

    static func error(_ error: TandemError) -> JSON {
        [
            "event": "error", "code": .string(error.code.rawValue),
            "message": .string(error.message), "file": error.file.map { .string($0) } ?? nil,
            "line": error.line.map { .integer($0) } ?? nil,
            "remedy": error.remedy.map { .string($0) } ?? nil,
        ]
    }

    private func timing(_ value: Double) -> JSON { context.showsTiming ? .number(value) : .null }
    private func write(_ json: JSON) { context.write(Self.visible(json.text) + "\n") }

    /// The same value, with escapes for what could steer a terminal or hide in it.
    static func visible(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isPlain =
                scalar.isASCII || scalar.value > 0xFFFF
                || TerminalText.visible(String(scalar)).unicodeScalars.elementsEqual([scalar])
            if isPlain {
                result.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16)
                result.append(
                    contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
                        .unicodeScalars)
            }
        }
        return String(result)
    }
}

extension JSON {
    func adding(_ key: String, _ value: JSON) -> JSON {
        guard case .object(var object) = self else { return self }
        object[key] = value
        return .object(object)
    }
}
