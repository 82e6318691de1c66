/// What a loaded variant is, for people and records.
public struct VariantInformation: Sendable, Equatable {
    public var name: String
    public var modelPath: String
    public var adapterPath: String?
    /// The name of the variant whose weights this one shares; nil for the first one loaded.
    public var sharesWeightsWith: String?
    /// The type of most weights, such as `Q4_1`, or `Q8_0 (from BF16)` where they were rounded.
    public var typeLabel: String
    public var architecture: String
    public var parameterCount: Int
    /// Bytes of the model's weight files; counted once for variants that share them.
    public var byteCount: Int
    public var adapterByteCount: Int
    /// Bytes that the model's weights and the adapter take in memory.
    public var memoryByteCount = 0
    public var adapterMemoryByteCount = 0
    public var contextLength: Int
    public var loadSeconds: Double
    /// Where the packed weights are being kept for the next time, when this is the first.
    public var keptPath: String?
    /// Nil of a local variant; of a remote one the counts above are 0.
    public var remote: RemoteInformation?

    public init(
        name: String, modelPath: String, adapterPath: String? = nil,
        sharesWeightsWith: String? = nil, typeLabel: String, architecture: String,
        parameterCount: Int, byteCount: Int, adapterByteCount: Int = 0, contextLength: Int,
        loadSeconds: Double
    ) {
        self.name = name
        self.modelPath = modelPath
        self.adapterPath = adapterPath
        self.sharesWeightsWith = sharesWeightsWith
        self.typeLabel = typeLabel
        self.architecture = architecture
        self.parameterCount = parameterCount
        self.byteCount = byteCount
        self.adapterByteCount = adapterByteCount
        self.contextLength = contextLength
        self.loadSeconds = loadSeconds
    }
}
