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
        var lines = ["tandem packed weights 2", "layout \(Self.layout)"]
        lines += file.identities.map { "source \($0.text)" }
        for (plan, place) in zip(plans, places) {
            let from = plan.quantization == nil ? "" : " from \(plan.tensors[0].type.rawValue)"
            lines.append(
                "matrix \(plan.type.rawValue)\(from) \(plan.rows) \(plan.columns) "
                    + "\(plan.order.label) \(place)")
        }
        lines.append("bytes \(bodyBytes)")
        let text = lines.joined(separator: "\n") + "\n"
        let digest = SHA256.hex(text)
        var header = Array((text + "sha256 \(digest)\n").utf8)
        let bodyStart = (header.count + Self.page - 1) / Self.page * Self.page
        header += [UInt8](repeating: 0, count: bodyStart - header.count)
        self.header = header
        name = digest + Self.suffix
        offsets = places.map { bodyStart + $0 }
        contentByteCount = bodyStart + bodyBytes
    }

    /// The end of a file whose content has this digest.
    static func trailer(_ digest: String) -> [UInt8] { Array("sha256 \(digest)\n".utf8) }
    static let trailerByteCount = trailer(SHA256.hex("")).count

    static let suffix = ".packed"

    /// A digest of what known rows of every type are packed to: it changes when the layout does.
    private static let layout: String = {
        let columns = Int(TK_SUM_BLOCK)
        var packed: [UInt8] = []
        for type in TensorType.allCases {
            let rowBytes = columns / type.blockElements * type.blockBytes
            let bytes = (0..<rowBytes * PackedMatrix.panelRows).map {
                UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13)
            }
            let start = packed.count
            packed += [UInt8](repeating: 0, count: tk_panel_bytes(type.kernelType, columns))
            packed.withUnsafeMutableBytes { target in
                bytes.withUnsafeBufferPointer { rows in
                    var pointers = (0..<PackedMatrix.panelRows).map { row in
                        rows.baseAddress.map { $0 + row * rowBytes }
                    }
                    _ = tk_pack_panel(
                        type.kernelType, &pointers, columns, target.baseAddress.map { $0 + start })
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
