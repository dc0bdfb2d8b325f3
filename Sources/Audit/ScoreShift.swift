import Glibc
import Metrics
import Tables

/// The leads that will be scored: the open ones of the table, or those of a second one.
struct ScoredLeads: Sendable {
  let table: Table
  /// Ascending.
  let rows: [Int]
  /// How findings call them: `open leads`.
  let words: String

  /// - Returns: `nil` where there are too few to compare with.
  init?(subject: AuditSubject) {
    let rows: [Int]
    if let scored = subject.scored {
      table = scored
      rows = Array(0..<scored.rowCount)
      words = subject.scoredWords
    } else {
      table = subject.table
      rows = subject.outcomes.indices.filter { subject.outcomes[$0] < 0 }
      words = "open leads"
    }
    guard rows.count >= AuditLimits.fewestRows else { return nil }
    let step = max(1, rows.count / AuditLimits.mostRows)
    self.rows = step == 1 ? rows : stride(from: 0, to: rows.count, by: step).map { rows[$0] }
  }
}

/// How a column of the leads to be scored differs from the same column of the history.
struct ScoreShift: Sendable, Equatable {
  /// The population stability index, less what chance alone adds: Σ (q − p) ln(q / p) over levels or
  /// bins, p and q being the shares in the history and among the leads to score.
  let index: Double
  /// Whether chance explains the difference: under no difference the index is about
  /// (1/n + 1/m) times chi-squared with one degree of freedom less than bins (Yurdakul, 2018).
  let isByChance: Bool
  /// The level or bin that differs most, and its shares.
  let bin: String
  let historyShare: Double
  let scoredShare: Double
  let unseen: Unseen?

  /// Values that the history has never seen.
  struct Unseen: Sendable, Equatable {
    /// Levels, or `nil` for a number outside the history's range.
    let levels: Int?
    let leads: Int
    let share: Double
    /// The commonest level, or the range of the history.
    let words: String
  }

  /// - Parameters:
  ///   - rows: closed leads of the history.
  ///   - columns: how many are compared at once, to keep false alarms rare over all.
  /// - Returns: `nil` for free text.
  init?(history: Column, rows: [Int], scored: Column, scoredRows: [Int], columns: Int) {
    guard history.type != .text, history.type == scored.type, !rows.isEmpty else { return nil }
    let coding = CodedColumn.coding(of: history.values, rows: rows, datesAsNumbers: false)
    let before = CodedColumn(history.values, coding: coding, rows: rows)
    let names = BinNames(history.values, coding: coding)
    let after: [Int32]
    var extra: [String] = []
    if case .category(let own) = history.values, case .category(let other) = scored.values {
      let (codes, new) = Self.aligned(other, to: own, isOneTable: own == other)
      after = scoredRows.map { codes[Int(other.codes[$0] + 1)] }
      extra = new
    } else {
      after = CodedColumn(scored.values, coding: coding, rows: scoredRows).codes
    }
    let count = before.count + extra.count
    let p = Self.counts(before.codes, count)
    let q = Self.counts(after, count)
    unseen = Self.unseen(
      history: history.values, rows: rows, scored: scored.values, scoredRows: scoredRows, p: p, q: q
    ) { $0 < before.count ? names[$0] : extra[$0 - before.count] }

    let (n, m) = (Double(rows.count), Double(scoredRows.count))
    let bins = Self.pooled(p, q, n: n, m: m)
    var sum = 0.0
    var widest = (difference: -1.0, members: [0])
    for members in bins {
      // Half a lead a bin keeps the logarithm finite.
      let half = 0.5
      let own = (members.reduce(0) { $0 + p[$1] } + half) / (n + half * Double(bins.count))
      let other = (members.reduce(0) { $0 + q[$1] } + half) / (m + half * Double(bins.count))
      sum += (other - own) * log(other / own)
      if abs(other - own) > widest.difference { widest = (abs(other - own), members) }
    }
    let spread = 1 / n + 1 / m
    let freedom = Double(max(1, bins.count - 1))
    isByChance =
      sum <= spread * Self.chiSquared(freedom, tail: AuditLimits.falseAlarm / Double(columns))
    index = max(0, sum - spread * freedom)
    let members = widest.members
    bin =
      members.count > 1
      ? "rare values"
      : members[0] < before.count ? names[members[0]] : extra[members[0] - before.count]
    historyShare = members.reduce(0) { $0 + p[$1] } / n
    scoredShare = members.reduce(0) { $0 + q[$1] } / m
  }

