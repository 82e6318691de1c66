import Basics
import Sessions
import Testing

struct CommandTests {
    @Test(arguments: [
        ("hello there", Command.prompt("hello there")), ("  padded  ", .prompt("padded")),
        ("\\/not a command", .prompt("/not a command")), ("!ls -l", .shell("ls -l")),
        ("# a note", .comment("a note")),
        ("/load model.gguf as base", .load(path: "model.gguf", name: "base", adapter: nil)),
        ("/lo 'a b.gguf' --adapter lora", .load(path: "a b.gguf", name: nil, adapter: "lora")),
        (
            "/load m --quant q8_0 as small",
            .load(path: "m", name: "small", adapter: nil, quantization: "q8_0")
        ),
        (
            "/adapter lora --on base as tuned",
            .adapter(path: "lora", base: "base", name: "tuned")
        ),
        ("/set temperature 0.7", .set(key: "temperature", value: "0.7")),
        ("/set top_k=5", .set(key: "top_k", value: "5")),
        ("/set stop a=b", .set(key: "stop", value: "a=b")),
        ("/set", .set(key: nil, value: "")), ("/system Be  brief.", .system("Be  brief.")),
        ("/complete  two spaces", .complete(" two spaces")), ("/chat on", .chat(true)),
        (
            "/again seed=2 stop=a=b",
            .again([.init(key: "seed", value: "2"), .init(key: "stop", value: "a=b")])
        ),
        ("/ref The \"right\" answer", .reference("The \"right\" answer")),
        ("/ref --also Either way", .reference("Either way", isFurther: true)),
        ("/ref --alsoran", .reference("--alsoran")),
        ("/ref @answers.txt", .reference("@answers.txt")),
        ("/score rougeL em", .score(["rougeL", "em"])),
        ("/score rougeL,em f1, regex:a,b", .score(["rougeL", "em", "f1", "regex:a,b"])),
        ("/score 2 em", .score(["em"], turns: .number(2))), ("/score", .score([])),
        ("/score all", .score([], turns: .all)),
        ("/history", .history(.sessions(isAll: false))),
        ("/history --all", .history(.sessions(isAll: true))),
        ("/history refund  policy", .history(.search("refund  policy"))),
        ("/score 'regex:a (b)'", .score(["regex:a (b)"])), ("/show 2", .show(2)), ("/q", .quit),
        ("/h", .help(nil)), ("/help score", .help("score")), ("/? /set", .help("set")),
        ("/output json", .output("json")), ("/lineup", .lineup([])),
        ("/diff", .diff()),
        ("/diff 2 base tuned", .diff(turns: .number(2), names: ["base", "tuned"])),
        ("/tokens", .tokens()), ("/tok all tuned", .tokens(turns: .all, name: "tuned")),
        ("/budget", .budget(.show)), ("/budget auto", .budget(.automatic)),
        ("/budget 4G", .budget(.bytes(4 << 30))), ("/budget 1.5g", .budget(.bytes(3 << 29))),
        ("/budget 0.3K", .budget(.bytes(307))), ("/budget 17M", .budget(.bytes(17 << 20))),
        ("/pin base", .pin("base", true)), ("/pin base on", .pin("base", true)),
        ("/pin off off", .pin("off", false)),
        ("/run a.csv em", .run(RunRequest(file: "a.csv", metrics: ["em"]))),
        ("/failures", .failures(.show(metric: nil))), ("/fail em", .failures(.show(metric: "em"))),
        ("/failures open 'r 7'", .failures(.open("r 7"))),
        ("/failures again 7", .failures(.again("7"))),
        ("/failures note 7 made up a refund", .failures(.note("7", "made up a refund"))),
        ("/failures log", .failures(.log)),
        (
            "/failures trap q7 negation --truth yes",
            .failures(
                .trap(
                    .init(
                        name: "q7", kind: "negation", fields: [.init(key: "truth", value: "yes")])))
        ),
        ("/trap new", .trap(.new(.ask))), ("/trap list", .trap(.list(nil))),
        ("/trap new \"\"\"\n## a: number\n\"\"\"", .trap(.new(.text("## a: number")))),
        (
            "/trap new a number --prompt 'How many?' --truth '1 | one'",
            .trap(
                .new(
                    .parts(
                        .init(
                            name: "a", kind: "number",
                            fields: [
                                .init(key: "prompt", value: "How many?"),
                                .init(key: "truth", value: "1 | one"),
                            ]))))
        ),
        ("/trap add a number", .trap(.add(.init(name: "a", kind: "number")))),
        ("/trap show a", .trap(.show("a"))), ("/trap save a", .trap(.save("a"))),
        ("/trap import a.csv as qa", .trap(.importing(file: "a.csv", set: "qa"))),
        ("/trap run", .trap(.run(.init()))),
        ("/trap run premise mine", .trap(.run(.init(names: ["premise", "mine"])))),
        (
            "/load https://a.example/v1#m as far --key A_KEY",
            .load(
                path: "https://a.example/v1#m", name: "far", adapter: nil,
                remote: .init(key: "A_KEY"))
        ),
        (
            "/load http://10.0.0.1#m --plain-http",
            .load(
                path: "http://10.0.0.1#m", name: nil, adapter: nil,
                remote: .init(allowsPlainHTTP: true))
        ),
        ("/replay a.tandem --adapter x", .replay("a.tandem", ["--adapter", "x"])),
        ("/judge", .judge(.init())), ("/judge audit", .audit),
        (
            "/judge all factual --by far --repeat 3",
            .judge(.init(turns: .all, rubric: "factual", judge: "far", repetitions: 3))
        ),
        ("/judge 2 --weighted", .judge(.init(turns: .number(2), isWeighted: true))),
        ("/versus all --by far", .versus(.init(turns: .all, judge: "far"))),
        ("/rubric", .rubric(.list)), ("/rubric general", .rubric(.show("general"))),
        ("/rubric new mine", .rubric(.new("mine"))),
        ("/rubric test mine --by far", .rubric(.test("mine", judge: "far"))),
        ("/rate all --points", .rate(.ask(.all, byPoints: true))),
        ("/rate run --sample 30", .rate(.ask(.run, byPoints: false, sample: 30))),
        ("/rate 3 tuned", .rate(.preference(.turn(3), "tuned"))),
        ("/rate run 'q 7' tie", .rate(.preference(.item("q 7"), "tie"))),
        (
            "/rate 3 base=4 tuned=9",
            .rate(
                .points(
                    .turn(3), [.init(key: "base", value: "4"), .init(key: "tuned", value: "9")])
            )
        ), ("/judge run", .judge(.init(turns: .run))), ("/score run", .score([], turns: .run)),
    ])
    func reads(_ line: String, _ command: Command) throws {
        #expect(try CommandParser.parse(line) == command)
        #expect(try CommandParser.parse(command.text) == command, "\(command.text)")
    }

