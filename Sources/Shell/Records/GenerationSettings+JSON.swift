import Basics
import LanguageModels

extension GenerationSettings {
    /// By the names of `/set`, with the values that it reads back.
    var json: JSON {
        var object = JSONObject()
        for setting in Setting.all { object[setting.name] = .string(setting.read(self)) }
        return .object(object)
    }

    /// - Throws: `usage` for a setting or value that this build does not have.
    init(_ json: JSON) throws(TandemError) {
        self.init()
        for (name, value) in json.object?.members ?? [] {
            try Setting.apply(name, value.string ?? "", to: &self)
        }
    }
}
