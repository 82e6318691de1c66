import Basics
import HTTP
import Testing

struct EndpointTests {
    @Test(arguments: [
        ("https://api.example.com/v1", "https://api.example.com/v1", false),
        ("HTTPS://API.example.com:8443/v1/", "https://api.example.com:8443/v1", false),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", true),
        ("http://127.8.9.10/v1", "http://127.8.9.10/v1", true),
        ("http://localhost:8000/v1//", "http://localhost:8000/v1", true),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1", true),
    ])
    func takes(_ address: String, _ text: String, _ isLoopback: Bool) throws {
        let endpoint = try HTTPEndpoint(address)
        #expect(endpoint.text == text && endpoint.isLoopback == isLoopback)
    }

    @Test(arguments: [
        "http://example.com/v1", "http://127.0.0.1.example.com", "http://127.1", "http://0.0.0.0",
        "http://localhost.example.com", "http://127.0.0.256", "http://[::2]", "ftp://127.0.0.1",
        "file:///etc/passwd", "example.com/v1", "https://", "https:///v1",
        "https://user:secret-word@example.com", "https://example.com/v1?key=secret-word",
        "https://exa mple.com/secret-word", "https://example.com/\u{1B}secret-word",
        "https://bücher.example/secret-word", "https://example.com\\@evil.example/secret-word",
    ])
    func refuses(_ address: String) {
        #expect {
            try HTTPEndpoint(address)
        } throws: { error in
            (error as? TandemError)?.code == .usage && !"\(error)".contains("secret-word")
        }
    }

    @Test func plainHTTPToOthersMustBeAllowed() throws {
        let endpoint = try HTTPEndpoint("http://10.0.0.5:8000/v1", allowsPlainHTTP: true)
        #expect(endpoint.text == "http://10.0.0.5:8000/v1" && !endpoint.isLoopback)
    }
}