    @Test func theOptionsOfARunAreReadAndSaved() throws {
        let line =
            "/run rows.csv em f1 --map prompt=question --map group= --sample 20 --seed 3 "
            + "--threshold 2.5 --fresh"
        guard case .run(let request) = try CommandParser.parse(line) else {
            Issue.record("no run")
            return
        }
        #expect(request.metrics == ["em", "f1"] && request.sampleCount == 20)
        #expect(request.mappings.map(\.column) == ["question", ""] && request.sampleSeed == 3)
        #expect(request.threshold == 2.5 && request.startsAnew)
        #expect(Command.run(request).text == line)
    }

    @Test func theOptionsOfARunOfTrapsAreReadAndSaved() throws {
        let line = "/trap run premise ./my.traps --vary --judge far --fresh"
        guard case .trap(.run(let run)) = try CommandParser.parse(line) else {
            Issue.record("no run")
            return
        }
        #expect(run.varies && run.judge == "far" && run.startsAnew)
        #expect(run.names == ["premise", "./my.traps"])
        #expect(Command.trap(.run(run)).text == line)
    }

    @Test func nothingIsNothing() throws { #expect(try CommandParser.parse("   ") == nil) }

    @Test(arguments: [
        ("/lod x", "load"), ("/s", "/save"), ("/load", "usage"), ("/ref --also", "missing"),
        ("/load a b", "usage"),
        ("/load 'open", "quote"), ("/load m --quant q3", "q3"), ("/chat maybe", "on or off"),
        ("/set key", "value"),
        ("/output xml", "format"), ("/adapter x", "--on"), ("/models now", "no argument"),
        ("/show two", "number"), ("/budget 4", "K, M or G"), ("/budget -1G", "K, M or G"),
        ("/budget 1e9G", "auto"), ("/budget 1 G", "auto"), ("/budget 9999999999G", "auto"),
        ("/load https://a.example#m --key sk-x", "not a key"), ("/judge --repeat 0", "--repeat"),
        ("/judge --weighted --repeat 2", "--weighted"), ("/judge a b", "one word too many"),
        ("/versus --repeat 2", "too many"), ("/rubric new", "argument"), ("/rate tuned", "turn"),
        ("/rate 1 base=11", "1 to 10"), ("/rubric general --by far", "--by"),
        ("/diff a", "two names"), ("/tokens a b", "one word too many"),
        ("/pin", "argument"), ("/pin a b", "one word too many"), ("/zzzzzz", "/help"),
        ("/trap", "is missing"), ("/trap runn", "mean run"), ("/trap run --all", "--all"),
        ("/trap new a", "and a kind are expected"), ("/trap new a number b", "no field"),
        ("/trap list \"\"\"\nx\n\"\"\"", "a block"), ("/trap new a number --truth", "missing"),
        ("/run", "file is missing"), ("/run a --map x=y", "FIELD"), ("/run a --sample 0", "rows"),
        ("/run a --seed 1", "--sample"), ("/run a --threshold x", "points"),
        ("/run a --nope", "--nope"), ("/failures note 7", "remark"), ("/failures a b", "too many"),
    ])
    func refuses(_ line: String, _ word: String) {
        #expect {
            try CommandParser.parse(line)
        } throws: { error in
            (error as? TandemError).map { $0.code == .usage && "\($0)".contains(word) } ?? false
        }
    }

