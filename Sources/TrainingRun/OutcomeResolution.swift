import Models
import Tables

/// Settles which values of the outcome column mean won and lost, from what the user said and what the
/// column holds. Won, lost and open are three things: nothing is counted as lost by default where a
/// column has more than two values.
struct OutcomeResolution {
  /// - Parameters:
  ///   - column: the outcome column's name.
  ///   - values: its cells.
  ///   - won: values that mean won; empty where the user gave none.
  ///   - lost: values that mean lost; empty where the user gave none.
  static func resolve(
    column: String, values: CategoryValues, won: [String], lost: [String]
  ) throws -> OutcomeDefinition {
    var counts = [Int](repeating: 0, count: values.levels.count)
    for code in values.codes where code >= 0 { counts[Int(code)] += 1 }
    let present = values.levels.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$0], $1) > (counts[$1], $0) }
      .map { TrainingError.ValueCount(value: values.levels[$0], count: counts[$0]) }
    if present.count == 1, let only = present.first {
      throw TrainingError.outcomeHasOneValue(column: column, value: only.value)
    }
    let wonValues = try won.isEmpty ? impliedWon(column, present) : matched(column, won, present)
    let lostValues =
      try lost.isEmpty
      ? impliedLost(column, present, won: wonValues) : matched(column, lost, present)
    if let both = wonValues.first(where: lostValues.contains) {
      throw TrainingError.outcomeValueTwice(column: column, value: both)
    }
    return OutcomeDefinition(column: column, won: wonValues, lost: lostValues)
  }

  /// Words that mean yes where a column has two values, one of them such a word and one its opposite.
  private static let pairs: [(yes: String, no: String)] = [
    ("yes", "no"), ("y", "n"), ("sí", "no"), ("si", "no"), ("s", "n"), ("true", "false"),
    ("verdadero", "falso"), ("1", "0"),
    ("1.0", "0.0"), ("won", "lost"), ("ganado", "perdido"),
    ("ganada", "perdida"),
  ]

  private static func impliedWon(
    _ column: String, _ present: [TrainingError.ValueCount]
  ) throws -> [String] {
    // “Yes” and “YES” are two spellings of one value.
    let words = Set(present.map { $0.value.lowercased() })
    if words.count == 2, let pair = pairs.first(where: { words == [$0.yes, $0.no] }) {
      return present.map(\.value).filter { $0.lowercased() == pair.yes }
    }
    throw TrainingError.outcomeValuesUnclear(column: column, counts: present)
  }

  private static func impliedLost(
    _ column: String, _ present: [TrainingError.ValueCount], won: [String]
  ) throws -> [String] {
    let others = present.filter { !won.contains($0.value) }
    guard Set(others.map { $0.value.lowercased() }).count == 1 else {
      throw TrainingError.outcomeValuesUnclear(column: column, counts: present)
    }
    return others.map(\.value)
  }

  /// The values as the file spells them. A list of which some value is absent is normal from month to
  /// month; one of which none is present is a typing error.
  private static func matched(
    _ column: String, _ wanted: [String], _ present: [TrainingError.ValueCount]
  ) throws -> [String] {
    var values: [String] = []
    var isSeen = false
    for value in wanted {
      let found = present.filter { $0.value.lowercased() == value.lowercased() }.map(\.value)
      isSeen = isSeen || !found.isEmpty
      values += found.isEmpty ? [value] : found
    }
    guard isSeen else {
      throw TrainingError.outcomeValueNeverSeen(
        column: column, value: wanted.first ?? "", counts: present)
    }
    return values
  }
}
