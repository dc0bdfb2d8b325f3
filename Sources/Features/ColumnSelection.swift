import Tables

/// Which columns become features, and why the others don't.
public struct ColumnSelection: Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    /// The user's own word: id, outcome, excluded and the like.
    case role(String)
    case personalData(String)
    case identifier(distinct: Int, filled: Int)
    case constant
    case allMissing
    case freeText
    /// Known only once the outcome is; why, as half a sentence.
    case leak(String)
    /// Filled in once and not any more: leads to come will have it blank.
    case silent

    /// Half a sentence for a report: “left out: …”.
    public var text: String {
      switch self {
      case .role(let role): role
      case .personalData(let kind): "personal data (\(kind))"
      case .identifier(let distinct, let filled):
        distinct == filled
          ? "an identifier: another value in every row"
          : "an identifier: \(distinct) values in \(filled) filled rows"
      case .constant: "the same value in every row"
      case .allMissing: "never filled in"
      case .freeText: "free text"
      case .leak(let why): why
      case .silent: "hardly filled in any more"
      }
    }
  }

  public struct LeftOut: Sendable, Equatable {
    public let column: String
    public let reason: Reason

    public init(column: String, reason: Reason) {
      self.column = column
      self.reason = reason
    }
  }

  /// In file order.
  public let used: [String]
  /// In file order.
  public let leftOut: [LeftOut]

  /// A share of distinct values from which a category names the lead rather than describes it.
  static let identifierShare = 0.95
  /// Below this many filled rows, distinct values prove nothing.
  static let identifierRows = 50

  /// - Parameters:
  ///   - roles: columns with a part of their own, and which.
  ///   - kept: columns that the user declared by type: used even where they look like identifiers.
  ///   - personalData: the kind of personal data that a column holds, or nil.
  ///   - rows: the rows to judge by; `nil` takes all.
  ///   - leadRows: where a lead has several rows, one of each: an identifier is another in each of these;
  ///     `nil` takes `rows`.
  public init(
    _ table: Table, roles: [String: String], kept: Set<String> = [],
    personalData: (Column) -> String?, rows: [Int]? = nil, leadRows: [Int]? = nil
  ) {
    var used: [String] = []
    var leftOut: [LeftOut] = []
    for column in table.columns {
      let reason: Reason? =
        if let role = roles[column.name] {
          .role(role)
        } else if let kind = personalData(column) {
          .personalData(kind)
        } else {
          Self.reason(
            for: column, isKept: kept.contains(column.name), rows: rows,
            leadRows: leadRows ?? rows)
        }
      if let reason {
        leftOut.append(LeftOut(column: column.name, reason: reason))
      } else {
        used.append(column.name)
      }
    }
    self.used = used
    self.leftOut = leftOut
  }

  private init(used: [String], leftOut: [LeftOut]) {
    self.used = used
    self.leftOut = leftOut
  }

  /// Without columns that an audit leaves out.
  /// - Parameters:
  ///   - leaks: why, by column.
  ///   - silent: those that leads to come will have blank.
  public func leavingOut(
    leaks: [String: String], silent: Set<String>, of table: Table
  ) -> ColumnSelection {
    var leftOut = Dictionary(
      self.leftOut.map { ($0.column, $0.reason) }, uniquingKeysWith: { first, _ in first })
    for column in used {
      leftOut[column] = leaks[column].map { .leak($0) } ?? (silent.contains(column) ? .silent : nil)
    }
    return ColumnSelection(
      used: used.filter { leftOut[$0] == nil },
      leftOut: table.columns.compactMap { column in
        leftOut[column.name].map { LeftOut(column: column.name, reason: $0) }
      })
  }

  private static func reason(
    for column: Column, isKept: Bool, rows: [Int]?, leadRows: [Int]?
  ) -> Reason? {
    switch column.values {
    case .text:
      return .freeText
    case .number(let values):
      if let reason = Profile(values, rows: rows).emptyReason { return reason }
      let profile = Profile(values, rows: leadRows)
      guard !isKept, profile.isDistinct, profile.filled >= identifierRows,
        hasIdentifierName(column.name) || isCounter(values, rows: leadRows)
      else { return nil }
      return .identifier(distinct: profile.filled, filled: profile.filled)
    case .date(let values):
      return Profile(values, rows: rows).emptyReason
    case .flag(let values):
      return Profile(values.map { $0 < 0 ? .nan : Double($0) }, rows: rows).emptyReason
    case .category(let values):
      let all = LevelCount(values, rows: rows)
      if all.filled == 0 { return .allMissing }
      if all.distinct == 1, all.filled == rows?.count ?? column.count { return .constant }
      let leads = LevelCount(values, rows: leadRows)
      guard !isKept, leads.filled >= identifierRows,
        Double(leads.distinct) >= identifierShare * Double(leads.filled)
      else { return nil }
      return .identifier(distinct: leads.distinct, filled: leads.filled)
    }
  }

  /// Filled cells of a category, and the values among them.
  private struct LevelCount {
    private(set) var filled = 0
    private(set) var distinct = 0

    init(_ values: CategoryValues, rows: [Int]?) {
      var seen = [Bool](repeating: false, count: values.levels.count)
      for index in 0..<(rows?.count ?? values.codes.count) {
        let code = Int(values.codes[rows?[index] ?? index])
        guard code >= 0 else { continue }
        filled += 1
        if !seen[code] {
          seen[code] = true
          distinct += 1
        }
      }
    }
  }

  /// What the values of a numeric column tell about its use. Looks no further than the first repeated
  /// value once two values differ: then it is neither constant nor an identifier.
  private struct Profile {
    /// Filled rows, or those up to where the answer was known.
    private(set) var filled = 0
    private(set) var isConstant = true
    private(set) var isDistinct = true
    private var hasMissing = false

    init(_ values: [Double], rows: [Int]?) {
      var seen: Set<UInt64> = []
      var first: Double?
      for index in 0..<(rows?.count ?? values.count) {
        let value = values[rows?[index] ?? index]
        guard !value.isNaN else {
          hasMissing = true
          continue
        }
        filled += 1
        if let first { isConstant = isConstant && first == value } else { first = value }
        // Adding 0 makes −0 and 0 one value.
        if isDistinct { isDistinct = seen.insert((value + 0).bitPattern).inserted }
        if !isConstant, !isDistinct { return }
      }
    }

    /// One value and blanks may still tell something: whether the cell was filled in.
    var emptyReason: Reason? {
      if filled == 0 { return .allMissing }
      return isConstant && !hasMissing ? .constant : nil
    }
  }

  private static let identifierWords: Set<String> = [
    "id", "ids", "uuid", "guid", "key", "number", "num", "no", "nr", "code", "ref", "reference",
    "numero", "número", "nº", "codigo", "código", "clave", "folio", "identificador",
  ]

  /// Whether a word of the name is one that identifiers are called by: `Lead Number`, `customerID`.
  static func hasIdentifierName(_ name: String) -> Bool {
    var words: [String] = []
    var word = ""
    var previousIsLower = false
    for character in name {
      if character.isLetter || character == "º" {
        if character.isUppercase, previousIsLower {
          words.append(word)
          word = ""
        }
        word.append(character)
        previousIsLower = character.isLowercase
      } else {
        words.append(word)
        word = ""
        previousIsLower = false
      }
    }
    words.append(word)
    return words.contains { identifierWords.contains($0.lowercased()) }
  }

  /// Whether distinct values are whole numbers without gaps: a row counter.
  private static func isCounter(_ values: [Double], rows: [Int]?) -> Bool {
    var low = Double.infinity
    var high = -Double.infinity
    var filled = 0
    let count = rows?.count ?? values.count
    for index in 0..<count {
      let value = values[rows?[index] ?? index]
      guard !value.isNaN else { continue }
      guard value == value.rounded() else { return false }
      low = min(low, value)
      high = max(high, value)
      filled += 1
    }
    return filled > 0 && high - low + 1 == Double(filled)
  }
}
