import Basics

/// What `/run` is asked for: rows of a file through the lineup.
public struct RunRequest: Sendable, Equatable {
    /// Where a field of a row is found.
    public struct Mapping: Sendable, Equatable {
        /// One of `RunRequest.fields`.
        public var field: String
        /// Empty: the field is not used.
        public var column: String

        public init(field: String, column: String) {
            self.field = field
            self.column = column
        }
    }

    public static let fields = ["prompt", "reference", "system", "id", "group"]

    public var file: String
    public var metrics: [String]
    /// A field that stands in none of them is in the column of its name.
    public var mappings: [Mapping] = []
    /// How many rows, drawn from all groups alike; nil: all of them.
    public var sampleCount: Int?
    /// Which rows are drawn.
    public var sampleSeed: UInt64 = 0
    /// The smallest difference that matters, in hundredths of a metric's range.
    public var threshold: Double = 0
    /// Does not go on with a run that was left unfinished.
    public var startsAnew = false

    public init(file: String, metrics: [String] = []) {
        self.file = file
        self.metrics = metrics
    }
}

extension RunRequest {
    init(_ arguments: Arguments) throws(TandemError) {
        var words = try arguments.words()
        var mappings: [Mapping] = []
        while let text = try arguments.take("--map", from: &words) {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, Self.fields.contains(String(parts[0])) else {
                throw arguments.wrong(
                    "\(text) is not FIELD=COLUMN, with FIELD one of "
                        + Self.fields.joined(separator: ", "), at: text)
            }
            mappings.append(Mapping(field: String(parts[0]), column: String(parts[1])))
        }
        let sample = try arguments.take("--sample", from: &words)
        let seed = try arguments.take("--seed", from: &words)
        let threshold = try arguments.take("--threshold", from: &words)
        let isAnew = words.contains("--fresh")
        words.removeAll { $0 == "--fresh" }
        if let option = words.first(where: { $0.hasPrefix("--") }) {
            throw arguments.wrong("there is no option \(option)", at: option)
        }
        guard let file = words.first else { throw arguments.wrong("the file is missing") }
        self.init(file: file, metrics: Array(words.dropFirst()))
        self.mappings = mappings
        startsAnew = isAnew
        if let sample {
            guard let count = Int(sample), count > 0 else {
                throw arguments.wrong("\(sample) is not a number of rows", at: sample)
            }
            sampleCount = count
        }
        if let seed {
            guard sampleCount != nil else {
                throw arguments.wrong("--seed goes with --sample N", at: "--seed")
            }
            guard let value = UInt64(seed) else {
                throw arguments.wrong("\(seed) is not a whole number from 0", at: seed)
            }
            sampleSeed = value
        }
        if let threshold {
            guard let points = Double(threshold), points >= 0, points <= 100 else {
                throw arguments.wrong(
                    "\(threshold) is not a number of points from 0 to 100", at: threshold)
            }
            self.threshold = points
        }
    }

    /// The words that read back as this request.
    var words: [String] {
        var words = [file] + metrics
        for mapping in mappings { words += ["--map", mapping.field + "=" + mapping.column] }
        if let sampleCount { words += ["--sample", String(sampleCount)] }
        if sampleSeed != 0 { words += ["--seed", String(sampleSeed)] }
        if threshold != 0 { words += ["--threshold", threshold.description] }
        if startsAnew { words.append("--fresh") }
        return words
    }
}
