import Basics
import Sessions

extension Interpreter {
    func failures(_ request: FailuresRequest) throws(TandemError) {}
}
