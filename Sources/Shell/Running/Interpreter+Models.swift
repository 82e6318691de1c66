import Basics
import LanguageModels
import Sessions

/// Which variants there are, and the settings that they are asked with.
extension Interpreter {
    func freeName(_ wanted: String = "base") -> String {
        let taken = Set(source.variants.map(\.name))
        if !taken.contains(wanted) { return wanted }
        var number = 2
        while taken.contains(wanted + String(number)) { number += 1 }
        return wanted + String(number)
    }

    func announce(_ information: VariantInformation, quantization: String? = nil)
        throws(TandemError)
    {
        if chosen?.contains(information.name) == false { chosen?.append(information.name) }
        let identity = try source.identity(of: information.name)
        output.renderer.loaded(information) { identity.sha256 }
        recorder.add(.loaded(information, identity, quantization: quantization))
        note(VariantEvents.record(information, identity, quantization: quantization))
        if let path = information.keptPath {
            output.note(
                "packed weights are being written to \(HomePath.shortened(path)); once they are "
                    + "there, loading is faster (\(PackedFolder.switchName)=off does without)"
            )
        }
    }

    func choose(_ names: [String]) throws(TandemError) {
        let loaded = source.variants.map(\.name)
        for name in names where !loaded.contains(name) {
            throw TandemError(
                .notFound, "no variant is called \(name)",
                remedy: "loaded: \(loaded.joined(separator: ", "))", culprit: name)
        }
        if Set(names).count < names.count {
            throw TandemError(.usage, "a variant stands twice in the lineup")
        }
        chosen = names.isEmpty ? nil : names
    }

    func showSettings() {
        output.renderLines(
            Setting.all.map { setting in
                let value =
                    "\(setting.name) \(TerminalText.visibleOnOneLine(setting.read(settings)))"
                let space = String(repeating: " ", count: max(1, 30 - value.count))
                return value + space + setting.summary
            })
    }
}
