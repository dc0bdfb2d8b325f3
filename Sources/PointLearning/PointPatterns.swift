/// Leads of which the same rules hold, taken together: what points can tell apart.
///
/// A dozen yes/no rules have some hundred patterns among tens of thousands of leads, and whatever is
/// fitted costs the patterns rather than the leads.
public struct PointPatterns: Sendable {
  /// The pattern of each lead.
  public private(set) var patternOfRow: [Int32]
  /// One array a rule, of one value a pattern: what the rule gives for one point; 1 or 0 of a rule about
  /// a state, and for one about events their number, each less by its fade and decay.
  public private(set) var amounts: [[Double]] = []
  public private(set) var count: Int

  /// Leads that nothing tells apart yet.
  public init(rowCount: Int) {
    patternOfRow = [Int32](repeating: 0, count: rowCount)
    count = rowCount == 0 ? 0 : 1
  }

  /// - Parameter amounts: one array a rule, of one value a lead, finite.
  public init(rowCount: Int, amounts: [[Double]]) {
    self.init(rowCount: rowCount)
    for amounts in amounts { add(amounts) }
  }

  /// Adds a rule; patterns are numbered by the first lead that has them.
  /// - Parameter values: one a lead, finite.
  public mutating func add(_ values: [Double]) {
    precondition(values.count == patternOfRow.count, "one amount a lead")
    var patternByKey: [PatternKey: Int32] = [:]
    var parents: [Int32] = []
    var own: [Double] = []
    // Rows of one pattern mostly come with one of two amounts: these are found without hashing.
    var latest = [(value: Double, pattern: Int32)](repeating: (.nan, -1), count: 2 * count)
    for row in patternOfRow.indices {
      let (parent, value) = (Int(patternOfRow[row]), values[row])
      let slot = 2 * parent + (value == 0 ? 0 : 1)
      if latest[slot].value == value {
        patternOfRow[row] = latest[slot].pattern
        continue
      }
      let key = PatternKey(parent: patternOfRow[row], value: value)
      let pattern = patternByKey[key] ?? Int32(parents.count)
      if pattern == parents.count {
        patternByKey[key] = pattern
        parents.append(patternOfRow[row])
        own.append(value)
      }
      latest[slot] = (value, pattern)
      patternOfRow[row] = pattern
    }
    amounts = amounts.map { amounts in parents.map { amounts[Int($0)] } } + [own]
    count = parents.count
  }

  /// The patterns with a rule more.
  public func adding(_ candidate: PointCandidate) -> PointPatterns {
    var values = [Double](repeating: 0, count: patternOfRow.count)
    candidate.visit { values[$0] = $1 }
    var result = self
    result.add(values)
    return result
  }

  /// The weights of the won and the lost, one a pattern.
  public func outcomes(_ leads: PointLeads) -> PointOutcomes {
    var outcomes = PointOutcomes(
      won: [Double](repeating: 0, count: count), lost: [Double](repeating: 0, count: count))
    for (row, pattern) in patternOfRow.enumerated() {
      if leads.labels[row] != 0 {
        outcomes.won[Int(pattern)] += leads.weights[row]
      } else {
        outcomes.lost[Int(pattern)] += leads.weights[row]
      }
    }
    return outcomes
  }
}

/// The leads that points are learned from.
public struct PointLeads: Sendable {
  /// 1 won, 0 lost; one a lead.
  public let labels: [UInt8]
  /// How many times each lead counts; 0 for one that takes no part.
  public let weights: [Double]

  public init(labels: [UInt8], weights: [Double]) {
    precondition(labels.count == weights.count, "one weight a label")
    self.labels = labels
    self.weights = weights
  }

  /// - Parameters:
  ///   - rows: the leads that take part.
  ///   - weights: one a lead; `nil` counts each once.
  public init(labels: [UInt8], rows: [Int], weights: [Double]?) {
    var own = [Double](repeating: 0, count: labels.count)
    for row in rows { own[row] = weights?[row] ?? 1 }
    self.init(labels: labels, weights: own)
  }
}

/// The weight of won and lost leads, one a pattern.
public struct PointOutcomes: Sendable, Equatable {
  public var won: [Double]
  public var lost: [Double]

  public init(won: [Double], lost: [Double]) {
    self.won = won
    self.lost = lost
  }

  var hasBoth: Bool { won.contains { $0 > 0 } && lost.contains { $0 > 0 } }
}

private struct PatternKey: Hashable {
  let parent: Int32
  let value: Double
}
