import CKernels
import Glibc

extension ForwardPass {
    /// Rotates queries and keys, and puts keys and values into the timelines' chunks.
    func appendKeysAndValues(_ layer: Int, _ thread: Int) {
        let configuration = engine.configuration
        let dimension = configuration.headDimension
        for segment in batch.segments {
            for offset in 0..<segment.tokens.count {
                let row = segment.firstRow + offset
                guard row % workers.count == thread else { continue }
                let rotation = space.rotations.pointer + row * dimension
                for head in 0..<configuration.headCount {
                    rotate(
                        space.query.pointer + row * space.queryStride + head * dimension, rotation)
                }
                let position = segment.firstPosition + offset
                let chunk = segment.timeline.chunks[position / KeyValueChunk.positions]
                let place = position % KeyValueChunk.positions
                for head in 0..<configuration.keyValueHeadCount {
                    let source = row * space.keyStride + head * dimension
                    rotate(space.key.pointer + source, rotation)
                    let panel = PackedMatrix.panelRows
                    let keys =
                        chunk.keys(layer: layer, head: head)
                        + place / panel * panel * dimension + place % panel
                    for element in 0..<dimension {
                        keys[element * panel] = space.key.pointer[source + element]
                    }
                    let values =
                        chunk.values(layer: layer, head: head)
                        + place * chunk.shape.paddedHeadDimension
                    values.update(from: space.value.pointer + source, count: dimension)
                }
            }
        }
    }

    /// Rotates one head by the angles whose cosines and sines are in `rotation`.
    private func rotate(
        _ head: UnsafeMutablePointer<Float>, _ rotation: UnsafeMutablePointer<Float>
    ) {
        let half = engine.configuration.headDimension / 2
        for pair in 0..<half {
            let first = head[pair]
            let second = head[pair + half]
            head[pair] = first * rotation[pair] - second * rotation[half + pair]
            head[pair + half] = second * rotation[pair] + first * rotation[half + pair]
        }
    }

    /// Attention of all rows, in units of some rows of a timeline and some heads.
    func attend(layer: Int, _ thread: Int) {
        let configuration = engine.configuration
        let group = configuration.headCount / configuration.keyValueHeadCount
        // A few rows are spread over the threads head by head.
        let isSmall = batch.rowCount <= Int(TK_FUSED_ROWS)
        let headsPerTile = isSmall ? 1 : attention.headsPerTile
        let headTiles = (group + headsPerTile - 1) / headsPerTile
        let unitsPerRowTile = configuration.keyValueHeadCount * headTiles
        var unit = workers.next()
        var firstUnit = 0
        for segment in batch.segments {
            let rowTiles =
                (segment.tokens.count + attention.rowsPerTile - 1) / attention.rowsPerTile
            let units = rowTiles * unitsPerRowTile
            while unit < firstUnit + units {
                // The last rows see the most positions: they are taken first.
                let (reversed, part) = (unit - firstUnit).quotientAndRemainder(
                    dividingBy: unitsPerRowTile)
                let firstRow = (rowTiles - 1 - reversed) * attention.rowsPerTile
                let (keyHead, headTile) = part.quotientAndRemainder(dividingBy: headTiles)
                let firstHead = headTile * headsPerTile
                attend(
                    segment, layer: layer, keyHead: keyHead,
                    rows: firstRow..<min(firstRow + attention.rowsPerTile, segment.tokens.count),
                    heads: keyHead * group + firstHead..<keyHead * group
                        + min(firstHead + headsPerTile, group), thread)
                unit = workers.next()
            }
            firstUnit += units
        }
    }

