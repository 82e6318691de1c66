/// Comparisons of whole answers.
enum Matching {
    /// 1 where the two are equal in lower case, without ASCII punctuation and with white space
    /// collapsed; else 0.
    static func exact(_ prediction: String, _ reference: String) -> Double {
        normalized(prediction).utf8.elementsEqual(normalized(reference).utf8) ? 1 : 0
    }

    /// F1 of the words of the two, with the articles a, an, the left out. Two empty answers agree.
    ///
    /// Rajpurkar et al., "SQuAD", 2016, the official evaluation script.
    static func f1(_ prediction: String, _ reference: String) -> Double {
        var numbers = WordNumbers()
        func words(_ text: String) -> [Int32] {
            numbers.numbers(
                PythonText.words(normalized(text)).filter { word in
                    !["a", "an", "the"].contains(String(word))
                })
        }
        let (found, wanted) = (words(prediction), words(reference))
        if found.isEmpty || wanted.isEmpty { return found == wanted ? 1 : 0 }
        let shared = NGramCounts(found, order: 1).shared(with: NGramCounts(wanted, order: 1))
        if shared == 0 { return 0 }
        let precision = Double(shared) / Double(found.count)
        let recall = Double(shared) / Double(wanted.count)
        return 2 * precision * recall / (precision + recall)
    }

    private static func normalized(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in PythonText.lowercased(text).unicodeScalars where !isPunctuation(scalar) {
            kept.append(scalar)
        }
        return PythonText.collapsed(String(kept))
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "!"..."/", ":"..."@", "["..."`", "{"..."~": true
        default: false
        }
    }
}
