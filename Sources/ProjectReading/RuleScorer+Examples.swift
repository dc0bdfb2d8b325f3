import History
import Parallel
import Rules
import Tables

extension RuleEvents {
  /// What the leads of some examples did by their decision times.
  public init(_ activities: ExampleActivities) {
    self.init(log: activities.log, moments: activities.moments, ages: activities.ages)
  }
}

extension RuleScorer {
  /// What rules about activities say of examples as of their decision times.
  /// - Parameters:
  ///   - table: all examples.
  ///   - logs: what their leads did; `nil` where there are no activities.
  /// - Returns: `nil` for a file that asks for no activities.
  /// - Throws: as `score`, `RuleError.noEvents` among them, and `ActivityError`.
  public func verdicts(_ table: Table, logs: ExampleLogs?, pool: WorkerPool) throws
    -> RuleVerdicts?
  {
    guard file.needsEvents else { return nil }
    guard let logs else { return try bind(table).verdicts() }
    let columns = file.requiredColumns.compactMap { table[$0.name] }
    var verdicts = noVerdicts
    try logs.forEach(pool: pool) { activities in
      let rows = Array(activities.rows)
      let part = Table(
        columns: columns.map { Column(name: $0.name, values: $0.values.gathered(rows)) },
        rowCount: rows.count)
      return try bind(part, events: RuleEvents(activities)).verdicts()
    } consume: {
      verdicts.append($0)
    }
    return verdicts
  }
}
