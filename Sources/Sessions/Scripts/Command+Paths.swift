extension Command {
    /// The same command with its paths changed.
    /// - Parameter change: given a path as it is written, such as `./lora` or `~/models/a.gguf`.
    public func mappingPaths(_ change: (String) -> String) -> Command {
        switch self {
        case .load(let path, let name, let adapter, let quantization, var remote):
            if let key = remote.key, key.contains("/") { remote.key = change(key) }
            let isFile = path != Self.demo && !path.contains("://")
            return .load(
                path: isFile ? change(path) : path, name: name, adapter: adapter.map(change),
                quantization: quantization, remote: remote)
        case .adapter(let path, let base, let name):
            return .adapter(path: change(path), base: base, name: name)
        case .reference(let text, let isFurther) where text.hasPrefix("@"):
            return .reference("@" + change(String(text.dropFirst())), isFurther: isFurther)
        case .run(var request):
            request.file = change(request.file)
            return .run(request)
        case .trap(.run(var run)):
            run.names = run.names.map { TrapRequest.isPath($0) ? change($0) : $0 }
            return .trap(.run(run))
        case .trap(.importing(let file, let set)):
            return .trap(.importing(file: change(file), set: set))
        case .source(let file, let arguments): return .source(change(file), arguments)
        case .replay(let file, let values): return .replay(change(file), values)
        case .judge(var judging):
            judging.rubric = judging.rubric.map { $0.contains("/") ? change($0) : $0 }
            return .judge(judging)
        case .versus(var judging):
            judging.rubric = judging.rubric.map { $0.contains("/") ? change($0) : $0 }
            return .versus(judging)
        default: return self
        }
    }

    /// What `/load` takes for the demo model, and no path.
    public static let demo = "demo"
}
