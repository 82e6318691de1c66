/// Which words of answer and reference an edit path puts together.
struct Alignment {
    /// For each word of the reference, the last word of the answer that is not after it; −1: none.
    private(set) var answerPlace: [Int] = []
    /// How many of the first *n* words are no partner's equal.
    private var answerErrors = [0]
    private var referenceErrors = [0]

    init(_ path: [BeamEditDistance.Edit]) {
        var place = -1
        for edit in path {
            let error = edit == .same ? 0 : 1
            if edit != .referenceOnly {
                place += 1
                answerErrors.append(answerErrors[answerErrors.count - 1] + error)
            }
            if edit != .answerOnly {
                answerPlace.append(place)
                referenceErrors.append(referenceErrors[referenceErrors.count - 1] + error)
            }
        }
    }

    /// Whether shifting `length` words from `start` to where the reference has them, at `place`, can help:
    /// some are wrong on both sides, and they do not stand there already.
    func isMisplaced(_ start: Int, _ place: Int, _ length: Int) -> Bool {
        answerErrors[start + length] > answerErrors[start]
            && referenceErrors[place + length] > referenceErrors[place]
            && !(start..<start + length).contains(answerPlace[place])
    }
}
