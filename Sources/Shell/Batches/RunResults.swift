import LanguageModels

/// The finished rows of a run.
struct RunResults {
    struct Item {
        let row: PromptRow
        /// One of each variant, in their order.
        let answers: [RunAnswer]
    }

    let file: String
    let variants: [String]
    /// How all answers were computed.
    let numerics: Numerics
    let system: String
    let items: [Item]

    /// The group of each item, for errors that are clustered; nil where no two items share one.
    var groups: [Int]? {
        var numbers: [String: Int] = [:]
        var groups: [Int] = []
        for (index, item) in items.enumerated() {
            // A row without a group stands for itself.
            guard let name = item.row.group else {
                groups.append(-index - 1)
                continue
            }
            let number = numbers[name] ?? numbers.count
            numbers[name] = number
            groups.append(number)
        }
        return Set(groups).count < groups.count ? groups : nil
    }
}
