import CKernels

extension ForwardPass {
    /// Attention of all rows. Ends with a barrier.
    func attend(layer: Int, _ thread: Int) {
        if !attention.appendsInUnits {
            appendKeysAndValues(layer, thread)
            finish(.attention, thread)
        }
        workers.take(attention.units.count) { unit in
            attend(attention.units[unit], layer: layer, thread)
        }
        finish(.attention, thread)
    }

    /// Merges the parts of attention of `row` into `output`, [heads × headDimension].
    func mergeAttention(of row: Int, to output: UnsafeMutablePointer<Float>, _ thread: Int) {
        let dimension = engine.configuration.headDimension
        let headCount = engine.configuration.headCount
        let blocks = attention.rowBlocks[row]
        let total = space.attentionScratch(thread)
        for head in 0..<headCount {
            for block in 0..<blocks {
                let partial =
                    space.partials.pointer + attention.partial(row: row, head: head, block: block)
                total.add(
                    0, block: partial, sum: partial[attention.paddedDimension],
                    maximum: partial[attention.paddedDimension + 1], isFirst: block == 0,
                    kernels: engine.kernels)
            }
            total.write(0, to: output + head * dimension)
        }
    }

    /// Rotates queries and keys, and puts keys and values into the timelines' chunks.
    ///
    /// Positions of one panel of keys share lines of the cache: one thread writes them all.
    func appendKeysAndValues(_ layer: Int, _ thread: Int) {
        let configuration = engine.configuration
        let dimension = configuration.headDimension
        var run = 0
        for segment in batch.segments {
            var first = 0
            while first < segment.tokens.count {
                let panel = PackedMatrix.panelRows
                let left = panel - (segment.firstPosition + first) % panel
                let offsets = first..<min(first + left, segment.tokens.count)
                first = offsets.upperBound
                run += 1
                guard run % workers.count == thread else { continue }
                for offset in offsets {
                    let row = segment.firstRow + offset
                    let rotation = space.rotations.pointer + row * dimension
                    for head in 0..<configuration.headCount {
                        engine.kernels.rotate(
                            space.query.pointer + row * space.queryStride + head * dimension,
                            rotation, dimension / 2)
                    }
                }
                for head in 0..<configuration.keyValueHeadCount {
                    append(segment, offsets, layer: layer, keyHead: head)
                }
            }
        }
    }

    /// Puts keys and values of a head into the cache.
    /// - Parameter offsets: rows of the segment, whose positions are in one chunk.
    private func append(
        _ segment: Batch.Segment, _ offsets: Range<Int>, layer: Int, keyHead: Int
    ) {
        let dimension = engine.configuration.headDimension
        let positions = KeyValueChunk.positions
        let chunk = segment.timeline.chunks[
            (segment.firstPosition + offsets.lowerBound) / positions]
        let keys = chunk.keys(layer: layer, head: keyHead)
        let values = chunk.values(layer: layer, head: keyHead)
        let type = chunk.shape.kernelType
        for offset in offsets {
            let row = segment.firstRow + offset
            let source = row * space.keyStride + keyHead * dimension
            engine.kernels.rotate(
                space.key.pointer + source, space.rotations.pointer + row * dimension,
                dimension / 2)
            engine.kernels.cache_position(
                type, space.key.pointer + source, space.value.pointer + source, dimension,
                positions, (segment.firstPosition + offset) % positions, keys, values)
        }
    }

    /// A block's scores' exponentials are taken relative to the block's maximum, and the block is
    /// merged with those before it. So the result does not depend on how the prompt was cut, nor on
    /// the rows computed together.
    private func attend(_ unit: AttentionPlan.Unit, layer: Int, _ thread: Int) {
        let segment = batch.segments[unit.segment]
        if unit.appends {
            for row in unit.rows {
                append(segment, row..<row + 1, layer: layer, keyHead: unit.keyHead)
            }
        }
        let dimension = engine.configuration.headDimension
        let scratch = space.attentionScratch(thread)
        let count = unit.rows.count * unit.heads.count
        gatherQueries(unit, segment, scratch)
        let scale = 1 / Float(dimension).squareRoot()
        let lastVisible = segment.firstPosition + unit.rows.upperBound
        for number in unit.blocks {
            let first = number * AttentionPlan.blockPositions
            for index in 0..<count {
                let visible =
                    segment.firstPosition + unit.rows.lowerBound + index / unit.heads.count + 1
                scratch.visible[index] = Int32(
                    max(0, min(visible - first, AttentionPlan.blockPositions)))
            }
            let positions = min(
                PackedMatrix.panelCount(lastVisible - first) * PackedMatrix.panelRows,
                AttentionPlan.blockPositions)
            let chunk = segment.timeline.chunks[first / KeyValueChunk.positions]
            let place = first % KeyValueChunk.positions
            engine.kernels.attend(
                chunk.shape.kernelType,
                chunk.keys(layer: layer, head: unit.keyHead, position: place),
                chunk.values(layer: layer, head: unit.keyHead, position: place), dimension,
                scratch.padded, KeyValueChunk.positions, positions, scratch.queries, Int32(count),
                scratch.visible, scale, scratch.block, scratch.maximums, scratch.sums)
            for index in 0..<count where scratch.visible[index] > 0 {
                keep(unit, segment, number, index, scratch)
            }
        }
        if attention.isSplit { return }
        for index in 0..<count {
            let (row, head) = place(index, unit, segment)
            scratch.write(
                index,
                to: space.attention.pointer + row * space.queryStride + head * dimension)
        }
    }

    /// Keeps or merges what a block gave for query `index` of a unit.
    private func keep(
        _ unit: AttentionPlan.Unit, _ segment: Batch.Segment, _ number: Int, _ index: Int,
        _ scratch: AttentionScratch
    ) {
        let block = scratch.block + index * scratch.padded
        if attention.isSplit {
            let (row, head) = place(index, unit, segment)
            let partial =
                space.partials.pointer + attention.partial(row: row, head: head, block: number)
            partial.update(from: block, count: scratch.padded)
            partial[scratch.padded] = scratch.sums[index]
            partial[scratch.padded + 1] = scratch.maximums[index]
        } else {
            scratch.add(
                index, block: block, sum: scratch.sums[index], maximum: scratch.maximums[index],
                isFirst: number == 0, kernels: engine.kernels)
        }
    }

    /// The row of the batch and the head of query `index` of a unit.
    private func place(
        _ index: Int, _ unit: AttentionPlan.Unit, _ segment: Batch.Segment
    ) -> (row: Int, head: Int) {
        let (row, head) = index.quotientAndRemainder(dividingBy: unit.heads.count)
        return (segment.firstRow + unit.rows.lowerBound + row, unit.heads.lowerBound + head)
    }

    /// The unit's queries as [headDimension, count], rotated.
    private func gatherQueries(
        _ unit: AttentionPlan.Unit, _ segment: Batch.Segment, _ scratch: AttentionScratch
    ) {
        let dimension = engine.configuration.headDimension
        let count = unit.rows.count * unit.heads.count
        for index in 0..<count {
            let (row, head) = place(index, unit, segment)
            let query = scratch.block + index * dimension
            query.update(
                from: space.query.pointer + row * space.queryStride + head * dimension,
                count: dimension)
            if attention.appendsInUnits {
                engine.kernels.rotate(
                    query, space.rotations.pointer + row * dimension, dimension / 2)
            }
        }
        engine.kernels.interleave(
            TK_F32, scratch.block, dimension, dimension, Int32(count), scratch.queries, nil)
    }
}
