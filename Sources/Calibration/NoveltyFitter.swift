import Features
import Models
import Tables
import Validation

/// Learns from history's leads what a lead unlike them would be.
///
/// Each rule is tried on history first: learned from four fifths of the leads and asked of the others. A
/// number's range is widened until at most one lead in a thousand falls outside; levels, filled columns and
/// patterns of missing cells that others often break are no rules. Rules are then taken from the least broken
/// up while all of them together flag at most one lead in a hundred.
public struct NoveltyFitter: Sendable {
  public init() {}

  static let parts = 5
  /// Share of the leads that a range may leave outside.
  static let rangeShare = 0.001
  /// Share of the leads that all rules together may flag.
  static let allowedShare = 0.01
  /// Beyond its farthest value history is continued by these multiples of that value's distance from the
  /// median: a quarter as far again is far, and four times holds what heavy tails do.
  static let margins = [0.25, 0.5, 1, 2, 4]
  /// A column of more levels, or columns of more patterns of missing cells, have new ones every day; and all
  /// of them are kept in the model file.
  static let mostLevels = 2_000
  /// Fewer leads than this show what is usual, but not what is not.
  static let fewestLeads = 50
  /// A median needs no more rows.
  private static let medianRows = 100_000

  private struct Candidate {
    let rule: NoveltyDetector.Rule
    /// Positions in `rows` that break the rule as others would have it.
    let broken: [Int]
  }

  /// - Parameters:
  ///   - columns: of numbers, values and gaps are looked at, of categories levels and gaps, of flags gaps.
  ///   - rows: of the training leads.
  /// - Returns: `nil` where there are too few leads or nothing to look at.
  public func fit(_ table: Table, columns: [String], rows: [Int], seed: UInt64 = 0)
    -> NoveltyDetector?
  {
    guard rows.count >= Self.fewestLeads else { return nil }
    let hash = CounterHash(seed: seed)
    let parts = rows.indices.map { Int(hash(UInt64($0)) % UInt64(Self.parts)) }
    var candidates: [Candidate] = []
    var gapColumns: [String] = []
    for name in columns {
      guard let column = table[name] else { continue }
      switch column.values {
      case .number(let values):
        if let range = range(name, values: rows.map { values[$0] }, parts: parts) {
          candidates.append(range)
        }
      case .category(let values):
        if let levels = levels(name, values, rows: rows, parts: parts) { candidates.append(levels) }
      case .flag: break
      case .date, .text: continue
      }
      let missing = rows.reduce(0) { $0 + (column.values.isMissing($1) ? 1 : 0) }
      if missing == 0 {
        candidates.append(Candidate(rule: .filled(column: name), broken: []))
      } else {
        gapColumns.append(name)
      }
    }
    if gapColumns.count > 1,
      let gaps = gaps(table, columns: gapColumns, rows: rows, parts: parts)
    {
      candidates.append(gaps)
    }
    return chosen(candidates, leads: rows.count)
  }

  private func chosen(_ candidates: [Candidate], leads: Int) -> NoveltyDetector? {
    guard !candidates.isEmpty else { return nil }
    let order = candidates.indices.sorted {
      candidates[$0].broken.count != candidates[$1].broken.count
        ? candidates[$0].broken.count < candidates[$1].broken.count : $0 < $1
    }
    var flagged: Set<Int> = []
    var taken: [Int] = []
    for index in order {
      let more = flagged.union(candidates[index].broken)
      guard Double(more.count) <= Self.allowedShare * Double(leads) else { break }
      flagged = more
      taken.append(index)
    }
    return NoveltyDetector(
      rules: taken.sorted().map { candidates[$0].rule },
      historyShare: Double(flagged.count) / Double(leads))
  }

  /// - Returns: `nil` where even the widest range is left too often.
  private func range(_ name: String, values: [Double], parts: [Int]) -> Candidate? {
    var lows = [Double](repeating: .infinity, count: Self.parts)
    var highs = [Double](repeating: -.infinity, count: Self.parts)
    for (position, value) in values.enumerated() where value.isFinite {
      lows[parts[position]] = min(lows[parts[position]], value)
      highs[parts[position]] = max(highs[parts[position]], value)
    }
    guard let median = Self.median(values) else { return nil }
    func others(_ part: Int) -> (low: Double, high: Double) {
      var (low, high) = (Double.infinity, -Double.infinity)
      for index in 0..<Self.parts where index != part {
        low = min(low, lows[index])
        high = max(high, highs[index])
      }
      return (low, high)
    }
    let ranges = (0..<Self.parts).map(others)
    for margin in Self.margins {
      let limits = ranges.map { Self.widened($0, about: median, by: margin) }
      let broken = values.indices.filter { position in
        let limit = limits[parts[position]]
        return values[position] < limit.low || values[position] > limit.high
      }
      if Double(broken.count) <= Self.rangeShare * Double(values.count) {
        let all = Self.widened(
          (lows.min() ?? median, highs.max() ?? median), about: median, by: margin)
        return Candidate(
          rule: .range(column: name, low: all.low, high: all.high), broken: broken)
      }
    }
    return nil
  }

  private static func widened(
    _ range: (low: Double, high: Double), about median: Double, by margin: Double
  ) -> (low: Double, high: Double) {
    (
      range.low - margin * max(median - range.low, 0),
      range.high + margin * max(range.high - median, 0)
    )
  }

  private static func median(_ values: [Double]) -> Double? {
    let step = max(1, values.count / medianRows)
    let sample = stride(from: 0, to: values.count, by: step).map { values[$0] }
      .filter(\.isFinite).sorted()
    return sample.isEmpty ? nil : sample[sample.count / 2]
  }

  private func levels(
    _ name: String, _ values: CategoryValues, rows: [Int], parts: [Int]
  ) -> Candidate? {
    // The only part that has a level, or −1 where there are several; −2 where none has it.
    var onlyPart = [Int](repeating: -2, count: values.levels.count)
    for (position, row) in rows.enumerated() where values.codes[row] >= 0 {
      let code = Int(values.codes[row])
      if onlyPart[code] == -2 {
        onlyPart[code] = parts[position]
      } else if onlyPart[code] != parts[position] {
        onlyPart[code] = -1
      }
    }
    let seen = onlyPart.indices.filter { onlyPart[$0] != -2 }
    guard !seen.isEmpty, seen.count <= Self.mostLevels else { return nil }
    let broken = rows.indices.filter { position in
      let code = Int(values.codes[rows[position]])
      return code >= 0 && onlyPart[code] >= 0
    }
    return Candidate(
      rule: .levels(
        column: name, hashes: Set(seen.map { CategoryEncoder.hash(values.levels[$0]) }).sorted()),
      broken: broken)
  }

  private func gaps(
    _ table: Table, columns: [String], rows: [Int], parts: [Int]
  ) -> Candidate? {
    let patterns = NoveltyDetector.Rule.gapPatterns(table, columns: columns)
    var onlyPart: [UInt64: Int] = [:]
    for (position, row) in rows.enumerated() {
      let part = parts[position]
      onlyPart[patterns[row]] = onlyPart[patterns[row], default: part] == part ? part : -1
    }
    guard onlyPart.count <= Self.mostLevels else { return nil }
    let broken = rows.indices.filter { (onlyPart[patterns[rows[$0]]] ?? -1) >= 0 }
    return Candidate(
      rule: .gaps(columns: columns, patterns: onlyPart.keys.sorted()), broken: broken)
  }
}
