import LanguageModels

/// Where the tokens of two answers part.
enum TokenParting: Equatable {
    /// Both are the same tokens.
    case nowhere
    /// One answer ends after so many tokens that both have, without a token that ends its turn.
    case end(shared: Int, ofFirst: Bool)
    /// After so many tokens that both have, each goes on with another one.
    case tokens(shared: Int, first: Int32, second: Int32)
    /// The tokens of this variant's answer are not known.
    case unknown(String)

    init(_ first: Answer, _ second: Answer) {
        if let remote = [first, second].first(where: { $0.numerics == nil }) {
            self = .unknown(remote.variant)
        } else {
            self.init(first.tokenIDs, second.tokenIDs)
        }
    }

    private init(_ first: [Int32], _ second: [Int32]) {
        let shared = zip(first, second).prefix { $0 == $1 }.count
        if first.count == shared && second.count == shared {
            self = .nowhere
        } else if first.count == shared || second.count == shared {
            self = .end(shared: shared, ofFirst: first.count == shared)
        } else {
            self = .tokens(shared: shared, first: first[shared], second: second[shared])
        }
    }
}
