import Validation

/// The closed leads that areas are computed on: all of them, or by hash as many as are enough.
struct AuditSample: Sendable {
  /// Rows of the table, ascending.
  let rows: [Int]
  /// 1 won, 0 lost; one a row of the sample.
  let labels: [UInt8]
  /// The fold of each row of the sample.
  let folds: [Int8]
  /// Closed leads in all.
  let closedCount: Int
  /// Weight of the won and of the lost leads in the sample.
  let won: Double
  let lost: Double
  private let weights: [Double]?

  /// Whether some closed leads are not in it.
  var isPart: Bool { rows.count < closedCount }

  func weight(_ index: Int) -> Double { weights?[index] ?? 1 }

  /// A row is in the sample by a hash of its number, and in a fold by one of its group's, so neither
  /// depends on other rows or on threads. Within each outcome leads that stand alone are dealt out in
  /// turn, so that few conversions are spread evenly.
  init(subject: AuditSubject, mostRows: Int = AuditLimits.mostRows) {
    let closed = subject.outcomes.indices.filter {
      subject.outcomes[$0] >= 0 && (subject.weights?[$0] ?? 1) > 0
    }
    closedCount = closed.count
    var rows = closed
    if closed.count > mostRows {
      let hash = CounterHash(seed: 1)
      let bound = UInt64(Double(mostRows) / Double(closed.count) * 0x1p64)
      rows = closed.filter { hash(UInt64($0)) < bound }
    }
    self.rows = rows
    let labels = rows.map { UInt8(subject.outcomes[$0]) }
    self.labels = labels
    let weights = subject.weights.map { weights in rows.map { weights[$0] } }
    self.weights = weights
    var won = 0.0
    var lost = 0.0
    for (index, label) in labels.enumerated() {
      let weight = weights?[index] ?? 1
      if label != 0 { won += weight } else { lost += weight }
    }
    self.won = won
    self.lost = lost
    folds = Self.folds(rows: rows, labels: labels, groups: subject.groups)
  }

  private static func folds(rows: [Int], labels: [UInt8], groups: [Int32]?) -> [Int8] {
    let hash = CounterHash(seed: 2)
    let count = UInt64(AuditLimits.folds)
    var folds = [Int8](repeating: 0, count: rows.count)
    var alone: [Int] = []
    for (index, row) in rows.enumerated() {
      if let group = groups?[row], group >= 0 {
        // The upper half keeps groups apart from rows.
        folds[index] = Int8(hash(UInt64(group) | 1 << 63) % count)
      } else {
        alone.append(index)
      }
    }
    for isWon in [true, false] {
      for (turn, index) in hash.shuffled(alone.filter { (labels[$0] != 0) == isWon }).enumerated() {
        folds[index] = Int8(turn % Int(count))
      }
    }
    return folds
  }
}
