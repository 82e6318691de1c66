import Basics
import ModelFiles

/// Builds safetensors files.
public struct SafetensorsWriter: Sendable {
    public struct WrittenTensor: Sendable {
        public var name: String
        public var dtype: String
        public var shape: [Int]
        public var data: [UInt8]
    }

    public var tensors: [WrittenTensor] = []

    public init() {}

    /// - Parameter type: one of the float types.
    public mutating func add(_ name: String, _ type: TensorType, shape: [Int], _ values: [Float]) {
        tensors.append(
            WrittenTensor(
                name: name, dtype: type.rawValue, shape: shape,
                data: TensorEncoder.encode(values, as: type)))
    }

    public mutating func remove(_ name: String) { tensors.removeAll { $0.name == name } }

    public func bytes() -> [UInt8] {
        var header = JSONObject()
        header["__metadata__"] = ["format": "pt"]
        var data: [UInt8] = []
        for tensor in tensors {
            header[tensor.name] = [
                "dtype": .string(tensor.dtype), "shape": .array(tensor.shape.map(JSON.integer)),
                "data_offsets": [
                    .integer(data.count), .integer(data.count + tensor.data.count),
                ],
            ]
            data.append(contentsOf: tensor.data)
        }
        return Self.bytes(header: JSON.object(header).text, data: data)
    }

    /// A file with this header, right or wrong, and these bytes behind it.
    public static func bytes(header: String, data: [UInt8]) -> [UInt8] {
        var file = LittleEndianBytes()
        file.append(UInt64(header.utf8.count))
        file.append(header.utf8)
        file.append(data)
        return file.bytes
    }
}
