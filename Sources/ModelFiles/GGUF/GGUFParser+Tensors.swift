import Basics

extension GGUFParser {
    mutating func tensorDescription() throws(TandemError) -> GGUFTensorDescription {
        let name = try text("the name of a tensor", limit: Self.maximumNameBytes)
        let dimensions: UInt32 = try reader.integer("the dimensions of a tensor")
        guard (1...4).contains(dimensions) else {
            throw malformed("tensor \(name) has \(dimensions) dimensions; 1 to 4 are possible")
        }
        var shape: [Int] = []
        for _ in 0..<dimensions {
            let size: UInt64 = try reader.integer("the shape of a tensor")
            guard let size = Int(exactly: size), size > 0 else {
                throw malformed("tensor \(name) has a dimension of \(size)")
            }
            shape.insert(size, at: 0)
        }
        let typeCode: UInt32 = try reader.integer("the type of a tensor")
        let type = try tensorType(typeCode, of: name)
        let offset: UInt64 = try reader.integer("the offset of a tensor")
        guard let byteCount = type.byteCount(shape: shape) else {
            throw malformed(
                "tensor \(name), \(type.rawValue) of shape \(shape): the size overflows or a row is "
                    + "not a multiple of \(type.blockElements)")
        }
        return GGUFTensorDescription(
            name: name, type: type, shape: shape, offset: offset, byteCount: byteCount)
    }

    private func tensorType(_ code: UInt32, of name: String) throws(TandemError) -> TensorType {
        if let type = TensorType(ggmlID: code) { return type }
        let readable = TensorType.allCases.map(\.rawValue).joined(separator: ", ")
        guard let known = TensorType.unsupportedNames[code] else {
            throw malformed("tensor \(name) has the unknown type \(code)")
        }
        throw TandemError(
            .unsupported, "tensor \(name) has the type \(known), which Tandem does not read",
            file: mapped.path, remedy: "take a file with the types \(readable)")
    }

    func tensors(_ descriptions: [GGUFTensorDescription]) throws(TandemError) -> [Tensor] {
        if descriptions.isEmpty { return [] }
        let (padded, overflows) = reader.position.addingReportingOverflow(alignment - 1)
        let start = padded / alignment * alignment
        guard !overflows, start <= mapped.bytes.count else {
            throw malformed("the file ends before the tensor data")
        }
        let data = UnsafeRawBufferPointer(rebasing: mapped.bytes[start...])
        var tensors: [Tensor] = []
        tensors.reserveCapacity(descriptions.count)
        for description in descriptions {
            guard let offset = Int(exactly: description.offset), offset <= data.count,
                description.byteCount <= data.count - offset
            else {
                throw malformed(
                    "tensor \(description.name), \(description.byteCount) bytes at "
                        + "\(description.offset), reaches past the end of the file")
            }
            guard offset % alignment == 0 else {
                throw malformed(
                    "tensor \(description.name) stands at \(offset), not a multiple of \(alignment)"
                )
            }
            tensors.append(
                Tensor(
                    name: description.name, type: description.type, shape: description.shape,
                    bytes: UnsafeRawBufferPointer(
                        rebasing: data[offset..<offset + description.byteCount]),
                    owner: mapped))
        }
        try checkOverlap(tensors)
        return tensors
    }

    private func checkOverlap(_ tensors: [Tensor]) throws(TandemError) {
        let ordered = tensors.sorted {
            UInt(bitPattern: $0.bytes.baseAddress) < UInt(bitPattern: $1.bytes.baseAddress)
        }
        for (tensor, next) in zip(ordered, ordered.dropFirst()) {
            guard let start = tensor.bytes.baseAddress, let nextStart = next.bytes.baseAddress,
                start + tensor.bytes.count <= nextStart
            else { throw malformed("the tensors \(tensor.name) and \(next.name) overlap") }
        }
    }
}
