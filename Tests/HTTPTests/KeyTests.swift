import Basics
import Foundation
import HTTP
import LoopbackServer
import TestSupport
import Testing

/// Keys come from the environment or a private file, go into one header, and appear nowhere.
struct KeyTests {
    private static let secret = "sk-planted-0123456789"

    private func file(_ text: String, mode: Int = 0o600) throws -> (TemporaryFolder, String) {
        let folder = try TemporaryFolder()
        try TestFile.write(text, to: folder("key"))
        chmod(folder("key"), mode_t(mode))
        return (folder, folder("key"))
    }

    @Test func goesIntoTheHeaderAndIntoNoMessage() throws {
        let (folder, path) = try file("  \(Self.secret)\n")
        defer { withExtendedLifetime(folder) {} }
        let key = try APIKey(.file(path))
        let server = try LoopbackServer { request, _ in
            [.answer(401, "you sent \(request.headers["authorization"] ?? "nothing")")]
        }
        defer { server.close() }
        let client = try HTTPClient(FaultTests.policy)
        #expect {
            try client.body(of: FaultTests.request(server, key: key))
        } throws: { error in
            let error = (error as? HTTPFailure)?.error
            let text = "\(error.map { "\($0)" } ?? "")"
            return text.contains("you sent Bearer (key)") && !text.contains(Self.secret)
        }
        #expect(server.requests.first?.headers["authorization"] == "Bearer " + Self.secret)
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!(dumped + "\(key)" + String(reflecting: key)).contains(Self.secret))
    }

    @Test(arguments: [
        ("", 0o600), ("short", 0o600), ("two words here", 0o600), ("line\nanother-line", 0o600),
        (secret, 0o644), (secret, 0o660), ("schlüssel-geheim", 0o600),
        (String(repeating: "x", count: 5000), 0o600),
    ])
    func refusesOthers(_ text: String, _ mode: Int) throws {
        let (folder, path) = try file(text, mode: mode)
        defer { withExtendedLifetime(folder) {} }
        #expect {
            try APIKey(.file(path))
        } throws: { error in
            text.isEmpty || !"\(error)".contains(text)
        }
        #expect(throws: TandemError.self) { try APIKey(.environment("TANDEM_NO_SUCH_KEY")) }
    }
}
