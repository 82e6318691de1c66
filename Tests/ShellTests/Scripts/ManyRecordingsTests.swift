import Basics
import Foundation
import TestSupport
import Testing

/// Fifty scripts, recorded, then run again by another process with another number of threads and
/// nothing kept: the same bytes.
struct ManyRecordingsTests {
    private static let prompts = [
        "hello", "Who are you?", "日本 🫖", "a $$5 note", "two  spaces", "one two three four five six",
    ]

    /// - Parameter opening: loads `base` and `tuned`.
    private static func script(_ number: Int, opening: String) -> String {
        let random = CounterRandom(seed: 50, stream: UInt64(number))
        var drawn: UInt64 = 0
        func draw(_ list: [String]) -> String {
            drawn += 1
            return list[Int(random.unit(at: drawn) * Double(list.count))]
        }
        let settings = [
            "/set max_tokens \(draw(["3", "7", "12"]))",
            "/set temperature \(draw(["0", "0.7", "1.3"]))", "/set top_k \(draw(["0", "20"]))",
            "/set top_p \(draw(["1", "0.9"]))", "/set min_p \(draw(["0", "0.02"]))",
            "/set repetition_penalty \(draw(["1", "1.2"]))", "/set seed \(number)",
            "/set numerics \(draw(["exact", "fast"]))", "/set cache \(draw(["f32", "f16"]))",
            "/set stop \(draw(["off", "[\"e\", \"\\n\"]"]))", "/chat \(draw(["on", "off"]))",
            draw(["/system Be brief.", "# no system"]), draw(["/lineup tuned base", "/lineup"]),
        ]
        let steps = (0..<4).map { _ in
            draw([
                draw(prompts), "/complete " + draw(prompts), "/again seed=\(draw(["1", "2"]))",
                draw(prompts) + "\n/ref \(draw(prompts))\n/score rougeL chrf",
                "/run rows.jsonl em f1 --sample 3",
                "/clear\n" + draw(prompts) + "\n/expect all excludes no such text",
                "\"\"\"\n\(draw(prompts))\n\(draw(prompts))\n\"\"\"", "/clear",
            ])
        }
        let lines = [opening] + settings + [draw(prompts)] + steps + ["/score all em"]
        return lines.joined(separator: "\n") + "\n"
    }

    @Test func theyAreTheSameBytes() throws {
        let fixture = try RecordingFixture()
        let demo =
            "/load demo as base\n/adapter \(Demo.adapterPath) --on base as tuned"
        var names: [String] = []
        for number in 0..<50 {
            let usesDemo = Demo.isPresent && number % 10 == 9
            let opening = usesDemo ? demo : String(RecordingFixture.open.dropLast())
            names.append("s\(number).tandem")
            try fixture.write(Self.script(number, opening: opening), to: names[number])
        }
        let first = try fixture.tandem(["run", "--accept", "--threads", "2"] + names, home: "one")
        #expect(first.status == 0, "\(first.errors)")
        let recordings = try names.map { try fixture.text(of: $0 + ".rec") }
        #expect(Set(recordings).count == 50)
        let again = try fixture.tandem(
            ["run", "--check", "--json", "--threads", "1"] + names, home: "two")
        #expect(again.status == 0, "\(again.output)\(again.errors)")
        let findings = try fixture.events(again, "check")
        #expect(findings.count > 500)
        #expect(findings.allSatisfy { $0["tier"] == "same bytes" })
        let written = try fixture.tandem(
            ["run", "--accept", "--threads", "1"] + names, home: "three")
        #expect(written.status == 0, "\(written.errors)")
        #expect(try names.map { try fixture.text(of: $0 + ".rec") } == recordings)
    }
}
