/// A command as help shows it and completion uses it.
public struct CommandDescription: Sendable {
    /// What can stand in the place of an argument.
    public enum Argument: Sendable {
        case file, variant, expectation, pin, size, metric, rubric, trap, setting, format, onOff,
            command,
            text
    }

    public let name: String
    public let usage: String
    public let summary: String
    public let example: String
    /// What completion offers after the name.
    public let argument: Argument

    /// What begins with `--` in the usage.
    public var options: [String] {
        usage.split { " []".contains($0) }.filter { $0.hasPrefix("--") }.map(String.init)
    }

    /// Every command, by group, in the order of help.
    public static let all: [CommandDescription] = [
        .init(
            name: "load",
            usage:
                "/load PATH|URL#MODEL [as NAME] [--adapter DIR] [--quant q8_0|q4_0] "
                + "[--key VARIABLE|FILE] [--price PROMPT/ANSWER] [--plain-http]",
            summary:
                "load a GGUF file or a Hugging Face folder, rounding its weights with --quant; "
                + "`demo` is the demo model. Or take a model of an OpenAI-compatible server, with "
                + "the key that an environment variable or a private file holds, and the price of a "
                + "million tokens",
            example: "/load ./my-model.gguf as base", argument: .file),
        .init(
            name: "adapter", usage: "/adapter DIR --on NAME [as NAME]",
            summary: "put a PEFT LoRA adapter on a loaded model; both share its weights",
            example: "/adapter ./lora --on base as tuned", argument: .file),
        .init(
            name: "unload", usage: "/unload NAME", summary: "forget a variant",
            example: "/unload tuned", argument: .variant),
        .init(
            name: "models", usage: "/models", summary: "list what is loaded", example: "/models",
            argument: .text),
        .init(
            name: "lineup", usage: "/lineup [NAME…]",
            summary: "choose who answers, in column order; without names: everyone",
            example: "/lineup base tuned", argument: .variant),
        .init(
            name: "budget", usage: "/budget [SIZE|auto]",
            summary: "how much memory models may take (K, M, G); without a size: show",
            example: "/budget 4G", argument: .size),
        .init(
            name: "pin", usage: "/pin NAME [off]",
            summary: "keep a variant in memory whatever else is loaded", example: "/pin base",
            argument: .pin),
        .init(
            name: "system", usage: "/system [TEXT]",
            summary: "set the system message; without text: none",
            example: "/system Answer in one sentence.", argument: .text),
        .init(
            name: "set", usage: "/set [KEY VALUE | $NAME VALUE]",
            summary:
                "change how answers are drawn, or give a variable its value: $NAME stands for it "
                + "from here on, $$ for a dollar sign; without a key: show all",
            example: "/set temperature 0.7", argument: .setting),
        .init(
            name: "chat", usage: "/chat on|off",
            summary: "keep the conversation, or answer each prompt by itself",
            example: "/chat on", argument: .onOff),
        .init(
            name: "complete", usage: "/complete TEXT",
            summary: "continue text as it stands, without the chat template",
            example: "/complete The capital of France is", argument: .text),
        .init(
            name: "again", usage: "/again [KEY=VALUE…]",
            summary: "answer the last prompt again, with other settings for once",
            example: "/again temperature=0.8 seed=2", argument: .setting),
        .init(
            name: "clear", usage: "/clear", summary: "forget the conversation", example: "/clear",
            argument: .text),
        .init(
            name: "ref", usage: "/ref [--also] TEXT|@FILE",
            summary:
                "give the expected answer of the last turn; with --also, one more that is as good",
            example: "/ref Paris", argument: .text),
        .init(
            name: "score", usage: "/score [TURN|all|run] [METRIC…]",
            summary:
                "score answers against their references: of the last turn, of another, or of all, "
                + "with what they come to together; of the rows of the last /run, by these metrics "
                + "too",
            example: "/score all rougeL em", argument: .metric),
        .init(
            name: "judge",
            usage: "/judge [TURN|all|run] [RUBRIC] [--by NAME] [--repeat N] [--weighted] | audit",
            summary:
                "have a variant score answers from 1 to 10 by a rubric, of turns or of the rows of the "
                + "last /run; --weighted reads a local "
                + "judge's probabilities; audit has you rate some of them, to see how far it is off",
            example: "/judge factual --by judge", argument: .rubric),
        .init(
            name: "versus", usage: "/versus [TURN|all|run] [RUBRIC] [--by NAME]",
            summary: "have a variant compare answers two by two, in both orders",
            example: "/versus all --by judge", argument: .rubric),
        .init(
            name: "rate",
            usage: "/rate [TURN|all|run] [--points] [--sample N] "
                + "| TURN|run ITEM NAME|tie|bad|NAME=POINTS…",
            summary:
                "rate answers yourself without seeing whose they are: which of two is better, or "
                + "from 1 to 10; of a run all rows or a sample, going on where you stopped",
            example: "/rate run --sample 30", argument: .text),
        .init(
            name: "rubric", usage: "/rubric [NAME] | new NAME | edit NAME | test NAME [--by NAME]",
            summary: "list rubrics, show one, make one, change it, or try it out",
            example: "/rubric test general --by judge", argument: .rubric),
        .init(
            name: "run",
            usage: "/run FILE [METRIC…] [--map FIELD=COLUMN] [--sample N] [--seed S] "
                + "[--threshold POINTS] [--fresh]",
            summary:
                "answer every row of a JSONL or CSV file (prompt, reference, system, id, group) and "
                + "compare the scores; an unfinished run goes on, unless --fresh. --map may come "
                + "several times; a difference below the threshold, in hundredths of the metric's "
                + "range, is not called better or worse",
            example: "/run tickets.csv em f1 --map prompt=question --sample 200 --threshold 2",
            argument: .file),
        .init(
            name: "failures",
            usage:
                "/failures [METRIC | open ITEM | again ITEM | trap ITEM KIND FIELDS | note ITEM TEXT | log]",
            summary:
                "the worst answers of the last run, the items that flipped, and groups of items; "
                + "look at one, ask it again, make a trap of it (FIELDS as in /trap), or keep it in the failure "
                + "log",
            example: "/failures note 17 invents a refund", argument: .metric),
        .init(
            name: "trap",
            usage:
                "/trap run [FILE|SET|KIND|NAME…] [--vary] [--judge NAME] [--fresh] | list [KIND|SET] | "
                + "show NAME | save SCRIPT | import FILE [as SET] | new | new NAME KIND FIELDS | add "
                + "NAME KIND FIELDS, with FIELDS of [--prompt TEXT] [--truth FORMS] [--correction FORMS] "
                + "[--falsehood FORMS] [--control TEXT] [--answer FORMS] [--reason TEXT] [--claim TEXT] "
                + "[--entity FORMS] [--names FORMS]",
            summary:
                "prompts that tempt to make something up, each with what is true, what is not, and a "
                + "control that has an answer: run them through the lineup and classify the answers, "
                + "--vary in other words, too, --judge where no rule decides; make one (forms stand "
                + "between |), or one of the last turn with add; save a script that checks them",
            example: "/trap run premise invented --vary", argument: .trap),
        .init(
            name: "show", usage: "/show [TURN]",
            summary: "show a turn again; without a number: all",
            example: "/show 2", argument: .text),
        .init(
            name: "diff", usage: "/diff [TURN|all] [NAME NAME]",
            summary:
                "show how answers differ, by words, and the token where they part with what each "
                + "model makes of both; of more than two, each beside the first",
            example: "/diff 2 base tuned", argument: .variant),
        .init(
            name: "tokens", usage: "/tokens [TURN|all] [NAME]",
            summary:
                "show how probable each token of an answer is, for its own model and for the others, "
                + "and where these would have gone on otherwise",
            example: "/tokens 2 tuned", argument: .variant),
        .init(
            name: "history", usage: "/history [TEXT | --all]",
            summary:
                "list the last sessions, or all; with a text, the prompts and answers of all "
                + "sessions that hold it. `tandem resume ID` goes on with one",
            example: "/history refund policy", argument: .text),
        .init(
            name: "save", usage: "/save NAME [--last N | --turns FIRST-LAST]",
            summary:
                "write the session, or what some turns of it need, as NAME.tandem, to be run again, "
                + "and what it gave as NAME.tandem.rec, to be compared with",
            example: "/save greetings --last 3", argument: .file),
        .init(
            name: "replay", usage: "/replay FILE [--NAME VALUE…] [-- VALUE…]",
            summary:
                "run a saved script again beside this session and compare what it gives with its "
                + "recording, as tandem run --check does",
            example: "/replay greetings.tandem", argument: .file),
        .init(
            name: "source", usage: "/source FILE [VALUE…]",
            summary: "run the commands of a file; the values stand for $1, $2 … in it",
            example: "/source check.tandem ./lora-v2", argument: .file),
        .init(
            name: "expect",
            usage:
                "/expect NAME|all contains|excludes TEXT… | equals TEXT | matches REGEX | refuses | "
                + "answers | ends; NAME.METRIC >=|>|<=|<|== VALUE|NAME.METRIC [+|- NUMBER]; "
                + "NAME.METRIC better|worse|not worse than NAME",
            summary:
                "state what must hold for the last turn's answers, or the last run's: their texts, "
                + "their scores (metrics, or judge, versus, rate, preferred), or a difference that is "
                + "significant. What does not hold makes the exit status 1",
            example: "/expect tuned.rougeL >= base.rougeL - 0.02", argument: .expectation),
        .init(
            name: "output", usage: "/output side|plain|table|json|jsonl|csv|md",
            summary: "choose how results are shown", example: "/output json", argument: .format),
        .init(
            name: "timing", usage: "/timing on|off", summary: "show times and rates",
            example: "/timing off", argument: .onOff),
        .init(
            name: "help", usage: "/help [COMMAND]", summary: "show this, or more on one command",
            example: "/help score", argument: .command),
        .init(
            name: "quit", usage: "/quit", summary: "leave; so does ^D", example: "/quit",
            argument: .text),
    ]

    /// What weights can be rounded to while they are loaded.
    public static let quantizations = ["q8_0", "q4_0"]

    public static let outputFormats = [
        "side", "plain", "table", "json", "jsonl", "csv", "md",
    ]
}
