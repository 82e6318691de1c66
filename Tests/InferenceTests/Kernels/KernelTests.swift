import Basics
import CKernels
import Glibc
import Inference
import ModelFiles
import Testing

/// Packing loses nothing, and every instruction set gives the bits of the scalar kernels.
struct KernelTests {
    static let sets = (0..<TK_ISA_COUNT.rawValue).compactMap {
        tk_kernels_for(tk_isa($0)).map { KernelSet(table: $0.pointee) }
    }

    struct KernelSet: @unchecked Sendable, CustomStringConvertible {
        // Safe to share: a table of C functions.
        let table: tk_kernels
        var description: String { String(cString: table.name) }
    }

    @Test(arguments: PanelForm.all, [32, 23])
    func expandedPanelsAreTheFilesValues(_ form: PanelForm, _ rowCount: Int) throws {
        let columns = 768
        let blocks = RandomBlocks(form.type, rows: rowCount, columns: columns, seed: 7)
        let panel = try form.pack(blocks.rows, columns: columns)
        for set in Self.sets {
            var found = [[Float]](repeating: [], count: rowCount)
            var expanded = [Float](repeating: .nan, count: Int(TK_EXPANDED))
            var part = [Float](repeating: .nan, count: Int(TK_SUM_BLOCK))
            for first in stride(from: 0, to: columns, by: Int(TK_SUM_BLOCK)) {
                set.table.expand(form.packed, panel, first, part.count, &expanded)
                for row in 0..<rowCount {
                    set.table.dequantize(form.packed, expanded, part.count, Int32(row), &part)
                    found[row] += part
                }
            }
            let bits = found.map { $0.map(\.bitPattern) }
            #expect(bits == blocks.values.map { $0.map(\.bitPattern) }, "\(set)")
        }
    }

    @Test(arguments: PanelForm.all, [256, 576, 1536])
    func everyPathGivesTheSameBits(_ form: PanelForm, _ wanted: Int) throws {
        let type = form.type
        let columns = max(wanted / type.blockElements, 1) * type.blockElements
        let blocks = RandomBlocks(type, rows: 32, columns: columns, seed: 11)
        let panel = try form.pack(blocks.rows, columns: columns)
        let random = CounterRandom(seed: 5, stream: 0)
        let rows = (0..<12).map { row in
            (0..<columns).map { Float(random.unit(at: UInt64(row * columns + $0)) - 0.5) }
        }
        let reference = rows.map { product(Self.sets[0], form.packed, panel, columns, [$0])[0] }
        expectProducts(reference, blocks.values, rows)
        for set in Self.sets {
            for count in 1...12 {
                let found = product(
                    set, form.packed, panel, columns, Array(rows.prefix(count)))
                #expect(found == Array(reference.prefix(count)), "\(set), \(count) rows")
            }
        }
    }

    /// What is asked for ahead changes no product, and is asked for once.
    @Test(arguments: PanelForm.all, [1, 4])
    func askingAheadChangesNothing(_ form: PanelForm, _ rowCount: Int) throws {
        let columns = 768
        let blocks = RandomBlocks(form.type, rows: 32, columns: columns, seed: 4)
        let panel = try form.pack(blocks.rows, columns: columns)
        let panels = panel + panel + panel
        let x = (0..<columns * rowCount).map { Float($0 % 17) - 8 }
        let sums = [Float](repeating: 1, count: columns / 32 * rowCount)
        for set in Self.sets {
            func products(_ ahead: UnsafeMutablePointer<tk_ahead>?) -> [Float] {
                var output = [Float](repeating: .nan, count: 96 * rowCount)
                set.table.panels(
                    form.packed, panels, panel.count, 3, columns, x, sums, Int32(rowCount),
                    &output, 96, ahead)
                return output
            }
            panels.withUnsafeBytes { memory in
                var ranges = [100, 64, 1000].map {
                    tk_range(start: memory.baseAddress, bytes: $0)
                }
                ranges.withUnsafeMutableBufferPointer { ranges in
                    var ahead = tk_ahead(
                        next: memory.baseAddress, ranges: ranges.baseAddress, count: ranges.count,
                        share: 256, credit: 0)
                    #expect(products(&ahead) == products(nil), "\(set)")
                    #expect(ahead.count == 0)
                }
            }
        }
    }

