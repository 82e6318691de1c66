/// The edits of the translation edit rate: insertions, deletions, substitutions, and shifts of up to 10
/// words by up to 50 places, which are chosen greedily.
///
/// The choices are Tercom's, as sacrebleu has them: among the shifts of words that both texts have, of
/// which some are misplaced on both sides, the one that saves most, then the longest, then the earliest.
struct TranslationEdits {
    private static let longestShift = 10
    private static let farthestShift = 50
    /// After so many tried shifts no more are made.
    private static let candidateLimit = 1000

    private var distances: BeamEditDistance
    private var tried = 0

    private init(_ reference: [Int32]) { distances = BeamEditDistance(reference) }

    /// How many edits turn the words of `answer` into those of `reference`.
    static func count(_ answer: [Int32], _ reference: [Int32]) -> Int {
        if reference.isEmpty { return answer.count }
        var edits = TranslationEdits(reference)
        var (words, shifts) = (answer, 0)
        while true {
            let (distance, path) = edits.distances.take(words)
            guard let shifted = edits.bestShift(distance, Alignment(path)) else {
                return shifts + distance
            }
            shifts += 1
            words = shifted
        }
    }

    private struct Shift {
        let saved: Int
        let length: Int
        let start: Int
        let target: Int
        let words: [Int32]

        func isBetter(than other: Shift) -> Bool {
            (saved, length, -start, -target) > (
                other.saved, other.length, -other.start, -other.target
            )
        }
    }

    /// The answer after the shift that saves most; nil where none saves anything, or too many were tried.
    private mutating func bestShift(_ distance: Int, _ alignment: Alignment) -> [Int32]? {
        let (answer, reference) = (distances.answer, distances.reference)
        var best: Shift?
        for start in answer.indices {
            let last = min(reference.count, start + Self.farthestShift + 1)
            for place in min(last, max(0, start - Self.farthestShift))..<last {
                var length = 0
                while length < Self.longestShift, start + length < answer.count,
                    place + length < reference.count,
                    answer[start + length] == reference[place + length]
                {
                    length += 1
                    guard alignment.isMisplaced(start, place, length) else { continue }
                    tryShift(start, place, length, distance, alignment, &best)
                    if tried >= Self.candidateLimit { return nil }
                }
            }
        }
        return best?.words
    }

    /// Tries to put the words before each of the places that their partners in the reference stand at.
    private mutating func tryShift(
        _ start: Int, _ place: Int, _ length: Int, _ distance: Int, _ alignment: Alignment,
        _ best: inout Shift?
    ) {
        var last = -1
        for offset in -1..<length {
            let target = place + offset < 0 ? 0 : alignment.answerPlace[place + offset] + 1
            if target == last { continue }
            last = target
            tried += 1
            let words = Self.shifted(distances.answer, start, length, target)
            let limit = distance - max(1, best?.saved ?? 1)
            guard let found = distances.distance(of: words, atMost: limit), found < distance else {
                continue
            }
            let shift = Shift(
                saved: distance - found, length: length, start: start, target: target, words: words)
            if best.map({ shift.isBetter(than: $0) }) ?? true { best = shift }
        }
    }

    private static func shifted(_ words: [Int32], _ start: Int, _ length: Int, _ target: Int)
        -> [Int32]
    {
        let moved = words[start..<start + length]
        var shifted = words
        shifted.removeSubrange(start..<start + length)
        // A target within the words themselves moves them on by as much.
        let place = target > start + length ? target - length : min(target, shifted.count)
        shifted.insert(contentsOf: moved, at: place)
        return shifted
    }
}
