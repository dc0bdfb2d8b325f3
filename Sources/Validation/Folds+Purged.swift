extension Folds {
  /// Folds in time order for outcomes that take time, of rows that belong together.
  ///
  /// Stretches are cut as in `forward(times:count:)`. What the model of a stretch is trained on is known
  /// when the stretch begins: rows whose time plus horizon is not later (López de Prado, *Advances in
  /// Financial Machine Learning*, 2018, ch. 7, calls this purging). A group is validated in one stretch
  /// only, the one that has most of its rows (of equals the one with the fewest rows so far), and does
  /// not train the model of that stretch; its rows in other stretches are not validated.
  ///
  /// - Parameters:
  ///   - times: when each row was decided, later is larger; a row whose time is NaN takes no part.
  ///   - horizon: how long after that its outcome is known, in the unit of `times`; at least 0.
  ///   - groups: a number a row, 0 or more; rows of one number (a lead, an account) stay together; a
  ///     negative one stands alone. `nil` where all do.
  ///   - count: folds, at least 2.
  ///   - unitsPerDay: of `times`, for messages.
  /// - Throws: `ValidationError.tooFewMoments` where ties leave fewer cuts than are needed,
  ///   `.emptyFold` where nothing is left to train or validate with.
  public static func forward(
    times: [Double], horizon: Double, groups: [Int32]? = nil, count: Int,
    unitsPerDay: Double = 86_400
  ) throws -> Folds {
    precondition(horizon >= 0, "a horizon is no negative time")
    precondition((groups ?? []).count == (groups == nil ? 0 : times.count), "one group a row")
    try checkFolds(count)
    let order = TimeOrder(times)
    let stretches = try Stretches(order, count: count)
    var assignment = stretches.assignment
    var foldOfGroup = assignment.map { max($0, -1) }
    if let groups {
      let folds = folds(ofGroups: groups, order: order, stretches: stretches)
      for row in times.indices where groups[row] >= 0 && !times[row].isNaN {
        let fold = folds[groups[row]] ?? -1
        foldOfGroup[row] = fold
        if assignment[row] != fold { assignment[row] = trainsOnly }
      }
    }
    let trainsFrom = times.map { time in
      Int32(
        stretches.starts.firstIndex { time < $0 && time + horizon <= $0 } ?? count)
    }
    let folds = Folds(
      scheme: .forward, count: count, assignment: assignment,
      purge: Purge(trainsFrom: trainsFrom, foldOfGroup: foldOfGroup))
    for fold in 0..<count
    where folds.trainingRows(fold).isEmpty || folds.validationRows(fold).isEmpty {
      throw ValidationError.emptyFold(
        fold: fold, parts: count, horizonDays: horizon / unitsPerDay)
    }
    return folds
  }

  /// The stretch in which each group is validated; none for groups of the first half alone.
  private static func folds(
    ofGroups groups: [Int32], order: TimeOrder, stretches: Stretches
  ) -> [Int32: Int32] {
    // Groups in the order of their first row in time, so that the order of rows does not matter.
    var sequence: [Int32] = []
    var counts: [Int32: [Int]] = [:]
    for row in order.rows where groups[row] >= 0 && stretches.assignment[row] >= 0 {
      let group = groups[row]
      if counts[group] == nil { sequence.append(group) }
      counts[group, default: [Int](repeating: 0, count: stretches.count)][
        Int(stretches.assignment[row])] += 1
    }
    var validated = [Int](repeating: 0, count: stretches.count)
    var folds: [Int32: Int32] = [:]
    for group in sequence {
      guard let rows = counts[group], let most = rows.max() else { continue }
      var best = -1
      for fold in rows.indices where rows[fold] == most {
        if best < 0 || validated[fold] < validated[best] { best = fold }
      }
      validated[best] += most
      folds[group] = Int32(best)
    }
    return folds
  }
}

extension HoldOut {
  /// The latest share of the rows in time, for outcomes that take time, of rows that belong together.
  ///
  /// Rows are held out as in `latest(times:share:)`. What is trained on is known when the held-out time
  /// begins: rows whose time plus horizon is not later. A group is on the side that has most of its rows
  /// (held out, of equals); its other rows are on neither.
  ///
  /// - Parameters: as those of `Folds.forward(times:horizon:groups:count:unitsPerDay:)`.
  /// - Throws: `ValidationError.tooFewMoments` where all rows share one moment, `.emptyFold` where
  ///   nothing is left on a side.
  public static func latest(
    times: [Double], horizon: Double, groups: [Int32]? = nil, share: Double,
    unitsPerDay: Double = 86_400
  ) throws -> HoldOut {
    precondition(horizon >= 0, "a horizon is no negative time")
    let cut = try latest(times: times, share: share)
    let start = cut.heldOut.reduce(Double.infinity) { min($0, times[$1]) }
    var isHeldOut = [Bool](repeating: false, count: times.count)
    for row in cut.heldOut { isHeldOut[row] = true }
    // Rows held out less rows trained on, a group.
    var balance: [Int32: Int] = [:]
    if let groups {
      precondition(groups.count == times.count, "one group a row")
      for row in times.indices where groups[row] >= 0 && !times[row].isNaN {
        balance[groups[row], default: 0] += isHeldOut[row] ? 1 : -1
      }
    }
    func isOnItsSide(_ row: Int) -> Bool {
      guard let groups, groups[row] >= 0 else { return true }
      return isHeldOut[row] == ((balance[groups[row]] ?? 0) >= 0)
    }
    let result = HoldOut(
      heldOut: cut.heldOut.filter(isOnItsSide),
      training: cut.training.filter { times[$0] + horizon <= start && isOnItsSide($0) })
    guard !result.heldOut.isEmpty, !result.training.isEmpty else {
      throw ValidationError.emptyFold(fold: 1, parts: 2, horizonDays: horizon / unitsPerDay)
    }
    return result
  }
}
