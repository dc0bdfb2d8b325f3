import Tables
import Validation

@testable import Audit

/// A history with columns of known character, the same on every machine.
struct InventedHistory {
  let count: Int
  let outcomes: [Int8]
  /// One day a lead.
  let created: [Double]
  private let hash: CounterHash

  /// - Parameter openShare: of the leads, spread evenly over time.
  init(count: Int = 2_000, wonShare: Double = 0.3, openShare: Double = 0, seed: UInt64 = 7) {
    let hash = CounterHash(seed: seed)
    self.count = count
    self.hash = hash
    outcomes = (0..<count).map { row in
      if Self.uniform(hash, row, 1) < openShare { return -1 }
      return Self.uniform(hash, row, 0) < wonShare ? 1 : 0
    }
    created = (0..<count).map { 1_700_000_000 + 86_400 * Double($0) * 700 / Double(count) }
  }

  private static func uniform(_ hash: CounterHash, _ row: Int, _ stream: Int) -> Double {
    Double(hash(UInt64(row) &* 64 &+ UInt64(stream)) >> 11) * 0x1p-53
  }

  /// Between 0 and 1; each stream has draws of its own.
  func uniform(_ row: Int, _ stream: Int) -> Double { Self.uniform(hash, row, stream + 2) }

  /// A number that knows nothing.
  func noise(_ name: String, _ stream: Int) -> Column {
    Column(name: name, values: .number((0..<count).map { uniform($0, stream) }))
  }

  /// A number whose mean is this many standard deviations higher for won leads, about.
  func signal(_ name: String, _ stream: Int, shift: Double) -> Column {
    number(name) { row in
      // Three uniforms have a standard deviation of one half.
      let sum = (0..<3).reduce(0) { $0 + uniform(row, stream + 10 * $1) }
      return sum + (outcomes[row] == 1 ? shift / 2 : 0)
    }
  }

  func number(_ name: String, _ value: (Int) -> Double) -> Column {
    Column(name: name, values: .number((0..<count).map(value)))
  }

  /// `nil` is missing.
  func category(_ name: String, _ value: (Int) -> String?) -> Column {
    var levels: [String] = []
    var codes: [String: Int32] = [:]
    let cells = (0..<count).map { row -> Int32 in
      guard let value = value(row) else { return -1 }
      if let code = codes[value] { return code }
      let code = Int32(levels.count)
      codes[value] = code
      levels.append(value)
      return code
    }
    return Column(name: name, values: .category(CategoryValues(codes: cells, levels: levels)))
  }

  /// Ten columns that know little, as every history has.
  var ordinary: [Column] {
    (0..<10).map { signal("field \($0)", 20 + $0 * 2, shift: Double($0) / 20) }
  }

  func subject(_ columns: [Column], dated: Bool = false) -> AuditSubject {
    var subject = AuditSubject(
      table: Table(columns: columns, rowCount: count), columns: columns.map(\.name),
      outcomes: outcomes)
    if dated { subject.created = created }
    return subject
  }
}
