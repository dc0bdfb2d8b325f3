import Metrics
import Tables

/// A field that was filled in once and hardly is any more.
struct StaleField: Sendable, Equatable {
  /// Share of the leads before the latest tenth that have it.
  let before: Double
  /// Share of the latest tenth.
  let lately: Double
  /// When the last lead came in that has it, seconds since 1970.
  let last: Double

  /// The latest leads that are compared with all before.
  private static let share = 0.1
  /// How many times less often than before, bound against bound.
  private static let ratio = 5.0

  /// Of the latest leads, below which nobody fills the field in any more.
  private static let silence = 0.01

  /// Whether leads to come will all but never have it.
  var isSilent: Bool { lately < Self.silence }

  /// - Parameters:
  ///   - filled: whether each cell of the field is filled in.
  ///   - order: rows with a date, the earliest first.
  /// - Returns: `nil` where the field is filled in as ever.
  init?(filled: [Bool], order: [Int], created: [Double]) {
    let cut = order.count - Int(Self.share * Double(order.count))
    guard order.count - cut >= AuditLimits.fewestRows else { return nil }
    func count(_ rows: ArraySlice<Int>) -> Double {
      Double(rows.count { filled[$0] })
    }
    let (early, late) = (count(order[..<cut]), count(order[cut...]))
    guard
      let earlyBounds = ConfidenceInterval.wilson(conversions: early, leads: Double(cut)),
      let lateBounds = ConfidenceInterval.wilson(
        conversions: late, leads: Double(order.count - cut)),
      earlyBounds.low > Self.ratio * lateBounds.high,
      let last = order.last(where: { filled[$0] })
    else { return nil }
    before = early / Double(cut)
    lately = late / Double(order.count - cut)
    self.last = created[last]
  }
}

/// Levels of a category that come up only late in the history.
struct LateLevels: Sendable, Equatable {
  /// Of those levels: how many, and leads that have one.
  let levels: Int
  let leads: Int
  /// The one with the most leads.
  let commonest: String
  let commonestLeads: Int

  /// A level is late if no lead of the first three quarters has it.
  private static let share = 0.75

  /// - Parameter order: rows with a date, the earliest first.
  init?(_ values: ColumnValues, order: [Int]) {
    guard case .category(let cells) = values else { return nil }
    let cut = Int(Self.share * Double(order.count))
    var isEarly = [Bool](repeating: false, count: cells.levels.count)
    var counts = [Int](repeating: 0, count: cells.levels.count)
    for row in order[..<cut] where cells.codes[row] >= 0 { isEarly[Int(cells.codes[row])] = true }
    for row in order[cut...] where cells.codes[row] >= 0 { counts[Int(cells.codes[row])] += 1 }
    let late = counts.indices.filter {
      !isEarly[$0] && counts[$0] >= AuditLimits.fewestLevelRows
    }
    guard let first = late.max(by: { counts[$0] < counts[$1] }) else { return nil }
    levels = late.count
    leads = late.reduce(0) { $0 + counts[$1] }
    commonest = cells.levels[first]
    commonestLeads = counts[first]
  }
}
