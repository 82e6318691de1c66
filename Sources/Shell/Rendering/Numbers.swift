/// Numbers as people read them.
enum Numbers {
    /// Without a needless `.0`.
    static func short(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15
            ? String(Int(value)) : value.description
    }

    static func fixed(_ value: Double, _ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 1e15 else { return value.description }
        let whole = Int(scaled)
        let sign = value < 0 && whole > 0 ? "-" : ""
        let unit = Int(scale)
        if digits == 0 { return sign + String(whole) }
        let fraction = String(whole % unit)
        return sign + String(whole / unit) + "."
            + String(repeating: "0", count: digits - fraction.utf8.count) + fraction
    }

    /// A p value.
    static func p(_ value: Double) -> String {
        value < 0.0001 ? "< 0.0001" : fixed(value, 4)
    }

    static func signed(_ value: Double, _ digits: Int) -> String {
        let text = fixed(value, digits)
        return text.hasPrefix("-") ? text : "+" + text
    }
}
