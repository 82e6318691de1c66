/// The names that can be seen at one place of a template.
final class TemplateFrame {
    var variables: [String: TemplateValue] = [:]
    let parent: TemplateFrame?

    init(parent: TemplateFrame?) { self.parent = parent }

    func lookup(_ name: String) -> TemplateValue? {
        var frame: TemplateFrame? = self
        while let current = frame {
            if let value = current.variables[name] { return value }
            frame = current.parent
        }
        return nil
    }
}
