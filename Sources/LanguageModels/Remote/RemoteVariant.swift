/// A name under which a server's model answers.
final class RemoteVariant {
    let information: VariantInformation
    let server: RemoteServer
    let capabilities: RemoteCapabilities
    /// When it last answered.
    var lastUse: ContinuousClock.Instant?

    init(
        _ information: VariantInformation, _ server: RemoteServer,
        _ capabilities: RemoteCapabilities
    ) {
        self.information = information
        self.server = server
        self.capabilities = capabilities
    }
}
