import Activities

/// A feature of activities in words: `12 page views in the last 30 days`.
struct ActivityPhrase: Sendable {
  let feature: ActivityFeature
  let language: ReasonLanguage

  /// - Parameters:
  ///   - value: `nil` where it is missing.
  ///   - isFor: whether it speaks for the lead; silence is called silence where it speaks against it.
  func text(_ value: Double?, isFor: Bool) -> String {
    let noun = noun
    let window = language.window(feature.window)
    switch feature.measure {
    case .count:
      guard let value, value > 0 else { return none + window }
      return noun.counted(value, language) + window
    case .activeDays:
      let days = language.span(days: max(value ?? 0, 1))
      guard let value, value > 0 else {
        return feature.scope == .us
          ? language.choose("nothing done by us", "sin actividad nuestra") + window : none + window
      }
      return feature.scope == .us
        ? language.choose("we were active on \(days)", "activos nosotros \(days)") + window
        : language.choose("active on \(days)", "activo \(days)") + window
    case .value:
      let sum = language.number(value ?? 0)
      return language.choose(
        "\(noun.many) worth \(sum) in all\(window)",
        "\(noun.many) por valor de \(sum) en total\(window)")
    case .daysSinceLast:
      guard let value else { return language.choose("\(none) ever", "\(none) hasta ahora") }
      let span = language.span(days: max(value, 0))
      // What came within the hour is no silence, whatever it speaks for.
      return isFor || value < Self.hour
        ? language.choose("last \(noun.one) \(span) ago", "\(noun.one): la última vez hace \(span)")
        : language.choose("\(none) for \(span)", "\(none) desde hace \(span)")
    case .daysSinceFirst:
      guard let value else { return language.choose("\(none) ever", "\(none) hasta ahora") }
      let span = language.span(days: max(value, 0))
      return language.choose(
        "first \(noun.one) \(span) ago", "\(noun.one): la primera vez hace \(span)")
    case .pace: return pace(value ?? 0)
    case .ratio:
      guard let value, case .rate(let rate) = feature.scope else { return none + window }
      let other = ActivityNoun(type: rate.of, language: language)
      return language.choose(
        "\(noun.counted(value, language)) per \(other.one)\(window)",
        "\(noun.counted(value, language)) por \(other.one)\(window)")
    case .leads:
      return account(
        value, language.choose("other lead of the account", "otro lead de la cuenta"),
        language.choose("other leads of the account", "otros leads de la cuenta"))
    case .wins:
      return account(
        value, language.choose("other lead of the account won", "otro lead de la cuenta ganado"),
        language.choose("other leads of the account won", "otros leads de la cuenta ganados"))
    case .daysSinceLastWin:
      guard let value else {
        return language.choose("no win of the account yet", "cuenta sin ventas ganadas")
      }
      let span = language.span(days: max(value, 0))
      return language.choose(
        "last win of the account \(span) ago", "última venta a la cuenta hace \(span)")
    case .firstTouch, .lastTouch: return touch(nil)
    }
  }

  /// A first or last touch, by its level; `nil` where it is missing.
  func touch(_ level: String?) -> String {
    let side =
      feature.measure == .firstTouch
      ? language.choose("first touch", "primer contacto")
      : language.choose("last touch", "último contacto")
    let attribute = feature.attribute.map { ", \(ActivityNoun.words($0))" } ?? ""
    guard let level else {
      return language.choose("no \(side)\(attribute)", "sin \(side)\(attribute)")
    }
    let words =
      feature.attribute == nil ? ActivityNoun(type: level, language: language).one : level
    return "\(side)\(attribute): \(words)"
  }

  /// In days.
  private static let hour = 1.0 / 24

  private func account(_ value: Double?, _ one: String, _ many: String) -> String {
    guard let value else { return language.choose("no account", "sin cuenta") }
    guard value > 0 else { return language.choose("no \(many)", "sin \(many)") }
    return language.counted(value, one, many)
  }

  /// Rises and falls by a tenth are told; below that a pace holds.
  private func pace(_ value: Double) -> String {
    let name = noun.many
    if value > 0.1 {
      return language.choose(
        "more \(name) than in the 30 days before", "\(name): más que en los 30 días anteriores")
    }
    if value < -0.1 {
      return language.choose(
        "fewer \(name) than in the 30 days before", "\(name): menos que en los 30 días anteriores")
    }
    return language.choose(
      "as many \(name) as in the 30 days before",
      "\(name): tantas veces como en los 30 días anteriores")
  }

  private var none: String { language.choose("no \(noun.one)", "sin \(noun.one)") }

  private var noun: ActivityNoun {
    switch feature.scope {
    case .lead:
      language == .english
        ? ActivityNoun(one: "activity of the lead", many: "activities of the lead")
        : ActivityNoun(one: "actividad del lead", many: "actividades del lead")
    case .us:
      language == .english
        ? ActivityNoun(one: "activity of ours", many: "activities of ours")
        : ActivityNoun(one: "actividad nuestra", many: "actividades nuestras")
    case .type(let type): ActivityNoun(type: type, language: language)
    case .level(let attribute, let level):
      language == .english
        ? ActivityNoun(
          one: "activity with \(ActivityNoun.words(attribute)) \(level)",
          many: "activities with \(ActivityNoun.words(attribute)) \(level)")
        : ActivityNoun(
          one: "actividad con \(ActivityNoun.words(attribute)) \(level)",
          many: "actividades con \(ActivityNoun.words(attribute)) \(level)")
    case .rate(let rate): ActivityNoun(type: rate.type, language: language)
    case .colleagues, .account:
      language == .english
        ? ActivityNoun(one: "activity of colleagues", many: "activities of colleagues")
        : ActivityNoun(one: "actividad de colegas", many: "actividades de colegas")
    }
  }
}
