import Basics
import LanguageModels
import Metrics
import Sessions

extension LastRun {
    /// The run that was kept last, of whatever session.
    /// - Throws: `notFound` where there is none; `malformed` where it cannot be read.
    static func newest(in folder: String) throws(TandemError) -> LastRun {
        guard let file = JournalFolder(folder).files.last else {
            throw TandemError(
                .notFound, "there is no run to look at", remedy: "make one with /run FILE")
        }
        return try LastRun(keptIn: file.path)
    }

    /// - Throws: `notFound`; `malformed` where it cannot be read.
    init(keptIn path: String) throws(TandemError) {
        let records = try Journal.read(path: path).records.map(\.value)
        guard let header = records.first, let file = header["file"]?.string,
            let variants = header["variants"]?.array?.compactMap({ $0["name"]?.string }),
            !variants.isEmpty
        else {
            throw TandemError(
                .malformed, "the file does not begin as a run does", file: path,
                remedy: "make another with /run FILE")
        }
        let settings = try GenerationSettings(header["settings"] ?? nil)
        let answers = RunJournal.answers(records)
        let items = records.compactMap(PromptRow.init).compactMap { row -> RunResults.Item? in
            let found = variants.compactMap { answers[row.number]?[$0] }
            return found.count == variants.count ? .init(row: row, answers: found) : nil
        }
        var metrics: [Metric] = []
        for name in header["metrics"]?.array?.compactMap(\.string) ?? [] {
            metrics.append(try MetricCatalog.metric(named: name))
        }
        self.init(
            RunResults(
                file: file, variants: variants, numerics: settings.numerics,
                system: header["system"]?.string ?? "", items: items), metrics: metrics,
            threshold: header["threshold"]?.double ?? 0, path: path, said: records)
    }
}
