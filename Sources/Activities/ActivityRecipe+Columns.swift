import Parallel
import Tables

extension ActivityRecipe {
  /// Moments a block: each is worked on by one thread, with its rows written side by side.
  private static let blockSize = 1_024
  /// Rows that are laid out together before they go to their columns.
  private static let tileSize = 64

  /// The features of moments, one row each, in the order of `features`.
  ///
  /// What is known at a moment is what the log says had happened, and was recorded, strictly before it
  /// (or at it, where the moment includes it); everything else changes nothing. Order and number of the
  /// other moments change nothing either. Each activity is visited once for all time, and once more for
  /// each moment whose longest window holds it; moments of a lead need not stand together.
  ///
  /// - Parameters:
  ///   - log: whose leads the moments name.
  ///   - moments: leads of the log and finite times.
  /// - Throws: `ActivityError.unknownTimeZone`.
  public func columns(
    _ log: ActivityLog, moments: [Moment], pool: WorkerPool
  ) throws -> [Column] {
    let plan = try SweepPlan(self, log: log)
    precondition(
      log.summary.attributes.map(\.name) == attributes.map(\.name),
      "the log has the attributes of the recipe")
    precondition(
      moments.allSatisfy { $0.lead >= 0 && $0.lead < log.leadCount && $0.asOf.isFinite },
      "moments are of leads of the log, at finite times")
    let order = MomentOrder(moments)
    let blocks = RowBlocks(rowCount: moments.count, blockSize: Self.blockSize)
    var touches = [[Int32]](repeating: [], count: plan.touchCount)
    let numbers = filledColumns(plan.numberCount, rowCount: moments.count, of: Double.self) {
      numbers in
      touches = filledColumns(plan.touchCount, rowCount: moments.count, of: Int32.self) { touches in
        // Each block writes rows of its own only, and the pool joins before the columns are read.
        nonisolated(unsafe) let numbers = numbers
        nonisolated(unsafe) let touches = touches
        let sweeps = (0..<pool.threadCount).map { _ in MomentSweep(plan: plan, log: log) }
        // Each worker has a sweep of its own.
        nonisolated(unsafe) let own = sweeps
        pool.forEach(blocks.count) { block, worker in
          Self.fill(blocks[block], order, plan, own[worker], numbers, touches)
        }
      }
    }
    let levels = SweepPlan.touchLevels(self)
    var columns: [Column] = []
    let features = self.features
    for (values, feature) in zip(numbers, features) {
      columns.append(Column(name: feature.name, values: .number(values)))
    }
    for (index, codes) in touches.enumerated() {
      columns.append(
        Column(
          name: features[plan.numberCount + index].name,
          values: .category(CategoryValues(codes: codes, levels: levels[index]))))
    }
    return columns
  }

  /// Fills the rows of a block.
  ///
  /// Bounds: tiles hold `tileSize` rows; columns are written at the moments' own rows. Lifetime: the
  /// tiles are freed at the end, the columns held by the caller.
  private static func fill(
    _ places: Range<Int>, _ order: MomentOrder, _ plan: SweepPlan, _ sweep: MomentSweep,
    _ numbers: [UnsafeMutablePointer<Double>], _ touches: [UnsafeMutablePointer<Int32>]
  ) {
    let numberTile = UnsafeMutablePointer<Double>.allocate(
      capacity: max(1, tileSize * plan.numberCount))
    let touchTile = UnsafeMutablePointer<Int32>.allocate(
      capacity: max(1, tileSize * plan.touchCount))
    defer {
      numberTile.deallocate()
      touchTile.deallocate()
    }
    var start = places.lowerBound
    while start < places.upperBound {
      let count = min(tileSize, places.upperBound - start)
      for index in 0..<count {
        sweep.row(
          order.moment(start + index), numbers: numberTile + index * plan.numberCount,
          touchCodes: touchTile + index * plan.touchCount)
      }
      for (column, values) in numbers.enumerated() {
        for index in 0..<count {
          values[order.row(start + index)] = numberTile[index * plan.numberCount + column]
        }
      }
      for (column, codes) in touches.enumerated() {
        for index in 0..<count {
          codes[order.row(start + index)] = touchTile[index * plan.touchCount + column]
        }
      }
      start += count
    }
  }
}