  /// Codes of another table's levels in the history's, new levels after them.
  private static func aligned(
    _ other: CategoryValues, to own: CategoryValues, isOneTable: Bool
  ) -> (codes: [Int32], new: [String]) {
    if isOneTable { return ((0...Int32(own.levels.count)).map { $0 }, []) }
    let places = Dictionary(
      own.levels.enumerated().map { ($0.element, Int32($0.offset + 1)) },
      uniquingKeysWith: { first, _ in first })
    var new: [String] = []
    let codes = other.levels.map { level -> Int32 in
      if let place = places[level] { return place }
      new.append("“\(level)”")
      return Int32(own.levels.count + new.count)
    }
    return ([0] + codes, new)
  }

  private static func counts(_ codes: [Int32], _ count: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: count)
    for code in codes { counts[Int(code)] += 1 }
    return counts
  }

  /// Bins in which at least five of the fewer leads are expected; the others are taken together.
  private static func pooled(_ p: [Double], _ q: [Double], n: Double, m: Double) -> [[Int]] {
    var bins: [[Int]] = []
    var rare: [Int] = []
    for code in p.indices where p[code] + q[code] > 0 {
      let expected = (p[code] + q[code]) / (n + m) * min(n, m)
      if expected >= 5 { bins.append([code]) } else { rare.append(code) }
    }
    if !rare.isEmpty { bins.append(rare) }
    return bins
  }

  /// The value above which chi-squared lies with this chance, by Wilson and Hilferty (1931).
  private static func chiSquared(_ freedom: Double, tail: Double) -> Double {
    let z = ConfidenceInterval.normal(around: 0, standardError: 1, level: 1 - 2 * tail).high
    let spread = 2 / (9 * freedom)
    let root = 1 - spread + z * spread.squareRoot()
    return freedom * root * root * root
  }

  private static func unseen(
    history: ColumnValues, rows: [Int], scored: ColumnValues, scoredRows: [Int], p: [Double],
    q: [Double], name: (Int) -> String
  ) -> Unseen? {
    let all = Double(scoredRows.count)
    switch (history, scored) {
    case (.category, _):
      // A name of its own for each lead or two, such as a company's, is no segment.
      let fewest = min(
        Double(AuditLimits.fewestLevelRows), max(5, AuditLimits.segmentShare * all))
      let new = p.indices.filter { $0 > 0 && p[$0] == 0 && q[$0] >= fewest }
      let leads = new.reduce(0) { $0 + q[$1] }
      guard let first = new.max(by: { q[$0] < q[$1] }) else { return nil }
      return Unseen(
        levels: new.count, leads: Int(leads), share: leads / all,
        words: "\(name(first)) (\(NumberText.wholeCount(q[first])))")
    case (.number(let own), .number(let other)):
      var (low, high) = (Double.infinity, -Double.infinity)
      for row in rows where !own[row].isNaN {
        low = min(low, own[row])
        high = max(high, own[row])
      }
      let outside = scoredRows.count { other[$0] < low || other[$0] > high }
      // A lead or two beyond the largest of a sample is what samples are like.
      guard low <= high, outside >= AuditLimits.fewestLevelRows,
        Double(outside) >= AuditLimits.outsideShare * all
      else { return nil }
      return Unseen(
        levels: nil, leads: outside, share: Double(outside) / all,
        words: "\(NumberText.plain(low)) to \(NumberText.plain(high))")
    default: return nil
    }
  }
}

/// What the codes of a column stand for.
private struct BinNames {
  private let values: ColumnValues
  private let coding: CodedColumn.Coding

  init(_ values: ColumnValues, coding: CodedColumn.Coding) {
    self.values = values
    self.coding = coding
  }

  subscript(code: Int) -> String {
    if code == 0 { return "blank" }
    switch (coding, values) {
    case (.levels, .category(let cells)): return "“\(cells.levels[code - 1])”"
    case (.flag, _): return code == 1 ? "no" : "yes"
    case (.cuts(let cuts), _):
      let bin = code - 1
      if cuts.isEmpty { return "filled in" }
      if bin == 0 { return "up to \(NumberText.plain(cuts[0]))" }
      let low = NumberText.plain(cuts[bin - 1])
      return bin < cuts.count ? "above \(low), to \(NumberText.plain(cuts[bin]))" : "above \(low)"
    default: return "filled in"
    }
  }
}
