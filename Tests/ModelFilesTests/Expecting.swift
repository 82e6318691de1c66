import Basics
import ModelFiles
import Testing

/// Expects that `body` fails with `code` and a message that has every one of `words`.
func expectError(
    _ code: TandemError.Code, _ words: String..., at location: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
) {
    do {
        try body()
        Issue.record("accepted", sourceLocation: location)
    } catch let error as TandemError {
        #expect(error.code == code, "\(error)", sourceLocation: location)
        for word in words {
            #expect(error.message.contains(word), "\(error)", sourceLocation: location)
        }
        #expect(error.file != nil, "\(error)", sourceLocation: location)
    } catch {
        Issue.record(error, sourceLocation: location)
    }
}
