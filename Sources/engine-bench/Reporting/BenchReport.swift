import Basics
import Foundation
import Inference

/// Everything that was measured, as text and as JSON.
struct BenchReport {
    var machine: Machine
    var limits: MachineLimits
    let costs: WorkerCosts
    var models: [ModelRates] = []
    var shell: [(title: String, figures: ShellFigures)] = []
    var wholeProcess: WholeProcess?

    var text: String {
        ([machineText] + [models.count > 1 ? ratioTable : nil].compactMap { $0 }
            + models.map(Self.text) + [shellText, processText].compactMap { $0 })
            .joined(separator: "\n\n")
    }

    private var machineText: String {
        let versions = machine.versions.map { "\($0.name) \($0.version)" }.joined(separator: "\n")
        func giga(_ rate: Double) -> String {
            rate == 0 ? "no instruction" : Self.decimal(rate / 1e9) + " G/s"
        }
        let (least, most) = (limits.readings.min() ?? 0, limits.readings.max() ?? 0)
        let readings = "\(Self.decimal(least / 1e9)) to \(Self.decimal(most / 1e9))"
        return """
            \(machine.processor), \(machine.processorCount) processors, \(machine.threads) threads, \
            \(machine.instructionSet)
            \(versions)
            reads \(Self.decimal(limits.bandwidth / 1e9)) GB/s (\(readings)); multiply-adds: f32 \
            \(giga(limits.f32Rate)), bf16 \(giga(limits.bf16Rate)), int8 \(giga(limits.int8Rate))
            threads meet in \(Self.decimal(costs.barrier, 2)) µs, take work in \
            \(Self.decimal(costs.handOver, 2)) µs, wake up in \(Self.decimal(costs.wakeUp, 1)) µs
            """
    }

    /// Ratios to llama.cpp, one column for each model and way.
    private var ratioTable: String? {
        let columns = models.flatMap { model in
            model.peer.isEmpty ? [] : model.model.arithmetics.map { (model, $0) }
        }
        if columns.isEmpty { return nil }
        var table = TextTable(
            header: ["times llama.cpp"]
                + columns.map { "\($0.1.rawValue) \($0.0.model.shortTitle)" })
        for measure in Measure.allCases {
            table.rows.append(
                [measure.title]
                    + columns.map { model, arithmetic in
                        model.rate(measure, arithmetic).flatMap(model.ratio).map {
                            Self.decimal($0, 2)
                        } ?? ""
                    })
        }
        return table.text
    }

    private static func text(_ model: ModelRates) -> String {
        var header = ["\(model.model.title), tokens/s"]
        for arithmetic in model.model.arithmetics {
            header += [arithmetic.rawValue, "of limit"]
            if !model.peer.isEmpty { header.append("ratio") }
        }
        if !model.peer.isEmpty { header.append("llama.cpp") }
        var table = TextTable(header: header)
        for measure in Measure.allCases where model.rates.contains(where: { $0.measure == measure })
        {
            var row = [measure.title]
            for arithmetic in model.model.arithmetics {
                guard let rate = model.rate(measure, arithmetic) else { continue }
                row += [
                    decimal(rate.median, 0),
                    "\(decimal(100 * rate.shareOfLimit, 0)) % (\(rate.limit.by))",
                ]
                if !model.peer.isEmpty {
                    row.append(model.ratio(rate).map { decimal($0, 2) } ?? "")
                }
            }
            if !model.peer.isEmpty {
                row.append(model.peer[measure].map { decimal(Stopwatch.median($0), 0) } ?? "")
            }
            table.rows.append(row)
        }
        let profiles = model.profiles.map { profile in
            "\(profile.measure.title), \(profile.numerics.label): \(decimal(profile.total, 2)) ms a step: "
                + profile.parts.map {
                    "\($0.name) \(decimal(100 * $0.milliseconds / profile.total, 0)) %"
                }
                .joined(separator: ", ")
        }
        return
            ([
                table.text,
                "loaded in \(decimal(model.loadSeconds, 2)) s; memory gave \(decimal(model.limits.bandwidth / 1e9)) GB/s; "
                    + others(model.otherLoad),
            ] + profiles)
            .joined(separator: "\n")
    }

    private var shellText: String? {
        if shell.isEmpty { return nil }
        var table = TextTable(
            header: [
                "the shell with base and adapter", "first start", "start", "idle", "resident",
                "most", "own", "files",
            ])
        func megabytes(_ bytes: Int) -> String { Self.decimal(Double(bytes) / 1e6, 0) + " MB" }
        for (title, figures) in shell {
            table.rows.append([
                title, Self.decimal(figures.firstStart, 2) + " s",
                Self.decimal(figures.start, 2) + " s",
                Self.decimal(figures.idleProcessorSeconds / 2 * 100, 1) + " %",
                megabytes(figures.resident), megabytes(figures.peak), megabytes(figures.own),
                megabytes(figures.fileBytes),
            ])
        }
        return table.text
    }

    private var processText: String? {
        guard let process = wholeProcess else { return nil }
        var table = TextTable(
            header: ["4 prompts, base and adapter, whole process", "seconds", "tokens", "ratio"])
        for way in process.ways {
            table.rows.append([
                way.name, Self.decimal(Stopwatch.median(way.seconds), 2), "\(way.tokens)",
                process.ratio(way).map { Self.decimal($0, 1) } ?? "",
            ])
        }
        return table.text + "\n" + Self.others(process.otherLoad)
    }

    private static func others(_ load: Double) -> String {
        "other programs kept \(decimal(load, 2)) processors busy"
    }

    var json: JSON {
        [
            "machine": machine.json, "limits": limits.json, "threads": costs.json,
            "models": .array(models.map(\.json)),
            "shell": .array(
                shell.map { ["model": .string($0.title), "figures": $0.figures.json] }),
            "whole_process": wholeProcess?.json ?? .null,
        ]
    }

    private static func decimal(_ value: Double, _ digits: Int = 1) -> String {
        value.formatted(.number.grouping(.never).precision(.fractionLength(digits)))
    }
}