    /// What is saved reads back the same, whatever a prompt holds.
    @Test(arguments: [
        "two\nlines", "/slash", "!bang", "# hash", "\\back", "\"\"\"", "a\n\"\"\"\nb",
        "\\\"\"\"\nx", "--also this",
        " leading", "trailing ", "", "\n", "\\\\\n\\x", "  \"\"\"\n", "ends \"\"\"", "日本語\n🫖",
    ])
    func textsSurviveASave(_ text: String) throws {
        let commands = [
            Command.prompt(text), .reference(text), .reference(text, isFurther: true),
            .complete(text), .system(text),
        ]
        for command in commands {
            if text.isEmpty, case .reference = command { continue }
            let script = try Script(command.text + "\n", file: "saved")
            #expect(script.entries.map(\.command) == [command], "\(command.text)")
        }
    }

    /// What is in memory changes no answer; on another machine it may not fit.
    @Test func memoryIsNotPartOfASavedSession() {
        #expect(!Command.budget(.bytes(1 << 30)).belongsInScript)
        #expect(!Command.pin("base", true).belongsInScript)
        #expect(Command.prompt("hello").belongsInScript)
    }

    @Test func errorsOfAScriptNameTheLine() {
        #expect {
            try Script("# fine\n\"\"\"\na\nb\n\"\"\"\n/lod x\n", file: "s.tandem")
        } throws: { error in
            let error = error as? TandemError
            return error?.line == 6 && error?.file == "s.tandem" && error?.code == .script
        }
        #expect {
            try Script("a\n\"\"\"\nb\n", file: "s")
        } throws: { ($0 as? TandemError)?.line == 2 }
    }
}
