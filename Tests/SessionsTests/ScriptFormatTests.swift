import Basics
import Sessions
import Testing

/// `tandem fmt`: it parses what it prints, and changes it no more.
struct ScriptFormatTests {
    @Test func aScriptInCanonicalForm() throws {
        let text = """


            #! a shebang
              # a   comment
            /lo   'my model.gguf'   as base
            /ada $dir --on base   as "tuned"


            /set  temperature=0.5
            /score   $n em
            !ls   -l $HOME
              what is $word?  \("")
            /ref "as it stands"
            \\/slash
            /complete \"""
            two
            lines
              \"""

            """
        let expected = """
            #! a shebang
            # a   comment
            /load "my model.gguf" as base
            /adapter $dir --on base as tuned

            /set temperature 0.5
            /score $n em
            !ls   -l $HOME
            what is $word?
            /ref "as it stands"
            \"""
            /slash
            \"""
            /complete \"""
            two
            lines
            \"""

            """
        #expect(try ScriptFormat.format(text, file: "s") == expected)
        #expect(try ScriptFormat.format(expected, file: "s") == expected)
        #expect(try ScriptFormat.format("\n \n", file: "s") == "")
    }

    @Test(arguments: [("ok\n/lod x $y\n", 2), ("/show two $n", 1), ("\"\"\"\nopen", 1)])
    func whatCannotBeReadIsAnError(_ text: String, _ line: Int) {
        #expect {
            try ScriptFormat.format(text, file: "s")
        } throws: { ($0 as? TandemError)?.line == line }
    }

    /// Scripts drawn from pieces that are hard to tell apart.
    @Test(arguments: 0..<400)
    func whatIsPrintedIsReadTheSame(_ number: Int) throws {
        let random = CounterRandom(seed: 7, stream: UInt64(number))
        var drawn: UInt64 = 0
        func draw<Element>(_ list: [Element]) -> Element {
            drawn += 1
            return list[Int(random.unit(at: drawn) * Double(list.count))]
        }
        let pieces = [
            "a", "$", "$$", "$x", "${x}", "$1", "\\", "\"", "'", " ", "  ", "/", "#", "!", "\"\"\"",
            "日本", "=", "--also", "\u{1}", "e\u{301}", "{", "}", "0",
        ]
        func text() -> String {
            (0..<Int(random.unit(at: 999) * 6) + 1).map { _ in draw(pieces) }.joined()
        }
        let heads = [
            "", "/complete ", "/ref ", "/system ", "/set stop ", "/set $y ", "/load ", "/source ",
            "/expect base equals ", "/expect all contains ", "/again seed=", "# ", "!", "/note ",
        ]
        let entries = (0..<6).map { _ in
            draw([true, true, false])
                ? draw(heads) + text()
                : "\"\"\"\n" + text() + "\n" + text() + "\n\"\"\""
        }
        let script = entries.joined(separator: "\n")
        let variables = {
            var variables = Variables(arguments: ["first", "second one"])
            variables.give("x", "value of x")
            return variables
        }()
        guard let read = try? Script(script, file: "s", variables: variables) else { return }
        let printed = try ScriptFormat.format(script, file: "s")
        let again = try Script(printed, file: "s", variables: variables)
        func kept(_ script: Script) -> [Command] {
            script.entries.map(\.command)
        }
        #expect(kept(again) == kept(read), "\(script)\n---\n\(printed)")
        #expect(try ScriptFormat.format(printed, file: "s") == printed)
    }
}
