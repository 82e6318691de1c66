/// What one line of the shell, or of a script, asks for.
public enum Command: Sendable, Equatable {
    case prompt(String)
    /// - path: of a model, or `URL#MODEL`.
    /// - quantization: one of `CommandDescription.quantizations`; nil: weights as they are.
    /// - remote: how a server is reached.
    case load(
        path: String, name: String?, adapter: String?, quantization: String? = nil,
        remote: Remote = Remote())
    case adapter(path: String, base: String, name: String?)
    case unload(String)
    case models
    case lineup([String])
    case budget(Budget)
    case pin(String, Bool)
    /// Without a key: show all settings.
    case set(key: String?, value: String)
    /// A variable, and what stands for it from here on.
    case define(String, String)
    case system(String)
    case chat(Bool)
    case complete(String)
    /// The last prompt once more, with settings for this time.
    case again([Assignment])
    case clear
    /// A text, or `@FILE`; one more beside those that are there, or the only one.
    case reference(String, isFurther: Bool = false)
    case score([String], turns: TurnChoice = .last)
    /// A judge scores answers.
    case judge(Judging)
    /// A judge compares answers, two at a time and in both orders.
    case versus(Judging)
    case rubric(Rubric)
    /// A person rates some of the answers that were judged.
    case audit
    case rate(Rating)
    /// Every row of a file through the lineup.
    case run(RunRequest)
    case failures(FailuresRequest)
    /// Prompts that tempt to make something up.
    case trap(TrapRequest)
    case show(Int?)
    /// How the answers of a turn differ: each from the first, or the two that are named.
    case diff(turns: TurnChoice = .last, names: [String] = [])
    /// The tokens of one variant's answer, or of everyone's.
    case tokens(turns: TurnChoice = .last, name: String? = nil)
    case history(HistoryRequest)
    case save(String, SavedTurns = .all)
    /// A saved script, run again and laid beside what was recorded.
    case replay(String, [String] = [])
    /// A script, and what stands for `$1` and so on in it.
    case source(String, [String] = [])
    case expect(Expectation)
    case output(String)
    case timing(Bool)
    case help(String?)
    case quit
    case shell(String)
    case comment(String)

    /// What is said of a server besides its address.
    public struct Remote: Sendable, Equatable {
        /// The environment variable or the file that holds the key, never the key itself.
        public var key: String?
        public var allowsPlainHTTP = false
        /// Of a million tokens of prompts and of answers, `0.15/0.60`.
        public var price: String?

        public init(key: String? = nil, allowsPlainHTTP: Bool = false, price: String? = nil) {
            self.key = key
            self.allowsPlainHTTP = allowsPlainHTTP
            self.price = price
        }
    }

    /// How much memory models may take.
    public enum Budget: Sendable, Equatable {
        case show, automatic
        case bytes(Int)
    }

    public struct Assignment: Sendable, Equatable {
        public var key: String
        public var value: String

        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }
}
