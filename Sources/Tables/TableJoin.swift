/// How columns of another table come to the leads: by a key that both tables have.
///
/// Each lead gets the cells of the one row that has its key, or missing cells where none has. Keys are
/// compared as they are written; only spaces around them do not count.
public struct TableJoin: Sendable, Equatable, Codable {
  /// A column of the leads and the one of the other table that holds the same.
  public struct Key: Sendable, Equatable, Codable {
    public var left: String
    public var right: String

    public init(left: String, right: String) {
      self.left = left
      self.right = right
    }

    /// A column of the same name in both.
    public init(_ name: String) { self.init(left: name, right: name) }
  }

  /// What happens where a key stands in several rows of the other table.
  public enum SeveralRows: Sendable, Equatable, Codable {
    /// It is an error: a lead must not be counted twice.
    case refused
    /// The row with the earliest date, or the least number, in a column.
    case first(by: String)
    /// The row with the latest date, or the greatest number, in a column.
    case last(by: String)
    /// The row with the greatest number in a column.
    case largest(of: String)

    /// That by which one of several rows is chosen.
    public var column: String? {
      switch self {
      case .refused: nil
      case .first(let column), .last(let column), .largest(let column): column
      }
    }
  }

  /// The rows that count as won, where each is a deal of its own.
  public struct WonRows: Sendable, Equatable, Codable {
    public var column: String
    public var values: [String]

    public init(column: String, values: [String]) {
      self.column = column
      self.values = values
    }
  }

  /// The other table, as the user knows it.
  public var name: String
  /// At least one; with several, all of them must be the same.
  public var on: [Key]
  /// Columns of the other table that come; empty, the default, for all but its keys.
  public var columns: [String] = []
  /// Put before the names of the columns that come.
  public var prefix = ""
  public var several = SeveralRows.refused
  /// Rows that go before others of the same key, whatever `several` says, which decides among them: a
  /// lead is won if any of its deals is, and all of its columns are those of a won deal then.
  public var wonFirst: WonRows?

  public init(name: String, on: [Key]) {
    self.name = name
    self.on = on
  }

  /// Joins two whole tables; see `JoinIndex`.
  public func joining(_ left: Table, with other: Table) throws -> (table: Table, report: JoinReport)
  {
    let index = try JoinIndex(self, other: other)
    var tally = JoinTally()
    let table = try index.joining(left, tally: &tally)
    return (table, index.report(tally))
  }
}

/// How many leads found their row in the other table.
public struct JoinReport: Sendable, Equatable, Codable {
  /// A key of the leads that the other table does not have.
  public struct Miss: Sendable, Equatable, Codable {
    public let key: String
    public let rows: Int
    /// The key of the other table that it most likely means.
    public let nearest: String?
  }

  /// The other table, as the user knows it.
  public let name: String
  public let rows: Int
  public let matched: Int
  /// Rows of the leads without a key.
  public let withoutKey: Int
  /// Different keys of the leads that the other table does not have.
  public let unmatchedKeys: Int
  /// The commonest of them, at most `missLimit`; none where keys are personal data.
  public let misses: [Miss]
  /// Keys of which the other table has several rows, one of which was taken.
  public let severalKeys: Int
  /// Where no row found its own: a key of the other table, to see how it is written; `nil` otherwise, and
  /// where keys are personal data.
  public var otherKey: String? = nil

  public static let missLimit = 20

  /// The share of rows that found theirs; `nil` without rows.
  public var matchRate: Double? { rows > 0 ? Double(matched) / Double(rows) : nil }
}

/// What joining has met so far: one for all blocks of the leads.
public struct JoinTally: Sendable, Equatable {
  public internal(set) var rows = 0
  public internal(set) var matched = 0
  public internal(set) var withoutKey = 0
  /// Keys that the other table does not have, and the rows that have them.
  var misses: [String: Int] = [:]

  public init() {}

  /// Adds what another block met.
  public mutating func add(_ other: JoinTally) {
    rows += other.rows
    matched += other.matched
    withoutKey += other.withoutKey
    misses.merge(other.misses, uniquingKeysWith: +)
  }
}
