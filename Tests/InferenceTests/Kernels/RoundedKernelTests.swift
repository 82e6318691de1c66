import Basics
import CKernels
import Glibc
import Inference
import ModelFiles
import Testing

/// Products with rounded activations: the same bits everywhere, and near the exact product.
struct RoundedKernelTests {
    static let forms = PanelForm.all.filter { $0.type != .f32 && $0.type != .f16 }

    /// One tile, two, and so many that panels are expanded for them.
    static let rowCounts = Array(1...13) + [35, 36, 49]

    private func activations(_ rows: Int, _ columns: Int) -> [[Float]] {
        let random = CounterRandom(seed: 6, stream: 0)
        return (0..<rows).map { row in
            (0..<columns).map { Float(random.unit(at: UInt64(row * columns + $0)) - 0.5) }
        }
    }

    private func products(
        _ set: KernelTests.KernelSet, _ type: tk_type, _ panel: [UInt8], _ rows: [[Float]]
    ) -> [[Float]] {
        let columns = rows[0].count
        var tiles = [UInt8](repeating: 0, count: tk_rounded_bytes(type, columns, rows.count))
        for start in stride(from: 0, to: rows.count, by: Int(TK_TILE)) {
            let tile = rows[start..<min(start + Int(TK_TILE), rows.count)]
            tiles.withUnsafeMutableBytes { bytes in
                set.table.round_rows(
                    type, Array(tile.joined()), columns, columns, Int32(tile.count),
                    bytes.baseAddress.map { $0 + tk_rounded_bytes(type, columns, start) })
            }
        }
        var output = [Float](repeating: .nan, count: rows.count * 32)
        var scratch = [Float](repeating: .nan, count: Int(TK_EXPANDED))
        set.table.rounded_panel(
            type, panel, columns, tiles, Int32(rows.count), &output, 32, &scratch, nil)
        return (0..<rows.count).map { Array(output[$0 * 32..<$0 * 32 + 32]) }
    }

    @Test(arguments: forms, [45, 256, 576, 1536, 2080])
    func everyPathGivesTheSameBits(_ form: PanelForm, _ wanted: Int) throws {
        let type = form.type
        let columns = max(wanted / type.blockElements, 1) * type.blockElements
        let blocks = RandomBlocks(type, rows: 32, columns: columns, seed: 12)
        let panel = try form.pack(blocks.rows, columns: columns)
        let rows = activations(Self.rowCounts.max() ?? 0, columns)
        let reference = rows.map { products(KernelTests.sets[0], form.packed, panel, [$0])[0] }
        for set in KernelTests.sets {
            for count in Self.rowCounts {
                let found = products(set, form.packed, panel, Array(rows.prefix(count)))
                #expect(found == Array(reference.prefix(count)), "\(set), \(count) rows")
            }
        }
    }

    /// Where a block's codes stand in a file, its scales being before or behind them.
    private static let codes: [TensorType: Range<Int>] = [
        .q8_0: 2..<34, .q4_0: 2..<18, .q4_1: 4..<20, .q5_0: 2..<22, .q5_1: 4..<24,
        .q4_K: 16..<144, .q5_K: 16..<176, .q6_K: 0..<192,
    ]

    /// Sums in 16 bits hold the largest products that there are.
    @Test(arguments: codes.keys.sorted { $0.rawValue < $1.rawValue }, [Float(1), -1])
    func theLargestCodesDoNotOverflow(_ type: TensorType, _ x: Float) throws {
        let blocks = RandomBlocks(type, rows: 32, columns: 768, seed: 15)
        let codes = try #require(Self.codes[type])
        let blockBytes = blocks.rows[0].count * type.blockElements / blocks.columns
        let bytes = blocks.rows.map { row in
            row.indices.map { index in
                codes.contains(index % blockBytes) ? (type == .q8_0 ? 0x7F : 0xFF) : row[index]
            }
        }
        let form = PanelForm(type: type, packed: type.kernelType)
        let panel = try form.pack(bytes, columns: 768)
        let rows = [[Float]](repeating: [Float](repeating: x, count: 768), count: 49)
        let reference = products(KernelTests.sets[0], form.packed, panel, rows)
        #expect(reference.joined().allSatisfy { $0.isFinite && $0 != 0 })
        for set in KernelTests.sets {
            for count in [1, 2, 3, 4, 12, 13, 49] {
                let found = products(set, form.packed, panel, Array(rows.prefix(count)))
                #expect(found == Array(reference.prefix(count)), "\(set), \(count) rows")
            }
        }
    }

    /// Rounding to int8 moves a value by at most half a step of 1/127 of the block's largest, to bf16
    /// by at most 2^-9 of itself.
    @Test(arguments: forms)
    func theyAreNearTheExactProduct(_ form: PanelForm) throws {
        let columns = 768
        let blocks = RandomBlocks(form.type, rows: 32, columns: columns, seed: 13)
        let panel = try form.pack(blocks.rows, columns: columns)
        let row = activations(1, columns)[0]
        let found = products(KernelTests.sets[0], form.packed, panel, [row])[0]
        let step = form.type == .bf16 ? 0.5 / 512 : 0.25 / 127
        for (output, weights) in blocks.values.enumerated() {
            var (exact, size) = (0.0, 0.0)
            for (weight, x) in zip(weights, row) {
                exact += Double(weight) * Double(x)
                size += abs(Double(weight))
            }
            #expect(abs(Double(found[output]) - exact) <= size * step * 1.01)
        }
    }

    @Test(arguments: forms, [Float.nan, .infinity, -.infinity])
    func whatIsNotFiniteDoesNotVanish(_ form: PanelForm, _ value: Float) throws {
        let columns = 256
        let blocks = RandomBlocks(form.type, rows: 32, columns: columns, seed: 14)
        let panel = try form.pack(blocks.rows, columns: columns)
        var row = activations(1, columns)[0]
        row[77] = value
        for set in KernelTests.sets {
            let found = products(set, form.packed, panel, [row])[0]
            #expect(found.allSatisfy { !$0.isFinite }, "\(set)")
        }
    }
}
