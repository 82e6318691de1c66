import Basics

/// The tensors of one safetensors file, or of several that an index ties together.
struct ShardedTensors {
    /// Sorted by name.
    let files: [SafetensorsFile]
    /// All tensors, in the order of the files.
    let names: [String]
    private let places: [UTF8Key: SafetensorsFile]

    init(single path: String) throws(TandemError) {
        let file = try SafetensorsFile(path: path)
        files = [file]
        names = file.entries.map(\.name)
        places = Dictionary(uniqueKeysWithValues: names.map { (UTF8Key($0), file) })
    }

    /// - Parameter index: the path of `model.safetensors.index.json`.
    init(index: String, folder: String) throws(TandemError) {
        guard let map = try HuggingFaceFolder.object(at: index)["weight_map"]?.object else {
            throw TandemError(.malformed, "weight_map is missing or not an object", file: index)
        }
        var shards: [UTF8Key: SafetensorsFile] = [:]
        for name in try Self.shardNames(map, index: index) {
            let path = FilePath.join(folder, name)
            guard FilePath.isFile(path) else {
                throw TandemError(
                    .notFound, "the shard \(name) that the index names is not there", file: path,
                    remedy: "fetch the whole model")
            }
            shards[UTF8Key(name)] = try SafetensorsFile(path: path)
        }
        files = shards.sorted { $0.key.string < $1.key.string }.map(\.value)
        var places: [UTF8Key: SafetensorsFile] = [:]
        for (tensor, shardName) in map.members {
            guard let name = shardName.string, let shard = shards[UTF8Key(name)],
                shard.entry(named: tensor) != nil
            else {
                throw TandemError(
                    .mismatch,
                    "the index places \(tensor.prefix(120)) in \(shardName.string ?? ""), which "
                        + "does not have it",
                    file: index)
            }
            places[UTF8Key(tensor)] = shard
        }
        self.places = places
        names = files.flatMap { $0.entries.map(\.name) }
        for file in files {
            for entry in file.entries where places[UTF8Key(entry.name)] !== file {
                throw TandemError(
                    .mismatch,
                    "\(entry.name.prefix(120)) is in this shard, but the index does not place it here",
                    file: file.mappedFile.path)
            }
        }
    }

    func file(of tensor: String) -> SafetensorsFile? { places[UTF8Key(tensor)] }

    /// The names of the shards, sorted; each a plain file name, so that no index leads out of the
    /// folder.
    private static func shardNames(_ map: JSONObject, index: String) throws(TandemError) -> [String]
    {
        var names: Set<UTF8Key> = []
        for (tensor, value) in map.members {
            guard let name = value.string else {
                throw TandemError(
                    .malformed, "the shard of \(tensor.prefix(120)) is not a file name", file: index
                )
            }
            guard name.utf8.suffix(12).elementsEqual(".safetensors".utf8),
                !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0)
            else {
                throw TandemError(
                    .malformed,
                    "the index names \"\(name.prefix(120))\"; a shard is a safetensors file in the "
                        + "same folder",
                    file: index)
            }
            names.insert(UTF8Key(name))
        }
        return names.map(\.string).sorted()
    }
}
