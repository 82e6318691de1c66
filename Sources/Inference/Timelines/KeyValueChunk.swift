import Basics
import CKernels
import Glibc
import ModelFiles

/// The keys and values of `KeyValueChunk.positions` positions, for all layers and heads, in f32
/// or f16.
///
/// Keys: for each 32 positions, [headDimension, 32], so that one query meets 32 keys at once.
/// Values: for each 32 elements, [positions, 32]. Memory that was never written takes no room and
/// reads as zeros.
final class KeyValueChunk {
    static let positions = 2 * Int(TK_ATTENTION_BLOCK)

    let shape: Shape
    /// The most positions that were ever used; memory of later ones was not touched.
    private(set) var usedPositions = 0
    private let base: UnsafeMutableRawPointer

    struct Shape: Sendable, Equatable {
        let headCount: Int
        let headDimension: Int
        let layerCount: Int
        /// Rounded up to whole panels.
        let paddedHeadDimension: Int
        let type: Numerics.CacheType

        init(_ configuration: LlamaConfiguration, _ type: Numerics.CacheType) {
            self.type = type
            headCount = configuration.keyValueHeadCount
            headDimension = configuration.headDimension
            layerCount = configuration.layerCount
            paddedHeadDimension =
                PackedMatrix.panelCount(headDimension) * PackedMatrix.panelRows
        }

        var elementBytes: Int { type == .f32 ? 4 : 2 }
        var kernelType: tk_cache { type == .f32 ? TK_CACHE_F32 : TK_CACHE_F16 }
        var keyBytes: Int { positions * headDimension * elementBytes }
        var valueBytes: Int { positions * paddedHeadDimension * elementBytes }
        var byteCount: Int { layerCount * headCount * (keyBytes + valueBytes) }

        /// Bytes that so many positions take, from the first of a chunk on.
        func byteCount(positions: Int) -> Int {
            let panel = PackedMatrix.panelRows
            let keys = (positions + panel - 1) / panel * panel * headDimension
            let values = positions * paddedHeadDimension
            return layerCount * headCount * (keys + values) * elementBytes
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
        base = mapped
    }

    deinit { munmap(base, shape.byteCount) }

    /// Says that the first `positions` positions are to be written.
    func use(positions: Int) {
        // Where all of it is written at once, large pages are there sooner.
        if usedPositions == 0, positions == Self.positions {
            madvise(base, shape.byteCount, MADV_HUGEPAGE)
        }
        usedPositions = max(usedPositions, positions)
    }

    /// Keys of a head from `position` (a multiple of 32) on: [positions / 32][headDimension][32].
    func keys(layer: Int, head: Int, position: Int = 0) -> UnsafeMutableRawPointer {
        base + (layer * shape.headCount + head) * (shape.keyBytes + shape.valueBytes)
            + position * shape.headDimension * shape.elementBytes
    }

    /// Calls `body` with the pieces of memory that hold some positions of a head from `position` on.
    func forParts(
        layer: Int, head: Int, position: Int, count: Int,
        _ body: (UnsafeRawPointer, _ byteCount: Int) -> Void
    ) {
        let panel = PackedMatrix.panelRows
        let panelBytes = panel * shape.elementBytes
        body(
            keys(layer: layer, head: head, position: position),
            (count + panel - 1) / panel * shape.headDimension * panelBytes)
        let values = values(layer: layer, head: head, position: position)
        for first in stride(from: 0, to: shape.paddedHeadDimension, by: panel) {
            body(values + first / panel * Self.positions * panelBytes, count * panelBytes)
        }
    }

    /// Values of a head from `position` on: [paddedHeadDimension / 32][positions][32].
    func values(layer: Int, head: Int, position: Int = 0) -> UnsafeMutableRawPointer {
        keys(layer: layer, head: head) + shape.keyBytes
            + position * PackedMatrix.panelRows * shape.elementBytes
    }
}