    /// Attention of `rows` (of the segment) and `heads`, all of one key-value head.
    ///
    /// A chunk of positions is one block: its scores' exponentials are taken relative to the block's
    /// maximum, summed in a fixed order, and the block is merged with those before it. So the result
    /// does not depend on how the prompt was cut, nor on the rows computed together.
    private func attend(
        _ segment: Batch.Segment, layer: Int, keyHead: Int, rows: Range<Int>, heads: Range<Int>,
        _ thread: Int
    ) {
        let dimension = engine.configuration.headDimension
        let count = rows.count * heads.count
        let queries = space.scratch(thread) + attention.queryStart
        var index = 0
        for row in rows {
            for head in heads {
                let query =
                    space.query.pointer + (segment.firstRow + row) * space.queryStride
                    + head * dimension
                for element in 0..<dimension { queries[element * count + index] = query[element] }
                index += 1
            }
        }
        let lastPosition = segment.firstPosition + rows.upperBound - 1
        for chunk in 0...lastPosition / KeyValueChunk.positions {
            attend(
                to: segment.timeline.chunks[chunk], number: chunk, layer: layer, keyHead: keyHead,
                firstPosition: segment.firstPosition + rows.lowerBound, rowCount: rows.count,
                headCount: heads.count, thread)
        }
        let padded = segment.timeline.chunks[0].shape.paddedHeadDimension
        let totals = space.scratch(thread) + attention.totalStart
        let sums = space.scratch(thread) + attention.sumStart
        index = 0
        for row in rows {
            for head in heads {
                let output =
                    space.attention.pointer + (segment.firstRow + row) * space.queryStride
                    + head * dimension
                for element in 0..<dimension {
                    output[element] = totals[index * padded + element] / sums[index]
                }
                index += 1
            }
        }
    }

    /// One chunk's part of the attention of a tile of queries, merged into the totals.
    private func attend(
        to chunk: KeyValueChunk, number: Int, layer: Int, keyHead: Int, firstPosition: Int,
        rowCount: Int, headCount: Int, _ thread: Int
    ) {
        let kernels = engine.kernels
        let scratch = space.scratch(thread)
        let panel = PackedMatrix.panelRows
        let dimension = chunk.shape.headDimension
        let padded = chunk.shape.paddedHeadDimension
        let capacity = KeyValueChunk.positions
        let firstOfChunk = number * capacity
        let count = rowCount * headCount
        let queries = scratch + attention.queryStart
        let scores = scratch + attention.scoreStart
        let weights = scratch + attention.weightStart
        let block = scratch + attention.blockStart
        let needed = min(firstPosition + rowCount - firstOfChunk, capacity)
        let blocks = (needed + panel - 1) / panel
        let positions = blocks * panel
        let keys = chunk.keys(layer: layer, head: keyHead)
        for index in 0..<blocks {
            kernels.tile(
                keys + index * panel * dimension, panel, dimension, queries, Int32(count),
                scores + index * panel, capacity, 0)
        }
        let scale = 1 / Float(dimension).squareRoot()
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * count) { statistics in
            for query in 0..<count {
                let visible = firstPosition + query / headCount + 1 - firstOfChunk
                let row = scores + query * capacity
                let valid = max(0, min(visible, capacity))
                statistics[query] = kernels.softmax_block(
                    row, positions, valid, scale, &statistics[count + query])
                for position in 0..<positions { weights[position * count + query] = row[position] }
            }
            let values = chunk.values(layer: layer, head: keyHead)
            for half in stride(from: 0, to: padded, by: panel) {
                kernels.tile(
                    values + half, padded, positions, weights, Int32(count), block + half, padded, 0
                )
            }
            for query in 0..<count
            where firstPosition + query / headCount >= firstOfChunk {
                merge(
                    query, isFirst: number == 0, maximum: statistics[query],
                    sum: statistics[count + query], block: block + query * padded, padded, scratch)
            }
        }
    }

    /// Adds one block's weighted values, taken relative to `maximum`, to a query's totals.
    private func merge(
        _ query: Int, isFirst: Bool, maximum: Float, sum: Float,
        block: UnsafeMutablePointer<Float>, _ padded: Int, _ scratch: UnsafeMutablePointer<Float>
    ) {
        let total = scratch + attention.totalStart + query * padded
        let maximums = scratch + attention.maximumStart
        let sums = scratch + attention.sumStart
        if isFirst {
            maximums[query] = maximum
            sums[query] = sum
            total.update(from: block, count: padded)
            return
        }
        let both = max(maximums[query], maximum)
        let oldScale = engine.kernels.exponential(maximums[query] - both)
        let newScale = engine.kernels.exponential(maximum - both)
        maximums[query] = both
        sums[query] = sums[query] * oldScale + sum * newScale
        for element in 0..<padded {
            total[element] = total[element] * oldScale + block[element] * newScale
        }
    }
}
