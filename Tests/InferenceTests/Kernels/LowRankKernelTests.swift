import Basics
import CKernels
import ModelFiles
import Testing

/// What adapters add is what the products of whole panels give, on every instruction set.
struct LowRankKernelTests {
    static let types: [TensorType] = [.f32, .f16, .bf16]

    @Test(arguments: types, [64, 256])
    func halvesOfAPanelHaveTheirOwnInputs(_ type: TensorType, _ columns: Int) throws {
        let blocks = RandomBlocks(type, rows: 32, columns: columns, seed: 21)
        let panel = try pack(blocks)
        let (packed, missing) = try packForAdapter(blocks)
        let x = random(4 * 600, seed: 3)
        for set in KernelTests.sets {
            for rows in 1...Int(TK_FUSED_ROWS) {
                var low = [Float](repeating: .nan, count: rows * 48)
                var high = low
                x.withUnsafeBufferPointer { x in
                    guard let start = x.baseAddress else { return }
                    set.table.half_panel(
                        Self.adapterType(type), packed, missing, columns, start, start + 256,
                        600, Int32(rows), &low, &high, 48)
                }
                for row in 0..<rows {
                    let first = Array(x[row * 600..<row * 600 + columns])
                    let second = Array(x[row * 600 + 256..<row * 600 + 256 + columns])
                    #expect(
                        Array(low[row * 48..<row * 48 + 16])
                            == Array(product(panel, type, first).prefix(16)), "\(set) \(rows)")
                    #expect(
                        Array(high[row * 48..<row * 48 + 16])
                            == Array(product(panel, type, second).suffix(16)), "\(set) \(rows)")
                }
            }
        }
    }

    @Test(arguments: types, [1, 16, 300])
    func addedPanelsAreScaledProducts(_ type: TensorType, _ rank: Int) throws {
        let blocks = [5, 6].map { RandomBlocks(type, rows: 32, columns: rank, seed: $0) }
        let panels = try blocks.flatMap { try pack($0) }
        let parts = try blocks.map(packForAdapter)
        let packed = parts.flatMap(\.panel)
        let missing = type == .f32 ? parts.flatMap { $0.missing ?? [] } : nil
        let x = random(4 * 320, seed: 4)
        let before = random(4 * 80, seed: 5)
        let bytes = panels.count / 2
        for set in KernelTests.sets {
            for rows in 1...Int(TK_FUSED_ROWS) {
                var output = before
                set.table.add_panels(
                    Self.adapterType(type), packed, missing, packed.count / 2, 2, rank, x, 320,
                    Int32(rows), 0.75, &output, 80)
                for row in 0..<Int(TK_FUSED_ROWS) {
                    var expected = Array(before[row * 80..<row * 80 + 80])
                    if row < rows {
                        let values = Array(x[row * 320..<row * 320 + rank])
                        let sums =
                            product(Array(panels.prefix(bytes)), type, values)
                            + product(Array(panels.suffix(bytes)), type, values)
                        for index in sums.indices { expected[index] += 0.75 * sums[index] }
                    }
                    #expect(Array(output[row * 80..<row * 80 + 80]) == expected, "\(set) \(rows)")
                }
            }
        }
    }

    @Test(arguments: [15, 64]) func splitPanelsHoldRoundedValues(_ columns: Int) throws {
        let blocks = RandomBlocks(.f32, rows: 32, columns: columns, seed: 8)
        let packed = try packForAdapter(blocks).panel
        for (row, values) in blocks.values.enumerated() {
            for (column, value) in values.enumerated() {
                let at = column / 2 * 128 + 4 * row + column % 2 * 2
                let bits = UInt32(packed[at]) << 16 | UInt32(packed[at + 1]) << 24
                let rounded = Float(bitPattern: bits)
                #expect(abs(rounded - value) <= abs(value) * 0x1p-8)
                #expect((value.bitPattern &+ 0x8000) & 0xFFFF_0000 == bits)
            }
        }
    }

    private static func adapterType(_ type: TensorType) -> tk_type {
        type == .f32 ? TK_BF16 : type.kernelType
    }

    private func random(_ count: Int, seed: UInt64) -> [Float] {
        let random = CounterRandom(seed: seed, stream: 1)
        return (0..<count).map { Float(random.unit(at: UInt64($0)) - 0.5) }
    }

    private func pack(_ blocks: RandomBlocks) throws -> [UInt8] {
        let type = blocks.type.kernelType
        var panel = [UInt8](repeating: 0, count: tk_panel_bytes(type, blocks.columns))
        let isFinite = withRows(blocks) { tk_pack_panel(type, &$0, blocks.columns, &panel) }
        try #require(isFinite == 1)
        return panel
    }

    /// F32 in two parts.
    private func packForAdapter(
        _ blocks: RandomBlocks
    ) throws -> (panel: [UInt8], missing: [UInt8]?) {
        if blocks.type != .f32 { return (try pack(blocks), nil) }
        var panel = [UInt8](repeating: 0, count: tk_panel_bytes(TK_BF16, blocks.columns))
        var missing = panel
        let isFinite = withRows(blocks) {
            tk_pack_split_panel(&$0, blocks.columns, &panel, &missing)
        }
        try #require(isFinite == 1)
        return (panel, missing)
    }

    private func withRows(
        _ blocks: RandomBlocks, _ body: (inout [UnsafePointer<UInt8>?]) -> Int32
    ) -> Int32 {
        let joined = blocks.rows.flatMap { $0 }
        let rowBytes = blocks.rows[0].count
        return joined.withUnsafeBufferPointer { source in
            var pointers = (0..<32).map { row in source.baseAddress.map { $0 + row * rowBytes } }
            return body(&pointers)
        }
    }

    /// By the scalar kernel for whole panels.
    private func product(_ panel: [UInt8], _ type: TensorType, _ x: [Float]) -> [Float] {
        var output = [Float](repeating: .nan, count: 32)
        KernelTests.sets[0].table.panels(
            type.kernelType, panel, panel.count, 1, x.count, x, x, 1, &output, 32, nil)
        return output
    }
}
