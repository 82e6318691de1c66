import Basics
import Foundation
import Metrics
import TestSupport
import Testing

/// Statistics are those of SciPy and statsmodels.
/// Recorded by `scripts/references/record_statistics.py`.
struct StatisticsReferenceTests {
    private let record: JSON

    init() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "References/statistics.json").path()
        record = try JSON.parse(TestFile.bytes(of: path), file: path)
    }

    private func rows(_ key: String) throws -> [JSON] { try #require(record[key]?.array) }

    private func numbers(_ value: JSON?) throws -> [Double] {
        try #require(value?.array).map { try #require($0.double) }
    }

    private func agree(
        _ found: Double?, _ expected: Double, _ about: String = "",
        location: SourceLocation = #_sourceLocation
    ) {
        let found = found ?? .nan
        #expect(
            abs(found - expected) <= 1e-9 * max(1, abs(expected)), "\(about): \(found)",
            sourceLocation: location)
    }

    @Test func normalDistribution() throws {
        for row in try rows("quantiles").map(numbers) {
            agree(NormalDistribution.quantile(row[0]), row[1], "\(row[0])")
        }
        for row in try rows("cumulative").map(numbers) {
            let found = NormalDistribution.cumulative(row[0])
            #expect(abs(found - row[1]) <= 1e-12 * row[1], "\(row[0])")
        }
    }

    @Test func signFlips() throws {
        for row in try rows("sign_flip") {
            let sample = Sample(try numbers(row["values"]))
            agree(SignFlipTest.p(sample), try #require(row["p"]?.double), row["about"]?.text ?? "")
        }
    }

    @Test func mcNemar() throws {
        for row in try rows("mcnemar").map(numbers) {
            agree(McNemarTest.p(gained: Int(row[0]), lost: Int(row[1])), row[2], "\(row)")
        }
    }

    @Test func wilson() throws {
        for row in try rows("wilson").map(numbers) {
            let interval = WilsonInterval.interval(
                successes: Int(row[0]), of: Int(row[1]), confidence: row[2])
            agree(interval?.lowerBound, row[3], "\(row)")
            agree(interval?.upperBound, row[4], "\(row)")
        }
    }

    @Test func holm() throws {
        for row in try rows("holm").compactMap(\.array) {
            let adjusted = HolmCorrection.adjusted(try numbers(row[0]))
            for (found, expected) in zip(adjusted, try numbers(row[1])) { agree(found, expected) }
        }
    }

    @Test func standardErrors() throws {
        for row in try rows("standard_errors") {
            let values = try numbers(row["values"])
            let groups = try numbers(row["groups"]).map { Int($0) }
            agree(Sample(values).standardError, try #require(row["independent"]?.double))
            agree(
                Sample(values, groups: groups).standardError,
                try #require(row["clustered"]?.double))
        }
    }

    @Test func sampleSizes() throws {
        for row in try rows("sample_sizes").map(numbers) {
            let count = 10
            let error = row[1] / Double(count).squareRoot()
            let missing = DetectableEffect.itemsMissing(
                effect: row[0], standardError: error, count: count)
            #expect(missing == max(0, Int(row[2].rounded(.up)) - count), "\(row)")
            let effect = DetectableEffect.smallest(standardError: row[1] / row[2].squareRoot())
            agree(effect, abs(row[0]))
        }
    }

    /// The same resampled means give the same interval, for every recorded sample.
    @Test func bootstrapIntervals() throws {
        for row in try rows("bca") {
            let values = try numbers(row["values"])
            let sample = Sample(values)
            let acceleration = try #require(
                Bootstrap.acceleration(Bootstrap.jackknifeMeans(sample)))
            agree(acceleration, try #require(row["acceleration"]?.double))
            let confidence = try #require(row["confidence"]?.double)
            let low = try #require(row["low"]?.double)
            let high = try #require(row["high"]?.double)
            let interval = Bootstrap.interval(
                try numbers(row["resampled"]).sorted(), estimate: try #require(sample.mean),
                acceleration: acceleration, confidence: confidence)
            agree(interval.lowerBound, low, row["about"]?.text ?? "")
            agree(interval.upperBound, high, row["about"]?.text ?? "")
            // Other draws move the end points a little only.
            let own = try #require(
                Bootstrap.interval(sample, Resamples(sample), confidence: confidence))
            #expect(abs(own.lowerBound - low) < 0.15 * (high - low))
            #expect(abs(own.upperBound - high) < 0.15 * (high - low))
            #expect(
                own == Bootstrap.interval(sample, Resamples(sample), confidence: confidence))
        }
    }
}
