/// One column made of activities: whose, what of them, and how far back.
public struct ActivityFeature: Sendable, Equatable {
  /// Which activities count.
  public enum Scope: Sendable, Equatable {
    /// All that the lead does.
    case lead
    /// All that we do.
    case us
    case type(String)
    /// What the lead does with this level of an attribute.
    case level(attribute: String, level: String)
    /// What one type is of another.
    case rate(ActivityRate)
    /// What the other leads of the account do.
    case colleagues
    /// The other leads of the account.
    case account
  }

  public enum Measure: Sendable, Equatable {
    /// Activities in a window.
    case count
    /// Calendar days with an activity, in a window.
    case activeDays
    /// The sum of values, in a window.
    case value
    /// Days since the last or the first one, to the second; missing where there is none.
    case daysSinceLast, daysSinceFirst
    /// (recent − before) ÷ (recent + before + 1): 0 where the pace holds, toward −1 where it falls.
    case pace
    /// Activities of the one type to one of the other, in a window; missing where there is none.
    case ratio
    /// The first and the last thing that the lead did: its type, or an attribute of it.
    case firstTouch, lastTouch
    /// Leads known by then, and won by then.
    case leads, wins
    case daysSinceLastWin
  }

  public let scope: Scope
  public let measure: Measure
  /// The length in seconds; infinite for all time, `nil` where the measure has no window.
  public let window: Double?
  /// For touches, the attribute; `nil` for the type.
  public let attribute: String?
  /// The column's name: letters and signs that need no quotes in CSV, YAML flow lists or options.
  public let name: String

  /// Whether the column is a category rather than a number.
  public var isCategory: Bool { measure == .firstTouch || measure == .lastTouch }

  /// What the column holds, in words.
  public var title: String {
    let span: String =
      switch window {
      case nil: ""
      case .some(.infinity): ", ever"
      case .some(let window): ", last \(Self.lengthInWords(window))"
      }
    return "\(scopeTitle): \(measureTitle)\(span)"
  }

  private var scopeTitle: String {
    switch scope {
    case .lead: "what the lead did"
    case .us: "what we did"
    case .type(let name): name
    case .level(let attribute, let level): "\(attribute) \(level)"
    case .rate(let rate): "\(rate.type) of \(rate.of)"
    case .colleagues: "colleagues"
    case .account: "account"
    }
  }

  private var measureTitle: String {
    switch measure {
    case .count: "activities"
    case .activeDays: "active days"
    case .value: "sum of values"
    case .daysSinceLast: "days since the last"
    case .daysSinceFirst: "days since the first"
    case .pace: "change of pace"
    case .ratio: "rate"
    case .firstTouch: "first touch" + (attribute.map { ", \($0)" } ?? "")
    case .lastTouch: "last touch" + (attribute.map { ", \($0)" } ?? "")
    case .leads: "other leads"
    case .wins: "other leads won"
    case .daysSinceLastWin: "days since the last win"
    }
  }

  private static func lengthInWords(_ seconds: Double) -> String {
    for (unit, word) in [(86_400.0, "day"), (3_600, "hour"), (60, "minute")] {
      let count = seconds / unit
      if count == count.rounded() {
        return "\(Int(count)) \(word)\(count == 1 ? "" : "s")"
      }
    }
    return "\(seconds) seconds"
  }
}

/// Makes the names of columns: `scope.measure.window`.
struct FeatureNames {
  private(set) var features: [ActivityFeature] = []
  private var taken: Set<String> = []

  /// Names that scopes of our own have.
  private static let reserved: Set<String> = ["lead", "us", "account"]

  mutating func add(
    _ scope: ActivityFeature.Scope, _ measure: ActivityFeature.Measure, window: Double? = nil,
    attribute: String? = nil
  ) {
    var parts = [Self.word(scope), Self.word(measure)].filter { !$0.isEmpty }
    if let attribute { parts.append(Self.safe(attribute)) }
    if measure == .firstTouch || measure == .lastTouch, attribute == nil { parts.append("type") }
    if let window { parts.append(Self.word(window)) }
    let plain = parts.joined(separator: ".")
    var name = plain
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(plain)_\(number)"
      number += 1
    }
    features.append(
      ActivityFeature(
        scope: scope, measure: measure, window: window, attribute: attribute, name: name))
  }

  private static func word(_ scope: ActivityFeature.Scope) -> String {
    switch scope {
    case .lead: "lead"
    case .us: "us"
    case .type(let name): reserved.contains(safe(name)) ? "type_\(safe(name))" : safe(name)
    case .level(let attribute, let level): "\(safe(attribute)).\(safe(level))"
    case .rate(let rate): "\(safe(rate.type)).per.\(safe(rate.of))"
    case .colleagues: "account.colleagues"
    case .account: "account"
    }
  }

  private static func word(_ measure: ActivityFeature.Measure) -> String {
    switch measure {
    case .count: "count"
    case .activeDays: "active_days"
    case .value: "value"
    case .daysSinceLast: "days_since_last"
    case .daysSinceFirst: "days_since_first"
    case .pace: "pace"
    case .ratio: ""
    case .firstTouch: "first_touch"
    case .lastTouch: "last_touch"
    case .leads: "other_leads"
    case .wins: "other_wins"
    case .daysSinceLastWin: "days_since_win"
    }
  }

  /// `7d`, `12h`, `90s`, `all`.
  static func word(_ window: Double) -> String {
    if window == .infinity { return "all" }
    for (unit, letter) in [(86_400.0, "d"), (3_600, "h")]
    where window / unit == (window / unit).rounded() {
      return "\(Int(window / unit))\(letter)"
    }
    return window == window.rounded() ? "\(Int(window))s" : "\(window)s"
  }

  /// Signs that would need quotes, or mean something in CSV, YAML or options, become `_`.
  static func safe(_ name: String) -> String {
    let unsafe: Set<Unicode.Scalar> = [
      ",", ";", "\"", "'", "`", "|", ":", "#", "[", "]", "{", "}", "\\", "=", "&", "*", "!", "%",
      "@", "<", ">",
    ]
    var safe = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      let isPlain =
        scalar.value > 0x20 && scalar.value != 0x7F && !unsafe.contains(scalar)
        && !scalar.properties.isWhitespace
      safe.append(isPlain ? scalar : "_")
    }
    // A spreadsheet runs what begins like a formula.
    if let first = safe.first, first == "+" || first == "-" {
      safe.insert("_", at: safe.startIndex)
    }
    return safe.isEmpty ? "_" : String(safe)
  }
}
