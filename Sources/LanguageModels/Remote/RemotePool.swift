import Basics
import HTTP

/// The variants that servers answer for.
final class RemotePool {
    private(set) var loaded: [RemoteVariant] = []
    private let policy: HTTPPolicy
    let tape: RemoteTape
    /// Made when the first server is asked: libcurl takes time to set up.
    private var client: HTTPClient?

    init(_ policy: HTTPPolicy, _ tape: RemoteTape) {
        self.policy = policy
        self.tape = tape
    }

    func variant(_ name: String) -> RemoteVariant? {
        loaded.first { $0.information.name == name }
    }

    /// Asks a server what it does, and keeps it as `name`.
    /// - Throws: `usage` for an address that may not be asked; `notFound` for a model or a key that
    ///   is not there; `network`.
    func connect(
        to text: String, name: String, _ options: RemoteOptions,
        isInterrupted: @escaping () -> Bool
    ) throws(TandemError) -> VariantInformation {
        let start = ContinuousClock.now
        let address = try RemoteAddress(text, allowsPlainHTTP: options.allowsPlainHTTP)
        if tape.isReplaying {
            let variant = try tape.variant(named: name, at: text, address, price: options.price)
            loaded.append(variant)
            return variant.information
        }
        let key = try Self.key(for: address.base, options)
        let client = try readyClient()
        let model = try Self.model(address, key, client, isInterrupted)
        let server = RemoteServer(base: address.base, model: model, key: key)
        var probe = RemoteProbe(client, server, isInterrupted: isInterrupted)
        let capabilities = try probe.run()
        let variant = RemoteVariant(
            name: name, server, capabilities, price: options.price,
            seconds: start.duration(to: .now).seconds)
        tape.keep(variant, address: text)
        loaded.append(variant)
        return variant.information
    }

    private func readyClient() throws(TandemError) -> HTTPClient {
        if let client { return client }
        let made = try HTTPClient(policy)
        client = made
        return made
    }

    func unload(_ name: String) { loaded.removeAll { $0.information.name == name } }

    /// Begins to answer.
    func begin(_ requests: [(index: Int, request: GenerationRequest, variant: RemoteVariant)])
        -> RemoteBatch
    {
        RemoteBatch(client, requests)
    }

    private static func key(for base: HTTPEndpoint, _ options: RemoteOptions) throws(TandemError)
        -> APIKey?
    {
        if let source = options.key { return try APIKey(source) }
        guard base.authority == RemoteOptions.defaultKeyHost else { return nil }
        return try APIKey(.environment(RemoteOptions.defaultKeyVariable))
    }

    /// The model's name as the server lists it; a server that lists others answers with another one
    /// than was asked for, and some say nothing of it.
    private static func model(
        _ address: RemoteAddress, _ key: APIKey?, _ client: HTTPClient,
        _ isInterrupted: () -> Bool
    ) throws(TandemError) -> String {
        let request = HTTPRequest(.get, address.base.appending("/models"), key: key)
        var names: [String] = []
        do throws(HTTPFailure) {
            let bytes = try client.body(of: request, isInterrupted: isInterrupted)
            let list = (try? JSON.parse(bytes))?["data"]?.array ?? []
            names = list.compactMap { $0["id"]?.string }
        } catch {
            guard case .status(let status) = error.kind, address.model != nil, status != 401 else {
                throw error.error
            }
        }
        let shown = names.prefix(20).joined(separator: ", ")
        if let model = address.model {
            if names.isEmpty || names.contains(model) { return model }
            throw TandemError(
                .notFound, "the server has no model \(model)", file: address.base.text,
                remedy: "it lists: \(shown)")
        }
        if names.count == 1 { return names[0] }
        throw TandemError(
            .usage,
            names.isEmpty ? "the server lists no models" : "the server has \(names.count) models",
            file: address.base.text,
            remedy: "name one: \(address.base.text)#MODEL"
                + (names.isEmpty ? "" : "; it lists: \(shown)"))
    }
}
