import Basics
import Sessions
import Testing

struct ExpectationTests {
    @Test(arguments: [
        (
            "tuned contains \"Team: A\" B",
            Sessions.Expectation.answer(of: "tuned", .contains(["Team: A", "B"]))
        ),
        ("all excludes x", .answer(of: nil, .excludes(["x"]))),
        ("base equals Team: A", .answer(of: "base", .equals("Team: A"))),
        ("base equals \"Team: A\"", .answer(of: "base", .equals("Team: A"))),
        ("base matches ^\\d+ \"x\"$", .answer(of: "base", .matches("^\\d+ \"x\"$"))),
        ("all refuses", .answer(of: nil, .refuses)), ("b answers", .answer(of: "b", .answers)),
        ("b ends", .answer(of: "b", .ends)),
        (
            "tuned.rougeL >= base.rougeL - 0.02",
            .score(
                .init(variant: "tuned", metric: "rougeL"), .atLeast,
                .init(.measure(.init(variant: "base", metric: "rougeL")), offset: -0.02))
        ),
        (
            "tuned.judge >= 7",
            .score(.init(variant: "tuned", metric: "judge"), .atLeast, .init(.number(7)))
        ),
        (
            "llama3.2.em == -1.5 + 2",
            .score(
                .init(variant: "llama3.2", metric: "em"), .equal, .init(.number(-1.5), offset: 2))
        ),
        (
            "a.regex:x.y < 1",
            .score(.init(variant: "a", metric: "regex:x.y"), .below, .init(.number(1)))
        ),
        (
            "tuned.em better than base",
            .standing(.init(variant: "tuned", metric: "em"), .better, than: "base")
        ),
        (
            "tuned.em not worse than base",
            .standing(.init(variant: "tuned", metric: "em"), .notWorse, than: "base")
        ),
    ])
    func reads(_ line: String, _ expectation: Sessions.Expectation) throws {
        #expect(try CommandParser.parse("/expect " + line) == .expect(expectation))
        #expect(try CommandParser.parse(expectation.text) == .expect(expectation))
    }

    @Test(arguments: [
        "two\nlines", " lead", "\"quoted\"", "it's", "", "ends \"\"\"", "a 'b' \"c\"",
    ])
    func textsSurviveASave(_ text: String) throws {
        let checks: [Sessions.Expectation.Check] = [
            .equals(text), .contains([text]), .excludes([text, "x"]),
        ]
        for check in checks {
            if case .excludes = check, text.contains("\n") { continue }
            let command = Command.expect(.answer(of: "base", check))
            let script = try Script(command.text, file: "saved")
            #expect(script.entries.map(\.command) == [command], "\(command.text)")
        }
    }

    @Test(arguments: [
        ("tuned", "what is expected", "tuned"), ("tuned is nice", "nothing that can be", "is"),
        ("tuned contains", "text is missing", "contains"), ("em >= 1", "NAME.METRIC", "em"),
        ("a.em >= b", "NAME.METRIC", "b"), ("a.em >= 1 - -2", "NUMBER", "-"),
        ("a.em better b", "better than", "better"), ("a.em >=", "value is missing", ">="),
        ("a matches (x", "regular expression", "(x"), ("a refuses it", "too many", "it"),
    ])
    func refuses(_ line: String, _ message: String, _ culprit: String) {
        #expect {
            try CommandParser.parse("/expect " + line)
        } throws: { error in
            let error = error as? TandemError
            return error?.code == .usage && error?.culprit == culprit
                && error?.message.contains(message) == true
        }
    }
}
