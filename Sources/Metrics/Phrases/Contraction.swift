/// English contractions, written out.
enum Contraction {
    private static let whole: [String: [String]] = [
        "cannot": ["can", "not"], "can't": ["can", "not"], "cant": ["can", "not"],
        "won't": ["will", "not"], "wont": ["will", "not"], "shan't": ["shall", "not"],
        "ain't": ["is", "not"], "dont": ["do", "not"], "doesnt": ["does", "not"],
        "didnt": ["did", "not"], "isnt": ["is", "not"], "im": ["i", "am"], "i'm": ["i", "am"],
        "dunno": ["do", "not", "know"],
    ]

    private static let endings: [(String, String)] = [
        ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would"),
    ]

    /// After these `'s` is a verb; elsewhere it can be a genitive.
    private static let verbal: Set<String> = ["it", "that", "there", "this", "what", "here"]

    /// - Parameter word: in lower case, with straight apostrophes.
    static func words(of word: String) -> [String] {
        if let parts = whole[word] { return parts }
        if word.hasSuffix("n't") { return [String(word.dropLast(3)), "not"] }
        for (ending, verb) in endings where word.hasSuffix(ending) {
            return [String(word.dropLast(ending.count)), verb]
        }
        if word.hasSuffix("'s"), verbal.contains(String(word.dropLast(2))) {
            return [String(word.dropLast(2)), "is"]
        }
        return [word]
    }
}
