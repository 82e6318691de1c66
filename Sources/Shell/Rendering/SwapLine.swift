import Basics
import LanguageModels

/// One line on weights that went out and came in.
enum SwapLine {
    static func text(_ swap: Swap) -> String {
        func part(_ direction: String, _ names: [String], _ byteCount: Int) -> [String] {
            if names.isEmpty { return [] }
            return [
                "\(direction): \(names.joined(separator: ", ")) (\(ByteSize.readable(byteCount)))"
            ]
        }
        let parts =
            part("out", swap.out, swap.outByteCount) + part("in", swap.in, swap.inByteCount)
            + [Numbers.fixed(swap.seconds, 2) + " s"]
        return parts.joined(separator: ", ")
    }
}
