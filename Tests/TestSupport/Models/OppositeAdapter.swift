import Basics

/// A copy of an adapter that pulls the other way: the B of every pair has the opposite sign.
public enum OppositeAdapter {
    /// - Parameters:
    ///   - path: a PEFT folder with weights in BF16.
    ///   - copy: the folder to be written.
    public static func write(of path: String, to copy: String) throws {
        let (config, weights) = ("/adapter_config.json", "/adapter_model.safetensors")
        try TestFile.makeFolder(copy)
        try TestFile.write(TestFile.bytes(of: path + config), to: copy + config)
        var bytes = try TestFile.bytes(of: path + weights)
        let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try JSON.parse(Array(bytes[8..<8 + length]), file: path + weights)
        for (name, tensor) in header.object?.members ?? [] where name.contains("lora_B") {
            let offsets = (tensor["data_offsets"]?.array ?? []).compactMap(\.integer)
            guard offsets.count == 2, tensor["dtype"] == "BF16" else {
                throw TestFileError(path: path + weights)
            }
            for high in stride(
                from: 8 + length + offsets[0] + 1, to: 8 + length + offsets[1], by: 2)
            {
                bytes[high] ^= 0x80
            }
        }
        try TestFile.write(bytes, to: copy + weights)
    }
}
