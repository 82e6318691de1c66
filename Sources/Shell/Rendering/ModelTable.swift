import Basics
import LanguageModels

/// What is loaded, for `/models`.
struct ModelTable {
    let lines: [String]

    init(_ variants: [VariantInformation], lineup: [String]) {
        if variants.isEmpty {
            lines = ["nothing is loaded; /load PATH as NAME loads a model, /load demo the demo"]
            return
        }
        lines = variants.map { variant in
            let mark = lineup.contains(variant.name) ? "* " : "  "
            let parameters =
                "\(Numbers.fixed(Double(variant.parameterCount) / 1e6, 1)) M parameters"
            return mark + LoadedLine.text(variant, showsTiming: false)
                + ", \(parameters), context \(variant.contextLength)"
        }
    }
}
