import ModelFiles
import TestSupport
import Testing

/// Headers that break the rules of safetensors.
struct SafetensorsRefusalTests {
    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","shape":[4.5],"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","shape":[1e400],"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,32]}}"#,
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0]}}"#,
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","shape":4,"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":4,"shape":[4],"data_offsets":[0,16]}}"#,
        #"{"a":[],"b":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
        #"{"__metadata__":{"a":1},"b":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
        #"{"__metadata__":"a","b":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
        #"{"\ud800":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
        #" {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
        "[]", "", "{", "{}",
    ])
    func header(_ header: String) throws {
        let folder = try TemporaryFolder()
        try TestFile.write(
            SafetensorsWriter.bytes(header: header, data: [UInt8](repeating: 0, count: 16)),
            to: folder("file"))
        expectError(.malformed) { _ = try SafetensorsFile(path: folder("file")) }
    }

    @Test func headerLengths() throws {
        let folder = try TemporaryFolder()
        for length: UInt64 in [0, 7, 1 << 63, .max, 100_000_001] {
            let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) } + Array("{}".utf8)
            try TestFile.write(bytes, to: folder("file"))
            expectError(.malformed) { _ = try SafetensorsFile(path: folder("file")) }
        }
    }

    /// Tensors may stand in the header in any order, and need not be aligned.
    @Test func anyOrderAndAlignment() throws {
        let folder = try TemporaryFolder()
        let header =
            #"{"b":{"dtype":"F32","shape":[1],"data_offsets":[3,7]},"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}  "#
        try TestFile.write(
            SafetensorsWriter.bytes(header: header, data: [1, 2, 3, 0, 0, 0x80, 0x3F]),
            to: folder("file"))
        let file = try SafetensorsFile(path: folder("file"))
        #expect(file.entries.map(\.name) == ["b", "a"])
        #expect(try file.tensor(named: "b").dequantized() == [1])
        expectError(.unsupported, "tensor a", "U8") { _ = try file.tensor(named: "a") }
        expectError(.notFound, "c") { _ = try file.tensor(named: "c") }
    }
}
