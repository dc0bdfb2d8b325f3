import Metrics
import Tables

/// Open leads that have other values in a column than closed ones: such values come with the closing, as a
/// stage does that says won, lost or open.
///
/// A campaign of this year divides leads too, since open ones are young. So it is evidence only beside a sign
/// that the column is the outcome: it tells won from lost alone, or won and lost leads share no values either.
struct DividedValues: Sendable, Equatable {
  /// The part that the values of open leads and of closed ones have in common: the sum over values of the
  /// lesser of their two shares, 0 for none and 1 for all.
  let sharedWithOpen: Double
  /// The same of won and lost leads; `nil` where there are too few of either.
  let sharedByOutcomes: Double?

  /// Whether won and lost leads are divided as well.
  var divideOutcomes: Bool {
    sharedByOutcomes.map { $0 <= AuditLimits.sharedValues } ?? false
  }

  /// - Parameter outcomes: 1 won, 0 lost, -1 open, one a row.
  /// - Returns: `nil` where open leads are too few, or have values in common with closed ones.
  init?(_ values: ColumnValues, outcomes: [Int8]) {
    switch values {
    // Dates always move on, and text is not compared.
    case .date, .text: return nil
    case .number, .category, .flag: break
    }
    let coded = CodedColumn(values, rows: Array(outcomes.indices))
    var counts = [[Double]](repeating: [Double](repeating: 0, count: coded.count), count: 3)
    for (row, code) in coded.codes.enumerated() {
      counts[Int(outcomes[row]) + 1][Int(code)] += 1
    }
    let (open, lost, won) = (counts[0], counts[1], counts[2])
    let closed = zip(lost, won).map(+)
    // With another value in every row, nothing is shared and nothing is said.
    let levels = Double(closed.indices.count { closed[$0] + open[$0] > 0 })
    guard levels * AuditLimits.leadsOfALevel <= Double(outcomes.count),
      let shared = Self.shared(open, closed), shared <= AuditLimits.sharedValues
    else { return nil }
    sharedWithOpen = shared
    sharedByOutcomes = Self.shared(won, lost)
  }

  private static func shared(_ first: [Double], _ second: [Double]) -> Double? {
    let (one, other) = (first.reduce(0, +), second.reduce(0, +))
    guard min(one, other) >= Double(AuditLimits.fewestRows) else { return nil }
    return zip(first, second).reduce(0) { $0 + min($1.0 / one, $1.1 / other) }
  }

  var words: String {
    "open leads share \(NumberText.percent(sharedWithOpen)) of their values with closed ones"
      + (sharedByOutcomes.map { ", won ones \(NumberText.percent($0)) with lost ones" } ?? "")
  }
}
