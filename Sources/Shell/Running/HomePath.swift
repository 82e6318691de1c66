import Glibc

/// Paths with `~` for the user's home.
public enum HomePath {
    private static var home: String { getenv("HOME").map { String(cString: $0) } ?? "" }

    static func expanded(_ path: String) -> String {
        path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    }

    static func shortened(_ path: String) -> String {
        let home = home
        guard home.count > 1, path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }

    /// Where the demo model is kept.
    static var demoModel: String {
        let data = getenv("XDG_DATA_HOME").map { String(cString: $0) } ?? ""
        return (data.isEmpty ? home + "/.local/share" : data)
            + "/tandem/models/SmolLM2-135M-Instruct.Q4_1.gguf"
    }

    /// Where the answers of runs are kept.
    static var runsFolder: String { state + "/tandem/runs" }
    /// Where the answers to traps are kept.
    static var trapRunsFolder: String { state + "/tandem/trap-runs" }
    /// Where the journals of sessions are kept.
    public static var sessionsFolder: String { state + "/tandem/sessions" }
    static var failureLog: String { state + "/tandem/failures.jsonl" }
    static var historyFile: String { state + "/tandem/history" }
    static var configFile: String { config + "/tandem/config" }
    /// A user's own rubrics.
    static var rubricFolder: String { config + "/tandem/rubrics" }
    /// A user's own traps.
    static var trapFolder: String { config + "/tandem/traps" }
    /// Judges' finished calls.
    static var judgementFolder: String {
        let cache = getenv("XDG_CACHE_HOME").map { String(cString: $0) } ?? ""
        return (cache.isEmpty ? home + "/.cache" : cache) + "/tandem/judgements"
    }
    private static var config: String {
        let config = getenv("XDG_CONFIG_HOME").map { String(cString: $0) } ?? ""
        return config.isEmpty ? home + "/.config" : config
    }
    private static var state: String {
        let state = getenv("XDG_STATE_HOME").map { String(cString: $0) } ?? ""
        return state.isEmpty ? home + "/.local/state" : state
    }
}
