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
        let information = try InterruptFlag.watching { () throws(TandemError) in
            try source.connect(
                to: address, name: name,
                RemoteOptions(key: key, allowsPlainHTTP: options.allowsPlainHTTP),
                isInterrupted: { InterruptFlag.isRaised })
        }
        try announce(information)
    }
}
