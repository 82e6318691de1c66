import Basics
import LanguageModels
import LineEditor
import Sessions

/// `/diff` and `/tokens`: what models make of each other's tokens.
extension Interpreter {
    func diff(_ choice: TurnChoice, _ names: [String]) throws(TandemError) {
        for turn in try turns(choice) {
            let chosen = names.isEmpty ? Array(turn.answers.indices) : try places(names, in: turn)
            guard chosen.count >= 2, Set(chosen).count == chosen.count else {
                throw TandemError(
                    .usage,
                    names.isEmpty
                        ? "turn \(turn.number) has one answer; a difference takes two"
                        : "a difference is between two variants")
            }
            guard let reports = try reports(turn, chosen) else { return interruptLooking() }
            let needsTitles = reports.count > 1 || choice != .last
            output.renderer.result(
                ScoreTable(header: PartingReport.header, rows: reports.flatMap(\.rows)),
                events: reports.map(\.event),
                lines: { context in
                    Array(
                        reports.map { report in
                            (needsTitles ? [context.bold(report.title)] : [])
                                + report.lines(context)
                        }.joined(separator: [""]))
                })
        }
    }

    /// The first of the chosen answers beside each of the others; nil when interrupted.
    private func reports(_ turn: Turn, _ chosen: [Int]) throws(TandemError) -> [PartingReport]? {
        let pairs = chosen.dropFirst().map { [chosen[0], $0] }
        var requests: [TokenScoreRequest] = []
        var places: [(pair: Int, side: Int)] = []
        let partings = pairs.map {
            TokenParting(turn.answers[$0[0]], turn.answers[$0[1]])
        }
        for (number, pair) in pairs.enumerated() {
            guard case .tokens(let shared, let first, let second) = partings[number] else {
                continue
            }
            for (side, place) in pair.enumerated() {
                let answer = turn.answers[place]
                requests.append(
                    TokenScoreRequest(
                        variant: answer.variant,
                        author: turn.answers[pair[1 - side]].variant,
                        prompt: turn.requests[place].prompt,
                        opening: Array(answer.tokenIDs.prefix(shared)),
                        continuations: [[first], [second]], numerics: answer.numerics ?? .exact))
                places.append((number, side))
            }
        }
        guard let views = try views(of: requests, in: turn) else { return nil }
        return pairs.enumerated().map { number, pair in
            var sides = pair.map { place in
                PartingReport.Side(
                    answer: turn.answers[place], prompt: turn.requests[place].prompt,
                    sampling: SamplingText(turn.requests[place], turn.answers[place]))
            }
            for (place, view) in zip(places, views) where place.pair == number {
                sides[place.side].view = view
            }
            return PartingReport(turn: turn.number, sides: sides, parting: partings[number])
        }
    }

    func tokens(_ choice: TurnChoice, _ name: String?) throws(TandemError) {
        for turn in try turns(choice) {
            let chosen = try name.map { name throws(TandemError) in try places([name], in: turn) }
            for place in chosen ?? Array(turn.answers.indices) {
                guard let answer = try answerTokens(place, of: turn) else {
                    return interruptLooking()
                }
                let report = TokensReport(answer: answer)
                output.renderer.result(
                    report.table, events: report.events, lines: report.lines)
            }
        }
    }

    /// An answer's tokens under every variant of its turn; nil when interrupted.
    private func answerTokens(_ place: Int, of turn: Turn) throws(TandemError) -> AnswerTokens? {
        let answer = turn.answers[place]
        let variants =
            [answer.variant] + turn.answers.map(\.variant).filter { $0 != answer.variant }
        if answer.numerics != nil, answer.tokenIDs.isEmpty {
            throw TandemError(
                .usage, "the answer of \(answer.variant) in turn \(turn.number) has no tokens",
                remedy: answer.detail ?? "it ended with: \(answer.finish.rawValue)")
        }
        let requests = variants.map {
            TokenScoreRequest(
                variant: $0, author: answer.variant, prompt: turn.requests[place].prompt,
                continuations: [answer.tokenIDs], numerics: answer.numerics ?? .exact,
                bestCount: AnswerTokens.bestCount)
        }
        guard let views = try views(of: requests, in: turn) else { return nil }
        let scores = views.map { $0.map { $0.continuations.first ?? [] } }
        return AnswerTokens(
            turn: turn.number, answer: answer,
            sampling: SamplingText(turn.requests[place], answer), own: try scores[0].get(),
            others: zip(variants, scores).dropFirst().map {
                AnswerTokens.View(variant: $0, tokens: $1)
            })
    }

    /// What the variants of a turn say to requests; nil when interrupted.
    private func views(of requests: [TokenScoreRequest], in turn: Turn) throws(TandemError)
        -> [Result<TokenScores, TandemError>]?
    {
        var changed: [String: TandemError] = [:]
        for (answer, identity) in zip(turn.answers, turn.identities) {
            changed[answer.variant] = change(of: answer, identity)
        }
        let asked = requests.filter { changed[$0.author] == nil && changed[$0.variant] == nil }
        let scores = InterruptFlag.watching {
            source.tokenScores(asked, isInterrupted: { InterruptFlag.isRaised })
        }
        guard var rest = scores?[...] else { return nil }
        return requests.map { request in
            if let error = changed[request.author] ?? changed[request.variant] {
                return .failure(error)
            }
            return rest.removeFirst()
        }
    }

    /// Why the variant of an answer's name is not the one that gave it.
    private func change(of answer: Answer, _ identity: TurnIdentity) -> TandemError? {
        do throws(TandemError) {
            let present = try source.identity(of: answer.variant)
            if identity.isSame(as: present, answer.numerics) { return nil }
            return TandemError(
                .mismatch, "\(answer.variant) is another model now than the one that answered",
                remedy: "load that one again, or /again the prompt")
        } catch {
            return error
        }
    }

    private func places(_ names: [String], in turn: Turn) throws(TandemError) -> [Int] {
        var places: [Int] = []
        for name in names {
            guard let place = turn.answers.firstIndex(where: { $0.variant == name }) else {
                let known = turn.answers.map(\.variant).joined(separator: ", ")
                throw TandemError(
                    .notFound, "turn \(turn.number) has no answer of \(name)",
                    remedy: "answers are there of \(known)")
            }
            places.append(place)
        }
        return places
    }

    private func interruptLooking() {
        wasInterrupted = true
        output.note("interrupted")
    }
}
