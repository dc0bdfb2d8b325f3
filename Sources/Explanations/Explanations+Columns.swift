import Models
import Tables

extension Explanations {
  /// Leads that a level, or cells that are not filled in, need to be told of: fewer name single leads, and
  /// their mean is noise.
  public static let fewestOfLevel = 20
  /// Levels that are told of, on either side.
  public static let mostLevels = 3
  /// Of all ups and downs of a number, those that must go one way to be called a direction.
  static let oneWay = 0.8
  /// Groups of nearly equal numbers of leads between which a number goes up or down.
  static let groups = 10

  /// What each column gives over all rows: how much, and which way.
  ///
  /// - Parameters:
  ///   - table: the rows that were explained.
  ///   - weights: how many times each row counts, one a row.
  public func columnContributions(
    of table: Table, weights: [Double]? = nil
  ) -> ColumnContributions {
    precondition(table.rowCount == rowCount, "the rows that were explained")
    let found = columns.indices.compactMap { place -> ColumnContribution? in
      guard let values = table[columns[place]]?.values else { return nil }
      let rows = (0..<rowCount).map { row in
        Row(
          number: row, contribution: contributions[row * columns.count + place],
          weight: weights?[row] ?? 1)
      }
      return Self.contribution(of: columns[place], values, rows: rows)
    }
    let order = found.indices.sorted {
      (-found[$0].meanSize, $0) < (-found[$1].meanSize, $1)
    }
    return ColumnContributions(leads: rowCount, columns: order.map { found[$0] })
  }

  /// What the column gives to a row.
  private struct Row {
    let number: Int
    let contribution: Double
    let weight: Double
  }

  private static func contribution(
    of name: String, _ values: ColumnValues, rows: [Row]
  ) -> ColumnContribution {
    let size = mean(rows.map { ($0.weight, abs($0.contribution)) })
    let missing = rows.filter { values.isMissing($0.number) }
    let missingMean =
      missing.count >= fewestOfLevel ? mean(missing.map { ($0.weight, $0.contribution) }) : nil
    let filled = rows.filter { !values.isMissing($0.number) }
    switch values {
    case .number(let numbers), .date(let numbers):
      return ColumnContribution(
        column: name, meanSize: size, direction: direction(filled, numbers), missing: missingMean)
    case .category(let cells):
      return levels(name, size, missingMean, filled, of: rows) {
        cells.levels[Int(cells.codes[$0])]
      }
    case .flag(let cells):
      return levels(name, size, missingMean, filled, of: rows) { cells[$0] == 1 ? "yes" : "no" }
    case .text:
      return ColumnContribution(column: name, meanSize: size, missing: missingMean)
    }
  }

  private static func levels(
    _ column: String, _ size: Double, _ missing: Double?, _ filled: [Row], of all: [Row],
    name: (Int) -> String
  ) -> ColumnContribution {
    let total = all.reduce(0) { $0 + $1.weight }
    let levels = Dictionary(grouping: filled) { name($0.number) }
      .filter { $0.value.count >= fewestOfLevel }
      .map { level, rows in
        ColumnContribution.Level(
          name: level, mean: mean(rows.map { ($0.weight, $0.contribution) }),
          share: total > 0 ? rows.reduce(0) { $0 + $1.weight } / total : 0)
      }
    func strongest(_ isRaising: Bool) -> [ColumnContribution.Level] {
      Array(
        levels.filter { isRaising ? $0.mean > 0 : $0.mean < 0 }
          .sorted { (-abs($0.mean), $0.name) < (-abs($1.mean), $1.name) }.prefix(mostLevels))
    }
    return ColumnContribution(
      column: column, meanSize: size, raising: strongest(true), lowering: strongest(false),
      missing: missing)
  }

  /// Which way the means of groups of rising values go.
  private static func direction(
    _ rows: [Row], _ values: [Double]
  ) -> ColumnContribution.Direction? {
    let sorted = rows.sorted {
      (values[$0.number], $0.number) < (values[$1.number], $1.number)
    }
    // Equal values stay together: a group ends where a new value begins.
    var means: [Double] = []
    var group: [Row] = []
    for (place, row) in sorted.enumerated() {
      let isNew = group.last.map { values[$0.number] != values[row.number] } ?? false
      if isNew, place * groups >= sorted.count * (means.count + 1) {
        means.append(mean(group.map { ($0.weight, $0.contribution) }))
        group = []
      }
      group.append(row)
    }
    means.append(mean(group.map { ($0.weight, $0.contribution) }))
    var (up, down) = (0.0, 0.0)
    for (one, next) in zip(means, means.dropFirst()) {
      up += max(0, next - one)
      down += max(0, one - next)
    }
    guard up + down > 0 else { return nil }
    if up >= oneWay * (up + down) { return .raises }
    return down >= oneWay * (up + down) ? .lowers : .bothWays
  }

  private static func mean(_ values: [(weight: Double, value: Double)]) -> Double {
    let weight = values.reduce(0) { $0 + $1.weight }
    return weight > 0 ? values.reduce(0) { $0 + $1.weight * $1.value } / weight : 0
  }
}
