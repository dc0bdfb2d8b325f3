/// Why a lead has its points: line by line, adding up to the total.
public struct Ledger: Sendable, Equatable {
  public let lines: [LedgerLine]
  /// The sum of the lines, in thousandths of a point.
  public let total: Int
  /// On the file's scale.
  public let score: Double
  /// The grades of all graded categories together, such as B2; `nil` where there are none or the
  /// lead is disqualified.
  public let grade: String?
  public let stage: String?
  public let isDisqualified: Bool

  /// The lines from the largest to the smallest in size, in words:
  /// `said yes before +20; good month +10; engagement cap -5`.
  public var reasons: String { reasons(in: .english) }

  /// The same in the words of a language.
  public func reasons(in words: LedgerWords) -> String {
    let barred = lines.filter { $0.kind == .disqualifies }.map { $0.text(in: words) }
    let counted = lines.enumerated()
      .filter { $0.element.thousandths != 0 }
      .sorted {
        (-abs($0.element.thousandths), $0.offset) < (-abs($1.element.thousandths), $1.offset)
      }
      .map { $0.element.text(in: words) }
    return (barred + counted).joined(separator: "; ")
  }
}

/// One line of a ledger.
public struct LedgerLine: Sendable, Equatable {
  public enum Kind: String, Sendable, Codable {
    /// What a rule gives.
    case points
    /// What the points of activities have lost by their own fade.
    case fade
    /// What they have lost beside by the group's decay.
    case decay
    /// What a cap or floor takes away or adds.
    case ruleCap = "rule cap"
    case ruleFloor = "rule floor"
    case groupCap = "group cap"
    case groupFloor = "group floor"
    case categoryCap = "category cap"
    case categoryFloor = "category floor"
    /// A rule that disqualifies; no points of its own.
    case disqualifies
  }

  public let kind: Kind
  public let category: String
  /// `nil` on a category's own line.
  public let group: String?
  /// `nil` on a group's or category's own line.
  public let rule: String?
  public let thousandths: Int
  /// Of points, how many activities give them; 0 where none does.
  public var events = 0

  /// Such as `no loan +5` or `engagement cap -12.5`.
  public var text: String { text(in: .english) }

  /// The same in the words of a language.
  public func text(in words: LedgerWords) -> String {
    let name = rule ?? group ?? category
    let points = pointsText(thousandths).split(separator: ".").joined(separator: words.decimalMark)
    let change = "\(thousandths > 0 ? "+" : "")\(points)"
    switch kind {
    case .points: return "\(name)\(events > 1 ? " ×\(events)" : "") \(change)"
    case .fade: return "\(name) \(words.fade) \(change)"
    case .decay: return "\(name) \(words.decay) \(change)"
    case .ruleCap, .groupCap, .categoryCap: return "\(name) \(words.cap) \(change)"
    case .ruleFloor, .groupFloor, .categoryFloor: return "\(name) \(words.floor) \(change)"
    case .disqualifies: return "\(words.disqualified): \(name)"
    }
  }
}

/// What a ledger calls what stands behind the names of rules.
public struct LedgerWords: Sendable, Equatable {
  public let cap: String
  public let floor: String
  public let fade: String
  public let decay: String
  public let disqualified: String
  public let decimalMark: String

  public static let english = LedgerWords(
    cap: "cap", floor: "floor", fade: "fade", decay: "decay", disqualified: "disqualified",
    decimalMark: ".")
  public static let spanish = LedgerWords(
    cap: "(tope)", floor: "(mínimo)", fade: "(caducidad)", decay: "(desgaste)",
    disqualified: "descartado", decimalMark: ",")
}

/// Thousandths as points, with no more decimals than they need: `12.5`, `-3`.
public func pointsText(_ thousandths: Int) -> String {
  let size = thousandths.magnitude
  var text = "\(thousandths < 0 ? "-" : "")\(size / 1_000)"
  if size % 1_000 != 0 {
    var digits = String(size % 1_000 + 1_000).dropFirst()
    while digits.last == "0" { digits = digits.dropLast() }
    text += ".\(digits)"
  }
  return text
}

/// A score to at most one decimal.
func scoreText(_ score: Double) -> String { pointsText(Int((score * 10).rounded()) * 100) }
