import Basics
import HTTP
import Testing

struct ServerSentEventsTests {
    private static let cases: [(String, [String])] = [
        ("data: a\n\n", ["a"]), ("data:a\n\n", ["a"]), ("data:  a\n\n", [" a"]),
        ("data: a\r\n\r\n", ["a"]), ("data: a\r\r", ["a"]),
        ("data: a\n\r\ndata: b\r\n\n", ["a", "b"]),
        ("\u{FEFF}data: a\n\n", ["a"]), ("\u{FEFF}\u{FEFF}data: a\n\n", []),
        ("data: a\ndata: b\n\n", ["a\nb"]), ("data\n\n", [""]), ("data: \n\n", [""]),
        (": comment\n\n: another\ndata: a\n\n", ["a"]), ("data: a\n", []), ("data: a", []),
        ("data: a\n\ndata: lost\n", ["a"]), ("id: 1\nretry: 5\ndata: a\n\n", ["a"]),
        ("\n\n\ndata: a\n\n\n", ["a"]), ("Data: a\n\n", []), ("data : a\n\n", []),
        ("data: {\"x\": \"é日🫖\"}\n\n", ["{\"x\": \"é日🫖\"}"]), ("data: a:b\n\n", ["a:b"]),
    ]

    /// The same events wherever the stream is cut, into two parts or into bytes.
    @Test(arguments: cases)
    func readsWhereverItIsCut(_ text: String, _ expected: [String]) throws {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            var stream = ServerSentEvents()
            var events: [ServerSentEvents.Event] = []
            try stream.append(bytes[..<cut], to: &events)
            try stream.append(bytes[cut...], to: &events)
            #expect(events.map(\.data) == expected, "cut at \(cut)")
        }
        var stream = ServerSentEvents()
        var events: [ServerSentEvents.Event] = []
        for byte in bytes { try stream.append([byte], to: &events) }
        #expect(events.map(\.data) == expected)
    }

    @Test func namesStayWithTheirEvent() throws {
        var stream = ServerSentEvents()
        var events: [ServerSentEvents.Event] = []
        try stream.append("event: error\ndata: a\n\ndata: b\n\nevent: x\n\n".utf8, to: &events)
        #expect(events.map(\.name) == ["error", "message"])
        #expect(events.map(\.data) == ["a", "b"])
    }

    @Test(arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0xAB]] as [[UInt8]])
    func whatIsNoUTF8IsNoText(_ bytes: [UInt8]) {
        var stream = ServerSentEvents()
        var events: [ServerSentEvents.Event] = []
        #expect(throws: TandemError.self) {
            try stream.append(
                Array("data: a\n\ndata: ".utf8) + bytes + Array("\n\n".utf8), to: &events)
        }
        #expect(events.map(\.data) == ["a"])
    }
}
