import Basics
import Glibc

extension TemplateRunner {
    /// The functions that every template can call.
    func builtIn(_ name: String) -> TemplateValue? {
        let function: ((TemplateCall) throws(TandemError) -> TemplateValue)? =
            switch name {
            case "range": range
            case "namespace", "dict":
                { call throws(TandemError) in
                    let space = TemplateDictionary(isNamespace: name == "namespace")
                    if case .dictionary(let given)? = call.positional.first {
                        space.entries = given.entries
                    }
                    for (key, value) in call.named { space[key] = value }
                    return .dictionary(space)
                }
            case "raise_exception":
                { [unowned self] call throws(TandemError) in
                    throw TandemError(
                        .malformed,
                        "the chat template refuses the conversation: "
                            + (call.positional.first?.printed.text ?? ""), file: file)
                }
            case "strftime_now":
                { [unowned self] call throws(TandemError) in
                    .trusted(
                        ClockText.format(
                            call.positional.first?.printed.text ?? "", seconds: clock ?? time(nil),
                            isUTC: clock != nil))
                }
            case "joiner":
                { call throws(TandemError) in
                    let separator = call.positional.first ?? .trusted(", ")
                    let wasCalled = TemplateList([])
                    return .function(
                        "joiner",
                        TemplateFunction { _ throws(TandemError) in
                            defer { wasCalled.items = [.bool(true)] }
                            return wasCalled.items.isEmpty ? .trusted("") : separator
                        })
                }
            default: nil
            }
        return function.map { .function(name, TemplateFunction(call: $0)) }
    }

    private func range(_ call: TemplateCall) throws(TandemError) -> TemplateValue {
        var bounds: [Int] = []
        for value in call.positional {
            guard let index = value.index else { throw error("range takes integers") }
            bounds.append(index)
        }
        guard (1...3).contains(bounds.count) else { throw error("range takes 1 to 3 integers") }
        let (start, end) = bounds.count == 1 ? (0, bounds[0]) : (bounds[0], bounds[1])
        let step = bounds.count == 3 ? bounds[2] : 1
        if step == 0 { throw error("range cannot have the step 0") }
        let (span, overflow) = end.subtractingReportingOverflow(start)
        if overflow || span / max(1, abs(max(step, -(1 << 40)))) > 1_000_000 {
            throw TemplateBudget.exceeded("1,000,000 elements")
        }
        let items = stride(from: start, to: end, by: step).map { TemplateValue.integer($0) }
        try budget.make(items.count * 8)
        return .list(TemplateList(items))
    }
}

/// Dates in the formats of `strftime`, in English.
enum ClockText {
    static func format(_ format: String, seconds: Int, isUTC: Bool) -> String {
        var (seconds, parts) = (time_t(seconds), tm())
        if isUTC { gmtime_r(&seconds, &parts) } else { localtime_r(&seconds, &parts) }
        if format.isEmpty { return "" }
        let capacity = 4096
        var buffer = [CChar](repeating: 0, count: capacity)
        let count = strftime(&buffer, capacity, format, &parts)
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
