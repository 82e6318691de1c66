import Basics
import LanguageModels
import Sessions

/// Makes a recording of what commands gave: the records of the session without times and paths, and
/// with what only the models can say of each answer.
struct RecordingBuilder {
    let records: [JSON]

    /// - Parameter source: has the variants that answered, or those of them that are still there.
    /// - Parameters:
    ///   - before: commands that the script begins with.
    ///   - script: its path, which paths of commands are written for.
    init(
        _ commands: [RecordedCommand], before: [Command], script: String, turns: [Turn],
        source: any AnswerSource
    ) {
        func record(_ command: Command) -> JSON {
            let written = command.mappingPaths { ScriptPath.written($0, in: script) }
            return ["type": "command", "text": .string(written.text)]
        }
        var records = before.map(record)
        let details = AnswerDetails(source, Self.answers(commands, turns))
        var runs = 0
        for command in commands {
            records.append(record(command.command))
            for result in command.results {
                switch result {
                // The line depends on where the command stands, or was typed.
                case .record(let record): records.append(record.without(["line"]))
                case .loaded(let variant, let identity, let quantization):
                    records.append(Self.loaded(variant, identity, quantization))
                case .turn(let index): records += Self.answers(of: turns[index], details)
                case .run(let results, let settings, _):
                    runs += 1
                    records += Self.rows(of: results, settings, number: runs, details)
                }
            }
        }
        self.records = records
    }

    private static func loaded(
        _ variant: VariantInformation, _ identity: VariantIdentity, _ quantization: String?
    ) -> JSON {
        let parts = identity.components
        func text(_ value: String?) -> JSON { value.map { .string($0) } ?? nil }
        let remote = variant.remote
        return [
            "type": "loaded", "variant": .string(variant.name),
            "kind": .string(variant.typeLabel), "architecture": .string(variant.architecture),
            "model_sha256": text(parts.model), "adapter_sha256": text(parts.adapter),
            "quantization": text(quantization), "tokenizer_sha256": text(parts.tokenizer),
            "template_sha256": text(parts.template),
            "configuration_sha256": remote == nil ? .string(identity.configurationDigest) : nil,
            "server": text(remote.map { $0.address + "#" + $0.model }),
        ]
    }

    private static func answers(of turn: Turn, _ details: AnswerDetails) -> [JSON] {
        turn.answers.indices.map { index in
            let (answer, request) = (turn.answers[index], turn.requests[index])
            return AnswerEvents.event(
                answer, turn: (turn.number, turn.prompt),
                fingerprint: turn.fingerprint(index), showsTiming: false
            ).record.without(["first_token_ms", "tokens_per_second"])
                .merging(request.prompt.json)
                .merging(["settings": request.settings.json])
                .merging(details.json(of: .turn(turn.number, index), showsPrompt: true))
        }
    }

    private static func rows(
        of run: RunResults, _ settings: GenerationSettings, number: Int, _ details: AnswerDetails
    ) -> [JSON] {
        run.items.enumerated().flatMap { row, item in
            zip(run.variants, item.answers).enumerated().map { index, pair in
                let (variant, answer) = pair
                let record: JSON = [
                    "type": "row", "run": .integer(number), "row": .integer(item.row.number),
                    "variant": .string(variant), "prompt": .string(item.row.prompt),
                    "text": .string(answer.text),
                    "tokens": answer.tokenCount.map { .integer($0) } ?? nil,
                    "finish": .string(answer.finish.rawValue),
                    "detail": answer.detail.map { .string($0) } ?? nil,
                    "settings": settings.json,
                ]
                return record.merging(
                    details.json(of: .row(number, row, index), showsPrompt: false))
            }
        }
    }

    private static func answers(_ commands: [RecordedCommand], _ turns: [Turn])
        -> [AnswerDetails.Subject]
    {
        var subjects: [AnswerDetails.Subject] = []
        var runs = 0
        for result in commands.flatMap(\.results) {
            switch result {
            case .turn(let index):
                let turn = turns[index]
                for (place, request) in turn.requests.enumerated() {
                    subjects.append(
                        .init(
                            name: .turn(turn.number, place), request: request,
                            tokens: turn.answers[place].tokenIDs,
                            identity: turn.identities[place]))
                }
            case .run(let run, let settings, let identities):
                runs += 1
                for (row, item) in run.items.enumerated() {
                    for (place, answer) in item.answers.enumerated() {
                        subjects.append(
                            .init(
                                name: .row(runs, row, place),
                                request: GenerationRequest(
                                    variant: run.variants[place],
                                    prompt: .chat(item.row.messages(system: run.system)),
                                    settings: settings),
                                tokens: answer.tokenIDs, identity: .loaded(identities[place])))
                    }
                }
            case .record, .loaded: break
            }
        }
        return subjects
    }
}

extension JSON {
    func without(_ names: [String]) -> JSON {
        guard case .object(var object) = self else { return self }
        for name in names { object[name] = nil }
        return .object(object)
    }
}
