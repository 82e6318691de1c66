import Metrics

/// A run that can be looked at.
struct LastRun {
    let results: RunResults
    /// Those it was scored with.
    let metrics: [Metric]

    init(_ results: RunResults, metrics: [Metric]) {
        self.results = results
        self.metrics = metrics
    }
}
