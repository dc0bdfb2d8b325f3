import Models
import Parallel
import Sources
import Tables

/// What the scores of leads say of their accounts.
///
/// A lead counts once in an account, however many rows it has there: with the row of its latest decision, where
/// rows say when that was, and of several such, or where they do not say it, with the one whose probability is
/// highest.
struct AccountTally: Sendable {
  /// A row that counts.
  struct Lead: Sendable, Equatable {
    let probability: Double
    /// `nil` without rules, and for a lead without points or one that is disqualified.
    let points: Double?
    /// When its decision was, in seconds since 1970; the least number where that is not known.
    let decision: Double

    /// - Parameter decision: missing is not a number.
    init(probability: Double, points: Double?, decision: Double = .nan) {
      self.probability = probability
      self.points = points
      self.decision = decision.isNaN ? -.infinity : decision
    }

    func counts(before other: Lead) -> Bool {
      (decision, probability) > (other.decision, other.probability)
    }
  }

  /// A scored row of a lead that has an account.
  struct Row: Sendable {
    let account: String
    /// What names the lead; `nil` where nothing does, and each row is one.
    let id: String?
    let lead: Lead
  }

  /// A lead of an account, by numbers of accounts in the order in which they were met.
  private struct Place: Hashable {
    let account: Int
    let id: String
  }

  private var numbers: [String: Int] = [:]
  private var names: [String] = []
  /// Of each account, in the order in which they were met: sums do not depend on how rows were cut into blocks.
  private var leads: [[Lead]] = []
  private var places: [Place: Int] = [:]
  /// Rows of leads that count with another row.
  private(set) var leftOut = 0

  var accountCount: Int { names.count }
  var leadCount: Int { leads.reduce(0) { $0 + $1.count } }

  mutating func add(_ row: Row) {
    let account = number(of: row.account)
    guard let id = row.id else {
      leads[account].append(row.lead)
      return
    }
    let place = Place(account: account, id: id)
    guard let known = places[place] else {
      places[place] = leads[account].count
      leads[account].append(row.lead)
      return
    }
    leftOut += 1
    if row.lead.counts(before: leads[account][known]) { leads[account][known] = row.lead }
  }

  private mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    leads.append([])
    return names.count - 1
  }

  /// A file with a line an account, the most probable first; others see it after `finish`.
  /// - Parameters:
  ///   - dependence: of the leads of one account.
  ///   - hasPoints: whether there are rules.
  func written(
    to path: String, column: String, dialect: TextDialect, dependence: AccountDependence,
    hasPoints: Bool, pool: WorkerPool
  ) throws -> CSVWriter {
    let pointColumns = ["max", "sum", "mean", "top3_mean"].map { "rule_points_\($0)" }
    let writer = try CSVWriter(
      path: path, dialect: dialect,
      columns: [column, "leads", "probability", "probability_max"]
        + (hasPoints ? pointColumns : []))
    var records = CSVRecordBuffer(dialect: dialect)
    let probabilities = probabilities(dependence, pool: pool)
    let ordered = names.indices.sorted {
      (probabilities[$1], names[$0]) < (probabilities[$0], names[$1])
    }
    for account in ordered {
      let own = leads[account]
      records.append(cell: names[account])
      records.append(integer: own.count)
      records.append(number: probabilities[account])
      records.append(number: own.map(\.probability).max() ?? 0)
      if hasPoints {
        for value in Self.pointFigures(own.compactMap(\.points)) {
          if let value { records.append(number: value) } else { records.appendMissing() }
        }
      }
      records.endRecord()
    }
    try writer.write(records)
    return writer
  }

  /// The probability that some lead converts, one an account.
  private func probabilities(
    _ dependence: AccountDependence, pool: WorkerPool
  ) -> [Double] {
    let blocks = RowBlocks(rowCount: leads.count, blockSize: 1_024)
    return pool.map(blocks.count) { index in
      blocks[index].map { dependence.probabilityOfAny(leads[$0].map(\.probability)) }
    }.flatMap(\.self)
  }

  /// The highest, the sum, the mean, the mean of the best three; missing without points.
  private static func pointFigures(_ points: [Double]) -> [Double?] {
    guard !points.isEmpty else { return [nil, nil, nil, nil] }
    let best = points.sorted(by: >).prefix(3)
    let sum = points.reduce(0, +)
    return [
      best[0], sum, sum / Double(points.count), best.reduce(0, +) / Double(best.count),
    ]
  }
}

/// Where the scores of accounts go.
public struct AccountOutput: Sendable, Equatable {
  /// The column that says which account a lead belongs to.
  public var column: String
  public var path: String

  public init(column: String, path: String) {
    self.column = column
    self.path = path
  }
}
