import Metrics

/// How far each fold's conversions lie off its own model's expectation, in log-odds: in forward folds that is
/// the drift that its model could not know of.
struct FoldLevels: Sendable {
  /// The leads of each fold.
  let parts: [ScoreGroups]
  /// The level of each group of all parts, in their order.
  let offsets: [Double]
  /// The level of each lead.
  let ofRows: [Double]

  /// - Throws: `CalibrationError`.
  init(folds: [Int32], rawPredictions: [Double], labels: [UInt8], weights: [Double]?) throws {
    precondition(folds.count == labels.count, "one fold a prediction")
    var parts: [ScoreGroups] = []
    var offsets: [Double] = []
    var ofRows = [Double](repeating: 0, count: folds.count)
    for fold in Set(folds).sorted() {
      let rows = folds.indices.filter { folds[$0] == fold && weights?[$0] != 0 }
      guard !rows.isEmpty else { continue }
      let part = try ScoreGroups(
        rawPredictions: rows.map { rawPredictions[$0] }, labels: rows.map { labels[$0] },
        weights: weights.map { all in rows.map { all[$0] } })
      // A fold of one outcome has no finite level: it keeps its model's.
      let level = part.rarerClass > 0 ? try InterceptMatch.estimate(part).value : 0
      parts.append(part)
      offsets.append(contentsOf: repeatElement(level, count: part.count))
      for row in rows { ofRows[row] = level }
    }
    (self.parts, self.offsets, self.ofRows) = (parts, offsets, ofRows)
  }
}
