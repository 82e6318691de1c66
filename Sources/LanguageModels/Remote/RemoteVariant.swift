/// A name under which a server's model answers.
final class RemoteVariant {
    let information: VariantInformation
    let server: RemoteServer
    let capabilities: RemoteCapabilities
    /// When it last answered.
    var lastUse: ContinuousClock.Instant?

    /// - Parameter seconds: how long it took to ask what the server does.
    init(
        name: String, _ server: RemoteServer, _ capabilities: RemoteCapabilities,
        price: TokenPrice?, seconds: Double
    ) {
        var information = VariantInformation(
            name: name, modelPath: server.base.text + "#" + server.model, typeLabel: "remote",
            architecture: "remote", parameterCount: 0, byteCount: 0, contextLength: 0,
            loadSeconds: seconds)
        information.remote = RemoteInformation(
            address: server.base.text, model: server.model, capabilities: capabilities,
            price: price)
        self.information = information
        self.server = server
        self.capabilities = capabilities
    }
}
