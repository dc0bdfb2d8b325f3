import History
import Parallel
import Reports

/// Which examples of a history were contacted, as their activities tell.
public enum ContactedLeads {
  /// - Parameters:
  ///   - logs: `nil` where there are no activities.
  ///   - settled: when each example's outcome was known: what is done later, such as welcoming a customer,
  ///     caused no win.
  /// - Returns: one flag an example.
  /// - Throws: `ComparisonError` for a type that no activity is of, `ActivityError`.
  public static func flags(
    _ event: ContactEvent, logs: ExampleLogs?, settled: [Double], pool: WorkerPool
  ) throws -> [Bool] {
    guard let logs else { throw ComparisonError.noEvents }
    if let unknown = event.types.first(where: { !logs.types.contains($0) }) {
      throw ComparisonError.unknownEvent(name: unknown, available: logs.types)
    }
    var flags: [Bool] = []
    try logs.forEach(pool: pool) { activities in
      let log = activities.log
      let types = Set(event.types.compactMap { log.types.firstIndex(of: $0) })
      return zip(activities.rows, activities.moments).map { row, moment in
        log.events(of: Int(moment.lead)).contains { place in
          guard let type = log.type(place), types.contains(type) else { return false }
          let time = log.time(place)
          return switch event.moment {
          case .after: time >= moment.asOf && time < settled[row]
          case .before: time < moment.asOf
          }
        }
      }
    } consume: {
      flags += $0
    }
    return flags
  }
}
