import Basics

extension ModelPool {
    public func rendering(of prompt: Prompt, by variant: String) throws(TandemError) -> String {
        try self.variant(variant).model.render(prompt)
    }
}
