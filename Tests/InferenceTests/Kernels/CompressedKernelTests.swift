import Basics
import CKernels
import Inference
import ModelFiles
import Testing

/// Compressed BF16 has the bits of plain BF16: weights, and products of every kind.
struct CompressedKernelTests {
    private let compressed = PanelForm(type: .bf16, packed: TK_BF16_COMPRESSED)
    private let plain = PanelForm(type: .bf16, packed: TK_BF16)

    private func rows(_ count: Int, _ columns: Int, _ weight: (Int, Int) -> Float) -> [[UInt8]] {
        (0..<count).map { row in
            (0..<columns).flatMap { column -> [UInt8] in
                let bits = UInt16(weight(row, column).bitPattern >> 16)
                return [UInt8(bits & 0xFF), UInt8(bits >> 8)]
            }
        }
    }

    /// Exact products and rounded ones with some rows of activations.
    private func products(
        _ set: KernelTests.KernelSet, _ form: PanelForm, _ weights: [[UInt8]], _ columns: Int,
        _ rowCount: Int
    ) throws -> [UInt32] {
        let panel = try form.pack(weights, columns: columns)
        let random = CounterRandom(seed: 3, stream: 0)
        let x = (0..<rowCount * columns).map { Float(random.unit(at: UInt64($0)) - 0.5) }
        var tile = x
        set.table.interleave(form.packed, x, columns, columns, Int32(rowCount), &tile, nil)
        var exact = [Float](repeating: .nan, count: rowCount * 32)
        let sums = [Float](repeating: 0, count: columns / 32 * rowCount + 1)
        set.table.panels(
            form.packed, panel, panel.count, 1, columns, tile, sums, Int32(rowCount), &exact, 32,
            nil)
        var tiles = [UInt8](
            repeating: 0, count: tk_rounded_bytes(form.packed, columns, rowCount))
        set.table.round_rows(form.packed, x, columns, columns, Int32(rowCount), &tiles)
        var rounded = [Float](repeating: .nan, count: rowCount * 32)
        var scratch = [Float](repeating: .nan, count: Int(TK_EXPANDED))
        set.table.rounded_panel(
            form.packed, panel, columns, tiles, Int32(rowCount), &rounded, 32, &scratch,
            nil)
        return (exact + rounded).map(\.bitPattern)
    }

    @Test(arguments: [2, 8, 45, 250, 256, 576, 1027], 1...4)
    func productsAreThoseOfPlainWeights(_ columns: Int, _ rowCount: Int) throws {
        let weights = RandomBlocks(.bf16, rows: 32, columns: columns, seed: 17).rows
        for set in KernelTests.sets {
            let expected = try products(set, plain, weights, columns, rowCount)
            let found = try products(set, compressed, weights, columns, rowCount)
            #expect(found == expected, "\(set)")
        }
    }

    /// Panels of one size only: all zero, subnormal, or the largest that there is.
    @Test(arguments: [0, 0x1p-130, -0x1p-126, 0x1p-100, 0x1.FEp127] as [Float])
    func anySizeIsExact(_ weight: Float) throws {
        let weights = rows(32, 40) { row, column in (row + column) % 3 == 0 ? -weight : weight }
        for set in KernelTests.sets {
            let panel = try compressed.pack(weights, columns: 40)
            var expanded = [Float](repeating: .nan, count: Int(TK_EXPANDED))
            set.table.expand(TK_BF16_COMPRESSED, panel, 0, 40, &expanded)
            for row in 0..<32 {
                for column in 0..<40 {
                    let expected = (row + column) % 3 == 0 ? -weight : weight
                    #expect(expanded[column * 32 + row].bitPattern == expected.bitPattern, "\(set)")
                }
            }
        }
    }

    /// There is room for an exception in every 8 columns of a panel, wherever they are; for one more
    /// there is none.
    @Test func tooManyExceptionsAreRefused() throws {
        let columns = 64
        func weights(_ exceptions: Int, in group: Int?) -> [[UInt8]] {
            rows(32, columns) { row, column in
                let number = group == nil ? column / 8 : row * 8 + column % 8
                let isPlace = group == nil ? column % 8 == 3 && row == 7 : column / 8 == group
                return isPlace && number < exceptions ? 0x1p-60 : 1 - Float(column) / 128
            }
        }
        for group in [nil, 0, 4, 7] {
            let full = weights(8, in: group)
            for set in KernelTests.sets {
                #expect(
                    try products(set, compressed, full, columns, 2)
                        == products(set, plain, full, columns, 2), "\(set)")
            }
        }
        #expect(throws: TandemError.self) {
            try compressed.pack(weights(9, in: 4), columns: columns)
        }
    }
}