    @Test func elementwiseKernelsGiveTheSameBits() {
        let random = CounterRandom(seed: 9, stream: 0)
        let x = (0..<592).map { Float(random.unit(at: UInt64($0)) * 60 - 30) }
        let y = (0..<592).map { Float(random.unit(at: UInt64(1000 + $0)) - 0.5) }
        func results(_ set: KernelSet) -> [[Float]] {
            var norm = x
            set.table.rms_norm(x, y, 576 + 5, 1e-5, &norm)
            var gate = x
            set.table.silu_multiply(&gate, y, 2, 296, 288)
            var sums = x
            set.table.add(&sums, y, 2, 296, 288)
            var scores = Array(x.prefix(512))
            var sum: Float = 0
            let maximum = set.table.softmax_block(&scores, 512, 300, 0.125, &sum)
            return [
                norm, gate, scores, [sum, maximum], x.map { set.table.exponential($0) }, sums,
            ]
        }
        let reference = results(Self.sets[0])
        for set in Self.sets { #expect(results(set) == reference, "\(set)") }
        for (value, exponential) in zip(x, reference[4]) {
            let exact = exp(Double(value))
            #expect(abs(Double(exponential) - exact) <= 3e-7 * exact)
        }
        #expect(reference[2][300...].allSatisfy { $0 == 0 })
        for index in x.indices {
            let isBetweenRows = index % 296 >= 288
            #expect(reference[5][index] == x[index] + (isBetweenRows ? 0 : y[index]))
            if isBetweenRows { #expect(reference[1][index] == x[index]) }
        }
    }

    @Test func argmaxTakesTheLowestOfEqualsAndRefusesNaN() {
        for set in Self.sets {
            #expect(set.table.argmax([1, 3, 2, 3, -1], 5) == 1)
            #expect(set.table.argmax([1, .nan, 2], 3) == -1)
            #expect(set.table.argmax([1, -.infinity, 2], 3) == -1)
            for place in 0..<70 {
                var values = (0..<77).map { Float($0 % 5) - 9 }
                values[place] = -1
                values[place + 7] = -1
                #expect(set.table.argmax(values, 77) == place, "\(set)")
                values[76 - place] = .nan
                #expect(set.table.argmax(values, 77) == -1, "\(set)")
            }
        }
    }

    @Test(arguments: PanelForm.all)
    func packingFindsWhatIsNotFinite(_ form: PanelForm) throws {
        let type = form.type
        let blocks = RandomBlocks(type, rows: 32, columns: 512, seed: 3)
        var rows = blocks.rows
        let offset: Int =
            switch type {
            case .f32: 4 * 77 + 2
            case .bf16, .f16: 2 * 77
            case .q6_K: 208 + 210
            case .q4_1, .q5_1: 2 + type.blockBytes
            default: type.blockBytes
            }
        rows[31][offset] = type == .f32 || type == .bf16 ? 0x80 : 0
        rows[31][offset + 1] = type == .f32 || type == .bf16 ? 0x7F : 0x7C
        #expect(throws: Never.self) { try form.pack(blocks.rows, columns: 512) }
        #expect(throws: TandemError.self) { try form.pack(rows, columns: 512) }
    }

    /// Products of a panel with rows: by the fused kernel up to its limit, else by tiles.
    private func product(
        _ set: KernelSet, _ type: tk_type, _ panel: [UInt8], _ columns: Int, _ rows: [[Float]]
    ) -> [[Float]] {
        let (tile, sums) = tiles(set, type, rows)
        var output = [Float](repeating: .nan, count: rows.count * 32)
        if rows.count <= Int(TK_FUSED_ROWS) {
            set.table.panels(
                type, panel, panel.count, 1, columns, tile, sums, Int32(rows.count), &output, 32,
                nil)
        } else {
            var expanded = [Float](repeating: .nan, count: Int(TK_EXPANDED))
            for first in stride(from: 0, to: columns, by: Int(TK_SUM_BLOCK)) {
                let count = min(Int(TK_SUM_BLOCK), columns - first)
                set.table.expand(type, panel, first, count, &expanded)
                set.table.tile(
                    type, expanded, count, Array(tile[(first * rows.count)...]),
                    Array(sums[(first / 32 * rows.count)...]), Int32(rows.count), &output, 32,
                    first == 0 ? 0 : 1)
            }
        }
        return (0..<rows.count).map { Array(output[$0 * 32..<$0 * 32 + 32]) }
    }

    /// The rows as `panels` and `tile` read them.
    private func tiles(
        _ set: KernelSet, _ type: tk_type, _ rows: [[Float]]
    ) -> (tile: [Float], sums: [Float]) {
        let columns = rows[0].count
        var tile = [Float](repeating: .nan, count: columns * rows.count)
        var sums = [Float](repeating: .nan, count: columns / 32 * rows.count)
        set.table.interleave(
            type, rows.flatMap { $0 }, columns, columns, Int32(rows.count), &tile, &sums)
        let isPlaced =
            set.table.places_nibbles != 0 && [TK_Q4_0, TK_Q4_1, TK_Q4_K].contains(type)
        let factors: [Float] = isPlaced ? [0x1p12, 0x1p4, 0x1p-4, 0x1p-12] : [1, 1, 1, 1]
        #expect(
            tile
                == (0..<columns).flatMap { column in
                    rows.map { $0[column] * factors[column % 4] }
                })
        return (tile, sums)
    }

    /// The scalar products are those of the exact weights, but for the rounding of sums.
    private func expectProducts(
        _ products: [[Float]], _ weights: [[Float]], _ rows: [[Float]]
    ) {
        for (product, x) in zip(products, rows) {
            for (value, weights) in zip(product, weights) {
                let terms = zip(weights, x).map { Double($0) * Double($1) }
                let size = terms.reduce(0) { $0 + abs($1) }
                #expect(abs(Double(value) - terms.reduce(0, +)) <= 1e-6 * size + 1e-30)
            }
        }
    }
}
