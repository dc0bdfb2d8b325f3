/// Rows in time order cut into stretches: the first half, and `count` parts of the second.
struct Stretches {
  let count: Int
  /// The stretch of each row; `Folds.trainsOnly` in the first half, `Folds.takesNoPart` without a time.
  private(set) var assignment: [Int32]
  /// The earliest time of each stretch.
  private(set) var starts: [Double] = []

  /// - Parameter count: at least 2.
  /// - Throws: `ValidationError.tooFewMoments` where ties leave fewer cuts than are needed.
  init(_ order: TimeOrder, count: Int) throws {
    self.count = count
    assignment = [Int32](repeating: Folds.takesNoPart, count: order.rowCount)
    for row in order.rows { assignment[row] = Folds.trainsOnly }
    let total = order.rows.count
    let half = (total + 1) / 2
    var cuts: [Int] = []
    for fold in 0..<count {
      let target = half + (total - half) * fold / count
      let cut = order.firstPlace(notBefore: max(target, (cuts.last ?? 0) + 1))
      guard cut < total else {
        throw ValidationError.tooFewMoments(moments: cuts.count, parts: count)
      }
      cuts.append(cut)
    }
    for fold in 0..<count {
      let end = fold + 1 < count ? cuts[fold + 1] : total
      for place in cuts[fold]..<end { assignment[order.rows[place]] = Int32(fold) }
      starts.append(order.time(cuts[fold]))
    }
  }
}
