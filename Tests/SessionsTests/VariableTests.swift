import Basics
import Sessions
import Testing

/// `$NAME` and `$1` in commands and prompts.
struct VariableTests {
    private func commands(_ text: String, _ arguments: [String] = ["one", "two words"]) throws
        -> [Command]
    {
        var variables = Variables(arguments: arguments)
        variables.give("adapter", "./my lora")
        variables.define("word", "fox")
        return try Script(text, file: "s", variables: variables).entries.map(\.command)
    }

    @Test(arguments: [
        ("a $word and a ${word}y", Command.prompt("a fox and a foxy")),
        ("it costs $$5, $ 5 or 5$", .prompt("it costs $5, $ 5 or 5$")),
        ("$1, $2", .prompt("one, two words")), ("$$$word", .prompt("$fox")),
        ("/load $adapter as $1", .load(path: "./my lora", name: "one", adapter: nil)),
        ("/load '$adapter'", .load(path: "$adapter", name: nil, adapter: nil)),
        ("/load \"$word/$2\"", .load(path: "fox/two words", name: nil, adapter: nil)),
        ("/load \\$word", .load(path: "$word", name: nil, adapter: nil)),
        ("/complete $word", .complete("fox")), ("/system Be a $word.", .system("Be a fox.")),
        ("/ref --also $2", .reference("two words", isFurther: true)),
        ("/set seed $1", .set(key: "seed", value: "one")),
        ("/set $new a $word", .define("new", "a fox")),
        ("!echo $HOME", .shell("echo $HOME")), ("# $nothing", .comment("$nothing")),
        ("\"\"\"\na $word\n$1\n\"\"\"", .prompt("a fox\none")),
        ("/expect all matches ^\\w+$", .expect(.answer(of: nil, .matches("^\\w+$")))),
        ("/expect $word contains $2", .expect(.answer(of: "fox", .contains(["two words"])))),
        ("/source sub.tandem $2 x", .source("sub.tandem", ["two words", "x"])),
    ])
    func valuesStandForReferences(_ text: String, _ command: Command) throws {
        #expect(try commands(text) == [command])
    }

    @Test func aScriptSetsDefaults() throws {
        let text = "/set $adapter default\n/set $other default\n$adapter $other\n"
        #expect(try commands(text).last == .prompt("./my lora default"))
    }

    /// At the prompt `$5` is five dollars; a name must have a value everywhere.
    @Test func atThePromptThereAreNoArguments() throws {
        #expect(try CommandParser.parse("what is $5?") == .prompt("what is $5?"))
        #expect {
            try CommandParser.parse("what is $PATH?")
        } throws: { ($0 as? TandemError)?.culprit == "$PATH" }
    }

    @Test(arguments: [
        ("ok\n  a $nothing here\n", 2, 5, "$nothing"), ("$3", 1, 1, "$3"),
        ("\"\"\"\nx\nsee ${nothing}!\n\"\"\"", 3, 5, "${nothing}"),
        ("/load $1 as ${nobody}", 1, 13, "${nobody}"),
    ])
    func aNameWithoutAValueIsAnErrorWithItsPlace(
        _ text: String, _ line: Int, _ column: Int, _ written: String
    ) throws {
        #expect {
            try commands(text)
        } throws: { error in
            let error = error as? TandemError
            return error?.line == line && error?.column == column && error?.code == .script
                && error?.message.contains(written) == true && error?.remedy?.contains("$") == true
        }
    }

    /// Whatever a text holds, its command reads back the same.
    @Test(arguments: ["$5", "$$", "a $b ${c} $", "$$$x", "${", "$x$y", "\\$x", "$1\n$2"])
    func dollarsSurviveASave(_ text: String) throws {
        let commands: [Command] = [
            .prompt(text), .complete(text), .define("name", text),
            .expect(.answer(of: nil, .equals(text))),
        ]
        for command in commands {
            let script = try Script(command.text, file: "saved")
            #expect(script.entries.map(\.command) == [command], "\(command.text)")
        }
        if text.contains("\n") { return }
        let load = Command.load(path: text, name: nil, adapter: nil)
        #expect(try Script(load.text, file: "saved").entries.map(\.command) == [load])
    }
}
