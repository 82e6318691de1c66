import Basics
import CKernels
import Glibc
import Testing

/// Attention over a block: the same bits everywhere, and what the formula says.
struct AttentionKernelTests {
    private static let capacity = 512
    private static let dimension = 24
    private static let padded = 32

    /// Keys and values of `count` positions, as the cache holds them.
    private struct Cache {
        var keys: [UInt8]
        var values: [UInt8]
        let plainKeys: [[Float]]
        let plainValues: [[Float]]
        let type: tk_cache

        init(_ set: KernelTests.KernelSet, _ type: tk_cache, count: Int) {
            let random = CounterRandom(seed: 8, stream: 0)
            func vectors(_ stream: Int) -> [[Float]] {
                (0..<count).map { position in
                    (0..<dimension).map { element in
                        let index = (stream * count + position) * dimension + element
                        return Float(random.unit(at: UInt64(index)) - 0.5)
                    }
                }
            }
            self.type = type
            (plainKeys, plainValues) = (vectors(0), vectors(1))
            keys = [UInt8](repeating: 0, count: capacity * dimension * 4)
            values = [UInt8](repeating: 0, count: capacity * padded * 4)
            for position in 0..<count {
                set.table.cache_position(
                    type, plainKeys[position], plainValues[position], dimension, capacity, position,
                    &keys, &values)
            }
        }
    }

    private struct Result: Equatable {
        var block: [Float]
        var maximums: [Float]
        var sums: [Float]
    }

    private func attend(
        _ set: KernelTests.KernelSet, _ cache: Cache, _ queries: [[Float]], visible: [Int32]
    ) -> Result {
        var tile = [Float](repeating: 0, count: Self.dimension * queries.count)
        set.table.interleave(
            TK_F32, queries.flatMap { $0 }, Self.dimension, Self.dimension, Int32(queries.count),
            &tile,
            nil)
        var result = Result(
            block: [Float](repeating: 0, count: queries.count * Self.padded),
            maximums: [Float](repeating: 0, count: queries.count),
            sums: [Float](repeating: 0, count: queries.count))
        let positions = (Int(visible.max() ?? 0) + 31) / 32 * 32
        set.table.attend(
            cache.type, cache.keys, cache.values, Self.dimension, Self.padded, Self.capacity,
            positions, tile, Int32(queries.count), visible, 0.25, &result.block, &result.maximums,
            &result.sums)
        return result
    }

    private func queries(_ count: Int) -> [[Float]] {
        let random = CounterRandom(seed: 9, stream: 0)
        return (0..<count).map { query in
            (0..<Self.dimension).map {
                Float(random.unit(at: UInt64(query * Self.dimension + $0)) * 8 - 4)
            }
        }
    }

    @Test(arguments: [TK_CACHE_F32, TK_CACHE_F16].map(\.rawValue), 1...12)
    func everySetGivesTheBitsOfOneQueryAlone(_ raw: UInt32, _ count: Int) {
        let type = tk_cache(rawValue: raw)
        let all = queries(count)
        let visible = (0..<count).map { Int32(90 + 3 * $0) }
        let reference = zip(all, visible).map { query, visible in
            attend(
                KernelTests.sets[0], Cache(KernelTests.sets[0], type, count: 130), [query],
                visible: [visible])
        }
        for set in KernelTests.sets {
            let found = attend(set, Cache(set, type, count: 130), all, visible: visible)
            #expect(found.block == reference.flatMap(\.block), "\(set)")
            #expect(found.maximums == reference.flatMap(\.maximums), "\(set)")
            #expect(found.sums == reference.flatMap(\.sums), "\(set)")
        }
    }

    @Test func mergedBlocksAreTheSoftmaxOverAll() {
        let set = KernelTests.sets[0]
        let cache = Cache(set, TK_CACHE_F32, count: 200)
        let query = queries(1)
        // Two halves of the same positions, as if they were two blocks.
        var later = cache
        later.keys.removeFirst(96 / 32 * 32 * Self.dimension * 4)
        later.keys += [UInt8](repeating: 0, count: 96 / 32 * 32 * Self.dimension * 4)
        later.values.removeFirst(96 * 32 * 4)
        later.values += [UInt8](repeating: 0, count: 96 * 32 * 4)
        var total = attend(set, cache, query, visible: [96])
        let rest = attend(set, later, query, visible: [104])
        set.table.merge(
            &total.block, &total.maximums, &total.sums, rest.block, rest.maximums[0],
            rest.sums[0], Self.padded)
        let scores = cache.plainKeys.map { key in
            zip(key, query[0]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } * 0.25
        }
        let largest = scores.max() ?? 0
        let weights = scores.map { exp($0 - largest) }
        let sum = weights.reduce(0, +)
        for element in 0..<Self.dimension {
            var expected = 0.0
            for (weight, value) in zip(weights, cache.plainValues) {
                expected += weight / sum * Double(value[element])
            }
            #expect(abs(Double(total.block[element] / total.sums[0]) - expected) < 1e-6)
        }
    }
}
