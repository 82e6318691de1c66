/// Where a remote variant is, and what its server does.
public struct RemoteInformation: Sendable, Equatable {
    /// The address below which requests go.
    public var address: String
    public var model: String
    public var capabilities: RemoteCapabilities
    public var price: TokenPrice?
}
