import Glibc
import Sources
import Tables

/// What the scores of leads say of their accounts.
///
/// The probability that some lead of an account converts is `1 − ∏(1 − p)` where leads convert each by
/// itself. Leads of an account go together, so that the truth lies between the highest of theirs, which
/// stands beside it, and this.
struct AccountTally: Sendable {
  /// One account's leads.
  struct Account: Sendable {
    var leads = 0
    /// Leads with points that are not disqualified.
    var pointed = 0
    var pointSum = 0.0
    /// The highest points, at most three, falling.
    var best: [Double] = []
    var highestProbability = 0.0
    /// The logarithm of the probability that none converts.
    var logNone = 0.0

    mutating func add(probability: Double, points: Double?) {
      leads += 1
      highestProbability = max(highestProbability, probability)
      logNone += log1p(-probability)
      guard let points else { return }
      pointed += 1
      pointSum += points
      keep(points)
    }

    mutating func add(_ other: Account) {
      leads += other.leads
      pointed += other.pointed
      pointSum += other.pointSum
      for points in other.best { keep(points) }
      highestProbability = max(highestProbability, other.highestProbability)
      logNone += other.logNone
    }

    private mutating func keep(_ points: Double) {
      best.insert(points, at: best.firstIndex { $0 < points } ?? best.count)
      if best.count > 3 { best.removeLast() }
    }

    var probability: Double { -expm1(logNone) }
  }

  private(set) var accounts: [String: Account] = [:]

  mutating func add(_ name: String, probability: Double, points: Double?) {
    accounts[name, default: Account()].add(probability: probability, points: points)
  }

  mutating func add(_ other: AccountTally) {
    for (name, account) in other.accounts { accounts[name, default: Account()].add(account) }
  }

  /// A file with a line an account, the most probable first; others see it after `finish`.
  /// - Parameter hasPoints: whether there are rules.
  func written(
    to path: String, column: String, dialect: TextDialect, hasPoints: Bool
  ) throws -> CSVWriter {
    let pointColumns = ["max", "sum", "mean", "top3_mean"].map { "rule_points_\($0)" }
    let writer = try CSVWriter(
      path: path, dialect: dialect,
      columns: [column, "leads", "probability", "probability_max"]
        + (hasPoints ? pointColumns : []))
    var records = CSVRecordBuffer(dialect: dialect)
    let ordered = accounts.sorted {
      ($1.value.probability, $0.key) < ($0.value.probability, $1.key)
    }
    for (name, account) in ordered {
      records.append(cell: name)
      records.append(integer: account.leads)
      records.append(number: account.probability)
      records.append(number: account.highestProbability)
      if hasPoints {
        let count = Double(account.pointed)
        for value in [
          account.best.first, account.pointed == 0 ? nil : account.pointSum,
          account.pointed == 0 ? nil : account.pointSum / count,
          account.best.isEmpty ? nil : account.best.reduce(0, +) / Double(account.best.count),
        ] {
          if let value { records.append(number: value) } else { records.appendMissing() }
        }
      }
      records.endRecord()
    }
    try writer.write(records)
    return writer
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
