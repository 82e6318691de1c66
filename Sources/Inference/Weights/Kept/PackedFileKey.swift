import Basics
import CKernels
import ModelFiles

/// What the packed form of a model depends on, and where its matrices lie in the file that keeps it.
///
/// A packed file begins with `header`, and is used only where every byte of that is as expected. It
/// ends with a digest of all that comes before.
struct PackedFileKey: Sendable {
    /// Name of the file in the folder.
    let name: String
    let header: [UInt8]
    /// Of each matrix, from the beginning of the file.
    let offsets: [Int]
    /// Of header and matrices.
    let contentByteCount: Int
    /// Of the whole file.
    var byteCount: Int { contentByteCount + Self.trailerByteCount }

    private static let page = 4096

    init(_ file: ModelFile, _ plans: [MatrixPlan]) {
        let (places, bodyBytes) = Packer.layout(plans)
        var text = "tandem packed weights 4\nlayout \(Self.layout)\n"
        for identity in file.identities { text += "source \(identity.text)\n" }
        for plan in plans {
            let from = plan.quantization == nil ? "" : " from \(plan.tensors[0].type.rawValue)"
            text += "matrix \(plan.type.rawValue)\(from) \(plan.rows) \(plan.columns) "
            text += "\(plan.order.label)\n"
        }
        // Which matrices could be compressed is known once they are packed.
        name = SHA256.hex(text) + Self.suffix
        let forms = plans.map { $0.isCompressed ? "1" : "0" }.joined()
        text += "\(Self.formsLabel)\(forms)\nbytes \(bodyBytes)\n"
        var header = Array((text + "sha256 \(SHA256.hex(text))\n").utf8)
        let bodyStart = (header.count + Self.page - 1) / Self.page * Self.page
        header += [UInt8](repeating: 0, count: bodyStart - header.count)
        self.header = header
        offsets = places.map { bodyStart + $0 }
        contentByteCount = bodyStart + bodyBytes
    }

    /// Which matrices are compressed in a file that begins with these bytes, if it is one of these.
    static func forms(_ start: some Collection<UInt8>) -> [Bool]? {
        let line = start.split(separator: 10).first { $0.starts(with: formsLabel.utf8) }
        return line?.dropFirst(formsLabel.utf8.count).map { $0 == UInt8(ascii: "1") }
    }
    private static let formsLabel = "compressed "

    /// The end of a file whose content has this digest.
    static func trailer(_ digest: String) -> [UInt8] { Array("sha256 \(digest)\n".utf8) }
    static let trailerByteCount = trailer(SHA256.hex("")).count

    static let suffix = ".packed"

    /// A digest of what known rows of every type are packed to: it changes when the layout does.
    private static let layout: String = {
        let columns = Int(TK_SUM_BLOCK)
        var packed: [UInt8] = []
        let types = TensorType.allCases.map { ($0, $0.kernelType) }
        for (type, panelType) in types + [(.bf16, TK_BF16_COMPRESSED)] {
            let rowBytes = columns / type.blockElements * type.blockBytes
            let bytes = (0..<rowBytes * PackedMatrix.panelRows).map {
                UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13)
            }
            let start = packed.count
            packed += [UInt8](repeating: 0, count: tk_panel_bytes(panelType, columns))
            packed.withUnsafeMutableBytes { target in
                bytes.withUnsafeBufferPointer { rows in
                    var pointers = (0..<PackedMatrix.panelRows).map { row in
                        rows.baseAddress.map { $0 + row * rowBytes }
                    }
                    _ = tk_pack_panel(
                        panelType, &pointers, columns, target.baseAddress.map { $0 + start })
                }
            }
        }
        return SHA256.hex(packed)
    }()
}

extension RowOrder {
    fileprivate var label: String {
        switch self {
        case .asStored: "0"
        case .pairInterleaved(let dimension): "\(dimension)"
        }
    }
}
