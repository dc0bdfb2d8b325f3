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

  /// - Parameter filled: whether the cell is filled in, one a row (`ColumnValues.filledCells`).
  init(filled: [Bool], outcomes: [Int8], weights: [Double]?) {
    for (row, isFilled) in filled.enumerated() {
      let weight = weights?[row] ?? 1
      switch outcomes[row] {
      case 1: won.add(isFilled, weight)
      case 0: lost.add(isFilled, weight)
      default: open.add(isFilled, weight)
      }
    }
  }
}

extension FillCounts.Leads {
  fileprivate mutating func add(_ isFilled: Bool, _ weight: Double) {
    if isFilled { filled += weight } else { blank += weight }
  }
}

extension ColumnValues {
  /// Whether each cell is filled in: found once a column, since asking cell by cell costs more than all
  /// that is counted.
  var filledCells: [Bool] {
    switch self {
    case .number(let cells), .date(let cells): cells.map { !$0.isNaN }
    case .category(let cells): cells.codes.map { $0 >= 0 }
    case .flag(let cells): cells.map { $0 >= 0 }
    case .text(let cells): cells.missing.map { !$0 }
    }
  }
}
