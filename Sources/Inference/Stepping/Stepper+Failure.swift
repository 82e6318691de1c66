import Basics

extension Stepper {
    /// Why a pass gave values that are not finite: it is computed once more, and every layer looked
    /// at. Then the keys and values that it wrote are cleared.
    /// - Parameter logitRow: a row whose logits are not finite, where the residual stream is.
    func failure(_ batch: Batch, _ space: Workspace, logitRow: LogitRow? = nil) -> TandemError {
        let inspection = FinitenessInspection()
        let pass = ForwardPass(
            engine, workers: workers, batch: batch, space: space, inspection: inspection)
        pass.run()
        for segment in batch.segments { segment.timeline.clear(segment.tokens.count) }
        let row = inspection.found?.row ?? logitRow.map { $0.segment.firstRow + $0.row } ?? 0
        let segment = batch.segments.last { $0.firstRow <= row }
        let token = segment.map { $0.firstPosition + row - $0.firstRow + 1 } ?? 0
        let isOfAdapter = inspection.found?.isOfAdapter ?? false
        return TandemError(
            .numeric,
            "\(inspection.found?.name ?? "the logits' product") is not finite at token \(token)",
            file: isOfAdapter ? segment?.timeline.adapter?.path : nil,
            remedy: isOfAdapter
                ? "the adapter's weights overflow; check how it was trained"
                : "the weights overflow; check how the model was converted")
    }
}
