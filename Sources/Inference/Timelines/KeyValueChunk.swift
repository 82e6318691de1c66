import Basics
import CKernels
import Glibc
import ModelFiles

/// The keys and values of `KeyValueChunk.positions` positions, for all layers and heads, in f32.
///
/// Keys: for each 32 positions, [headDimension, 32], so that one query meets 32 keys at once.
/// Values: [positions, paddedHeadDimension]. Memory that was never written takes no room and reads
/// as zeros.
final class KeyValueChunk {
    static let positions = Int(TK_ATTENTION_BLOCK)

    let shape: Shape
    /// The most positions that were ever used; memory of later ones was not touched.
    private(set) var usedPositions = 0
    private let base: UnsafeMutablePointer<Float>

    struct Shape: Sendable, Equatable {
        let headCount: Int
        let headDimension: Int
        let layerCount: Int
        /// Rounded up to whole panels.
        let paddedHeadDimension: Int

        init(_ configuration: LlamaConfiguration) {
            headCount = configuration.keyValueHeadCount
            headDimension = configuration.headDimension
            layerCount = configuration.layerCount
            paddedHeadDimension =
                PackedMatrix.panelCount(headDimension) * PackedMatrix.panelRows
        }

        var keyCount: Int { positions * headDimension }
        var valueCount: Int { positions * paddedHeadDimension }
        var byteCount: Int { layerCount * headCount * (keyCount + valueCount) * 4 }

        /// Bytes that so many positions take, from the first of a chunk on.
        func byteCount(positions: Int) -> Int {
            let panel = PackedMatrix.panelRows
            let keys = (positions + panel - 1) / panel * panel * headDimension
            let values = positions * paddedHeadDimension
            return layerCount * headCount * (keys + values) * 4
        }
    }

    init(_ shape: Shape) throws(TandemError) {
        self.shape = shape
        let mapped = mmap(
            nil, shape.byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapped, mapped != MAP_FAILED else {
            throw TandemError(
                .limit, "no memory for \(Self.positions) more tokens of context",
                remedy: "shorten the conversation with /clear, or set a smaller context")
        }
        base = mapped.bindMemory(to: Float.self, capacity: shape.byteCount / 4)
    }

    deinit { munmap(base, shape.byteCount) }

    /// Says that the first `positions` positions are to be written.
    func use(positions: Int) { usedPositions = max(usedPositions, positions) }

    /// Keys of a head: [positions / 32][headDimension][32].
    func keys(layer: Int, head: Int) -> UnsafeMutablePointer<Float> {
        base + (layer * shape.headCount + head) * (shape.keyCount + shape.valueCount)
    }

    /// Values of a head: [positions][paddedHeadDimension].
    func values(layer: Int, head: Int) -> UnsafeMutablePointer<Float> {
        keys(layer: layer, head: head) + shape.keyCount
    }
}
