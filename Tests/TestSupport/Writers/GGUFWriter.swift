import ModelFiles

/// Builds GGUF files: right ones, and with its fields set by hand wrong ones.
public struct GGUFWriter: Sendable {
    public enum Value: Sendable {
        case uint8(UInt8)
        case uint32(UInt32)
        case int32(Int32)
        case uint64(UInt64)
        case float32(Float)
        case bool(Bool)
        case string(String)
        case strings([String])
        case int32s([Int32])
        case float32s([Float])
        /// Anything else: a type number and the bytes that follow it.
        case raw(type: UInt32, [UInt8])
    }

    public struct WrittenTensor: Sendable {
        public var name: String
        public var typeID: UInt32
        /// Outermost first, as everywhere in Tandem; the file has them the other way round.
        public var shape: [UInt64]
        public var data: [UInt8]
        /// From the start of the data; nil: behind the tensor before.
        public var offset: UInt64?
    }

    public var magic = Array("GGUF".utf8)
    public var version: UInt32 = 3
    /// How the data is laid out; not written as a key.
    public var alignment = 32
    public var pairs: [(key: String, value: Value)] = []
    public var tensors: [WrittenTensor] = []
    public var tensorCount: UInt64?
    public var pairCount: UInt64?

    public init() {}

    public subscript(key: String) -> Value? {
        get { pairs.first { $0.key == key }?.value }
        set {
            let place = pairs.firstIndex { $0.key == key }
            if let place, let newValue {
                pairs[place].value = newValue
            } else if let place {
                pairs.remove(at: place)
            } else if let newValue {
                pairs.append((key, newValue))
            }
        }
    }

    public mutating func add(_ name: String, _ type: TensorType, shape: [Int], _ values: [Float]) {
        tensors.append(
            WrittenTensor(
                name: name, typeID: type.ggmlID, shape: shape.map(UInt64.init),
                data: TensorEncoder.encode(values, as: type)))
    }

    public mutating func removeTensor(_ name: String) { tensors.removeAll { $0.name == name } }

    public func bytes() -> [UInt8] {
        var file = LittleEndianBytes()
        file.append(magic)
        file.append(version)
        file.append(tensorCount ?? UInt64(tensors.count))
        file.append(pairCount ?? UInt64(pairs.count))
        for (key, value) in pairs {
            Self.append(key, to: &file)
            Self.append(value, to: &file)
        }
        var data = LittleEndianBytes()
        for tensor in tensors {
            data.pad(to: alignment)
            Self.append(tensor.name, to: &file)
            file.append(UInt32(tensor.shape.count))
            for size in tensor.shape.reversed() { file.append(size) }
            file.append(tensor.typeID)
            file.append(tensor.offset ?? UInt64(data.bytes.count))
            data.append(tensor.data)
        }
        if !tensors.isEmpty { file.pad(to: alignment) }
        file.append(data.bytes)
        return file.bytes
    }

    private static func append(_ text: String, to file: inout LittleEndianBytes) {
        file.append(UInt64(text.utf8.count))
        file.append(text.utf8)
    }

    private static func append(_ value: Value, to file: inout LittleEndianBytes) {
        func begin(_ type: GGUFValueType) { file.append(type.rawValue) }
        func beginArray(_ type: GGUFValueType, _ count: Int) {
            begin(.array)
            begin(type)
            file.append(UInt64(count))
        }
        switch value {
        case .uint8(let number):
            begin(.uint8)
            file.append(number)
        case .uint32(let number):
            begin(.uint32)
            file.append(number)
        case .int32(let number):
            begin(.int32)
            file.append(number)
        case .uint64(let number):
            begin(.uint64)
            file.append(number)
        case .float32(let number):
            begin(.float32)
            file.append(number.bitPattern)
        case .bool(let flag):
            begin(.bool)
            file.append(UInt8(flag ? 1 : 0))
        case .string(let text):
            begin(.string)
            append(text, to: &file)
        case .strings(let texts):
            beginArray(.string, texts.count)
            for text in texts { append(text, to: &file) }
        case .int32s(let numbers):
            beginArray(.int32, numbers.count)
            for number in numbers { file.append(number) }
        case .float32s(let numbers):
            beginArray(.float32, numbers.count)
            for number in numbers { file.append(number.bitPattern) }
        case .raw(let type, let bytes):
            file.append(type)
            file.append(bytes)
        }
    }
}
