import Basics
import CLibedit

extension LineEditor {
    func loadSearchHistory() {
        for entry in history.entries { addToSearchHistory(entry) }
    }

    /// Adds an entry to the history that `^R` searches, in place of its earlier occurrence.
    func addToSearchHistory(_ text: String) {
        guard let searchHistory else { return }
        let key = UTF8Key(text)
        if let number = searchNumbers[key] { _ = tandem_history_delete(searchHistory, number) }
        var number: Int32 = -1
        _ = tandem_history_enter(searchHistory, WideText.terminated(text), &number)
        searchNumbers[key] = number < 0 ? nil : number
    }
}
