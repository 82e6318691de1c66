import Basics
import Inference

extension ModelPool {
    public func generate(
        _ requests: [GenerationRequest], isInterrupted: () -> Bool,
        onEvent: (GenerationEvent) -> Void
    ) throws(TandemError) -> [Answer] {
        var variants: [LocalVariant] = []
        for request in requests { variants.append(try variant(request.variant)) }
        var answers = [Answer?](repeating: nil, count: requests.count)
        func end(_ index: Int, _ finish: FinishReason, _ detail: String? = nil) {
            let answer = Answer(unbegun: requests[index], finish, detail)
            answers[index] = answer
            onEvent(.finished(request: index, answer))
        }
        for model in turns(of: variants) {
            for group in groups(of: variants, on: model) {
                let indices = requests.indices.filter { index in
                    group.contains { $0 === variants[index] }
                }
                if !group.allSatisfy(\.isIn), isInterrupted() {
                    for index in indices { end(index, .interrupted) }
                    continue
                }
                do throws(TandemError) {
                    let stepper = try ready(group, of: model)
                    var encoded: [EncodedRequest] = []
                    for index in indices {
                        do throws(TandemError) {
                            encoded.append(
                                try EncodedRequest(
                                    requests[index], index: index, variant: variants[index]))
                        } catch {
                            end(index, .error, error.description)
                        }
                    }
                    answer(
                        encoded, group, stepper, isInterrupted: isInterrupted, onEvent: onEvent
                    ) { answers[$0] = $1 }
                } catch {
                    for index in indices { end(index, .error, error.description) }
                }
            }
        }
        evictCaches(heldByteCount - budget.byteCount)
        return answers.compactMap(\.self)
    }

    /// The models of `variants`: first those that are in memory, so that none goes out before it has
    /// answered; among them, and after them, in the order of the variants.
    func turns(of variants: [LocalVariant]) -> [LocalModel] {
        var models: [LocalModel] = []
        for variant in variants where !models.contains(where: { $0 === variant.model }) {
            models.append(variant.model)
        }
        return models.filter(isIn) + models.filter { !isIn($0) }
    }

    /// Those of `variants` that are on `model`, in groups that fit into memory together; first those
    /// that are there.
    func groups(of variants: [LocalVariant], on model: LocalModel) -> [[LocalVariant]] {
        let asked = loaded.filter { one in
            one.model === model && variants.contains { $0 === one }
        }
        var groups: [[LocalVariant]] = []
        let limit = limit
        for variant in asked.filter(\.isIn) + asked.filter({ !$0.isIn }) {
            let last = groups.count - 1
            if last >= 0, neededByteCount(groups[last] + [variant], of: model) <= limit {
                groups[last].append(variant)
            } else {
                groups.append([variant])
            }
        }
        return groups
    }
}
