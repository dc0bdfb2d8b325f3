import Metrics
import Tables

/// How many leads of each outcome have a cell filled in.
struct FillCounts: Sendable, Equatable {
  /// Weights of leads; their numbers, without weights.
  struct Leads: Sendable, Equatable {
    var filled = 0.0
    var blank = 0.0

    var count: Double { filled + blank }
    /// `nil` without leads.
    var share: Double? { count > 0 ? filled / count : nil }
    var interval: ConfidenceInterval? { .wilson(conversions: filled, leads: count) }

    static func + (left: Leads, right: Leads) -> Leads {
      Leads(filled: left.filled + right.filled, blank: left.blank + right.blank)
    }
  }

  var won = Leads()
  var lost = Leads()
  var open = Leads()

  var closed: Leads { won + lost }
  var all: Leads { closed + open }

  /// - Parameter rows: the rows to count; `nil` takes all.
  init(_ values: ColumnValues, outcomes: [Int8], weights: [Double]?, rows: [Int]? = nil) {
    func add(_ row: Int) {
      let weight = weights?[row] ?? 1
      let isFilled = !values.isMissing(row)
      switch outcomes[row] {
      case 1: won.add(isFilled, weight)
      case 0: lost.add(isFilled, weight)
      default: open.add(isFilled, weight)
      }
    }
    if let rows {
      for row in rows { add(row) }
    } else {
      for row in outcomes.indices { add(row) }
    }
  }
}

extension FillCounts.Leads {
  fileprivate mutating func add(_ isFilled: Bool, _ weight: Double) {
    if isFilled { filled += weight } else { blank += weight }
  }
}
