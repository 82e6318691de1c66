import Basics
import LanguageModels
import LineEditor
import Sessions

/// Variants that servers answer for.
extension Interpreter {
    func connect(to address: String, name: String, _ options: Command.Remote) throws(TandemError) {
        let key: KeySource? = options.key.map { word in
            word.contains("/") ? .file(HomePath.expanded(word)) : .environment(word)
        }
        var price: TokenPrice?
        if let text = options.price {
            price = TokenPrice(text)
            if price == nil {
                throw TandemError(
                    .usage, "\(text) is no price",
                    remedy: "a million prompt tokens / a million answer tokens, such as 0.15/0.60")
            }
        }
        let information = try InterruptFlag.watching { () throws(TandemError) in
            try source.connect(
                to: address, name: name,
                RemoteOptions(
                    key: key, allowsPlainHTTP: options.allowsPlainHTTP, price: price),
                isInterrupted: { InterruptFlag.isRaised })
        }
        try announce(information)
    }
}
