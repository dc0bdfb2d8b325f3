import Features
import Tables
import Validation

/// Tells leads that are unlike history: values far beyond it, levels it never had, cells missing that never
/// were. Immutable; `NoveltyFitter` makes it.
///
/// Keeps hashes of levels, not levels.
public struct NoveltyDetector: Codable, Sendable, Equatable {
  /// What one column, or the missing cells of several, must be like.
  public enum Rule: Codable, Sendable, Equatable {
    /// A number from `low` to `high`; history's own range and a margin.
    case range(column: String, low: Double, high: Double)
    /// A level whose hash is among these, ascending.
    case levels(column: String, hashes: [UInt64])
    /// A cell that is filled in.
    case filled(column: String)
    /// A pattern of missing cells among these, ascending: the combined hash of the missing columns'
    /// places in `columns`.
    case gaps(columns: [String], patterns: [UInt64])
  }

  public let rules: [Rule]
  /// The share of history that the rules flag where they are learned from other leads.
  public let historyShare: Double

  public init(rules: [Rule], historyShare: Double) {
    self.rules = rules
    self.historyShare = historyShare
  }

  /// The columns that are looked at, each once.
  public var columns: [String] {
    var seen: Set<String> = []
    return rules.flatMap(\.columns).filter { seen.insert($0).inserted }
  }

  /// The leads of a table that are unlike history.
  ///
  /// A column that is absent, or of another type than history's, is not looked at: scoring refuses such a
  /// table.
  public func findings(in table: Table) -> Findings {
    var findings = Findings(rowCount: table.rowCount)
    for (number, rule) in rules.enumerated() { rule.apply(to: table, number, into: &findings) }
    return Findings(found: findings, rules: rules)
  }

  /// Which leads are unlike history, and why.
  public struct Findings: Sendable {
    /// One a row.
    public private(set) var isNovel: [Bool]
    /// In the order of the rules; more than one a row is possible.
    private var hits: [(row: Int32, rule: Int32, isLow: Bool)] = []
    private var rules: [Rule] = []
    private var hitsOfRow: [Int32: [Int]] = [:]

    init(rowCount: Int) {
      isNovel = [Bool](repeating: false, count: rowCount)
    }

    init(found: Findings, rules: [Rule]) {
      self = found
      self.rules = rules
      for (index, hit) in hits.enumerated() { hitsOfRow[hit.row, default: []].append(index) }
    }

    mutating func add(row: Int, rule: Int, isLow: Bool = false) {
      isNovel[row] = true
      hits.append((Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: rule), isLow))
    }

    /// Why a lead is unlike history; empty where it is not.
    public func reasons(row: Int) -> [NoveltyReason] {
      (hitsOfRow[Int32(truncatingIfNeeded: row)] ?? []).map { index in
        switch rules[Int(hits[index].rule)] {
        case .range(let column, _, _):
          hits[index].isLow ? .farBelow(column: column) : .farAbove(column: column)
        case .levels(let column, _): .unseenLevel(column: column)
        case .filled(let column): .missing(column: column)
        case .gaps: .unseenGaps
        }
      }
    }

    /// Columns that a text names: a lead that is unlike history in one way is often so in dozens.
    public static let namedReasons = 3

    /// The first reasons as one text: `country never seen; visits far above history; and 4 more`.
    public func text(row: Int, in words: NoveltyWords = .english) -> String {
      let all = reasons(row: row).map { $0.text(in: words) }
      guard all.count > Self.namedReasons else { return all.joined(separator: "; ") }
      let named = all.prefix(Self.namedReasons).joined(separator: "; ")
      return "\(named); \(words.and) \(all.count - Self.namedReasons) \(words.more)"
    }
  }
}

extension NoveltyDetector.Rule {
  public var columns: [String] {
    switch self {
    case .range(let column, _, _), .levels(let column, _), .filled(let column): [column]
    case .gaps(let columns, _): columns
    }
  }

  fileprivate func apply(
    to table: Table, _ number: Int, into findings: inout NoveltyDetector.Findings
  ) {
    switch self {
    case .range(let column, let low, let high):
      guard case .number(let values)? = table[column]?.values else { return }
      // A missing number is neither below nor above.
      for row in values.indices where values[row] < low || values[row] > high {
        findings.add(row: row, rule: number, isLow: values[row] < low)
      }
    case .levels(let column, let hashes):
      guard case .category(let values)? = table[column]?.values else { return }
      let isUnseen = values.levels.map { !Self.contains(hashes, CategoryEncoder.hash($0)) }
      guard isUnseen.contains(true) else { return }
      for (row, code) in values.codes.enumerated() where code >= 0 && isUnseen[Int(code)] {
        findings.add(row: row, rule: number)
      }
    case .filled(let column):
      guard let values = table[column]?.values else { return }
      for row in 0..<table.rowCount where values.isMissing(row) {
        findings.add(row: row, rule: number)
      }
    case .gaps(let columns, let patterns):
      let found = Self.gapPatterns(table, columns: columns)
      var (lastPattern, lastIsSeen) = (UInt64(0), Self.contains(patterns, 0))
      for (row, pattern) in found.enumerated() {
        // Neighbours are often alike.
        if pattern != lastPattern {
          (lastPattern, lastIsSeen) = (pattern, Self.contains(patterns, pattern))
        }
        if !lastIsSeen { findings.add(row: row, rule: number) }
      }
    }
  }

  /// The combined hash of each row's missing columns; 0 where none is missing.
  public static func gapPatterns(_ table: Table, columns: [String]) -> [UInt64] {
    var patterns = [UInt64](repeating: 0, count: table.rowCount)
    for (place, column) in columns.enumerated() {
      guard let values = table[column]?.values else { continue }
      let key = CounterHash.mixed(UInt64(place + 1) &* CounterHash.increment)
      for row in patterns.indices where values.isMissing(row) { patterns[row] ^= key }
    }
    return patterns
  }

  private static func contains(_ ascending: [UInt64], _ hash: UInt64) -> Bool {
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low < ascending.count && ascending[low] == hash
  }
}
