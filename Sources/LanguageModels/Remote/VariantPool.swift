import Basics
import HTTP
import Inference

/// Local and remote variants behind one list of names: a lineup can mix them.
public final class VariantPool: AnswerSource {
    let local: ModelPool
    let remote: RemotePool
    /// All names, in the order of loading.
    private var names: [String] = []

    /// - Parameters:
    ///   - policy: how servers are asked.
    ///   - tape: what is told of what they say, or says it in their place.
    public init(
        local: ModelPool, policy: HTTPPolicy = HTTPPolicy(), tape: RemoteTape = RemoteTape()
    ) {
        self.local = local
        remote = RemotePool(policy, tape)
    }

    public var tape: RemoteTape? { remote.tape }

    public var variants: [VariantInformation] {
        let all = local.variants + remote.loaded.map(\.information)
        return names.compactMap { name in all.first { $0.name == name } }
    }

    public func load(
        path: String, name: String, adapterPath: String?, quantization: Quantization?
    ) throws(TandemError) -> VariantInformation {
        try checkIsNotRemote(name)
        let information = try local.load(
            path: path, name: name, adapterPath: adapterPath, quantization: quantization)
        names.append(name)
        return information
    }

    public func attach(adapterPath: String, to base: String, name: String) throws(TandemError)
        -> VariantInformation
    {
        try checkIsNotRemote(name)
        if remote.variant(base) != nil {
            throw TandemError(
                .unsupported, "\(base) is remote: only its server can put an adapter on it",
                remedy: "servers such as vLLM give an adapter a name: /load URL#ADAPTER as \(name)")
        }
        let information = try local.attach(adapterPath: adapterPath, to: base, name: name)
        names.append(name)
        return information
    }

    public func connect(
        to address: String, name: String, _ options: RemoteOptions,
        isInterrupted: @escaping () -> Bool
    ) throws(TandemError) -> VariantInformation {
        try checkIsNotRemote(name)
        try local.checkIsFree(name)
        let information = try remote.connect(
            to: address, name: name, options, isInterrupted: isInterrupted)
        names.append(name)
        return information
    }

    public func unload(_ name: String) throws(TandemError) {
        if remote.variant(name) != nil { remote.unload(name) } else { try local.unload(name) }
        names.removeAll { $0 == name }
    }

    private func checkIsNotRemote(_ name: String) throws(TandemError) {
        if remote.variant(name) != nil { throw ModelPool.isTaken(name) }
    }

    public func identity(of name: String) throws(TandemError) -> VariantIdentity {
        guard let variant = remote.variant(name) else { return try local.identity(of: name) }
        return VariantIdentity(
            parts: ["server \(variant.information.modelPath)"], files: [], digests: { [] })
    }
}
