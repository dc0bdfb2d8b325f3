import Activities

/// The usual questions, each with its population, event, horizon, decisions and windows
/// (Docs/History.md).
public enum TargetPreset: String, Codable, Sendable, CaseIterable {
  /// Who becomes a customer.
  case acquisition
  /// Which customer takes one more product.
  case expansion
  /// Which customer stays.
  case retention
  /// Which customer begins to use what was bought.
  case adoption

  /// What the user said; what is empty or `nil` is found among the types of activity.
  public struct Statement: Sendable, Equatable {
    /// Types of the event that the preset asks about.
    public var event: [String] = []
    /// Types that end the risk without it.
    public var lost: [String] = []
    /// For acquisition, an outcome that stands in a column.
    public var column: ColumnOutcome?
    /// Types that make a customer.
    public var customer: [String] = []
    /// The column of the leads with the date since when they are customers.
    public var customerSince: String?
    /// For expansion and adoption: the product; `nil` for any.
    public var product: String?
    /// The attribute of activities that holds it; `nil` takes one with `product` in its name.
    public var productAttribute: String?
    public var horizon: Double?
    public var ages: [Double]?
    public var windows: [Double]?

    public init() {}
  }

  /// What a preset chose.
  public struct Choice: Sendable, Equatable {
    public var preset: TargetPreset
    public var target: HistoryTarget
    public var moments: DecisionMoments
    /// `nil` where it is found from the history.
    public var horizon: Double?
    /// Windows of activity features, in seconds.
    public var windows: [Double]

    /// What it asks, and then what was chosen, a line each.
    public var lines: [String] {
      [
        "Target \(preset.rawValue): \(preset.question)",
        "population: \(target.population.words)",
        "event: \(target.outcomeWords)",
        "horizon: \(horizon.map(ReadableDurations.words) ?? "found from the history")",
        "decisions: \(moments.words)",
        "windows: \(windows.map(ReadableDurations.words).joined(separator: ", ")) and all",
      ]
    }

    /// Puts what was chosen into a definition.
    public func apply(to definition: inout HistoryDefinition) {
      definition.target = target
      definition.moments = moments
      definition.horizon = horizon
      definition.activityOptions.windows = windows
    }
  }

  var question: String {
    switch self {
    case .acquisition: "which lead becomes a customer"
    case .expansion: "which customer takes one more product"
    case .retention: "which customer stays"
    case .adoption: "which customer begins to use what was bought"
    }
  }

  private static func days(_ days: Double...) -> [Double] {
    days.map { $0 * ReadableDurations.day }
  }

  /// Fills in what was not said.
  ///
  /// - Parameters:
  ///   - types: the types of activity of the log; empty without activities.
  ///   - attributes: its attributes.
  /// - Throws: `HistoryError.presetNeeds` where an event is neither said nor found.
  public func choice(
    _ stated: Statement, types: [String], attributes: [String]
  ) throws -> Choice {
    var horizon = stated.horizon
    var moments: DecisionMoments = stated.ages.map { .ages($0) } ?? .defaultAges
    var windows = Self.days(7, 30, 90)
    let target: HistoryTarget
    switch self {
    case .acquisition:
      if let column = stated.column {
        target = HistoryTarget(outcome: .column(column))
      } else {
        let won = try event(stated.event, .won, types, "won")
        let lost = stated.lost.isEmpty ? EventWord.lost.found(in: types) : stated.lost
        target = HistoryTarget(
          outcome: .events(
            EventSelection(types: won), lost: lost.isEmpty ? nil : EventSelection(types: lost)))
      }
    case .expansion, .retention:
      horizon = horizon ?? 90 * ReadableDurations.day
      if stated.ages == nil { moments = .monthEnds }
      windows = Self.days(30, 90, 180)
      let population = try customers(stated, types)
      if self == .retention {
        let gone = try event(stated.event, .churned, types, "churned")
        try check(gone, isNot: population)
        target = HistoryTarget(
          population: population, outcome: .events(EventSelection(types: gone), lost: nil),
          isAbsence: true)
      } else {
        var bought = stated.event.isEmpty ? EventWord.purchase.found(in: types) : stated.event
        if bought.isEmpty { bought = try event([], .won, types, "bought") }
        target = HistoryTarget(
          population: population,
          outcome: .events(
            try ofProduct(bought, stated, attributes), lost: leaving(stated, types)),
          repeats: stated.product == nil)
      }
    case .adoption:
      horizon = horizon ?? 30 * ReadableDurations.day
      if stated.ages == nil { moments = .ages(Self.days(0, 7, 14)) }
      windows = Self.days(7, 30)
      let used = try event(stated.event, .adopted, types, "begin to use")
      let population = try customers(stated, types)
      try check(used, isNot: population)
      target = HistoryTarget(
        population: population,
        outcome: .events(try ofProduct(used, stated, attributes), lost: leaving(stated, types)))
    }
    return Choice(
      preset: self, target: target, moments: moments, horizon: horizon,
      windows: stated.windows ?? windows)
  }

  private func customers(
    _ stated: Statement, _ types: [String]
  ) throws -> HistoryTarget.Population {
    if let column = stated.customerSince { return .since(column: column) }
    return .after(EventSelection(types: try event(stated.customer, .won, types, "customer")))
  }

  /// What customers do is not what made them customers.
  private func check(_ event: [String], isNot population: HistoryTarget.Population) throws {
    guard case .after(let customer) = population,
      !Set(event).isDisjoint(with: customer.types)
    else { return }
    throw HistoryError.eventMakesCustomers(preset: rawValue, event: event)
  }

  private func leaving(_ stated: Statement, _ types: [String]) -> EventSelection? {
    let found = stated.lost.isEmpty ? EventWord.churned.found(in: types) : stated.lost
    return found.isEmpty ? nil : EventSelection(types: found)
  }

  private func event(
    _ stated: [String], _ word: EventWord, _ types: [String], _ meaning: String
  ) throws -> [String] {
    let found = stated.isEmpty ? word.found(in: types) : stated
    guard !found.isEmpty else {
      throw HistoryError.presetNeeds(preset: rawValue, event: meaning, present: types)
    }
    return found
  }

  private func ofProduct(
    _ types: [String], _ stated: Statement, _ attributes: [String]
  ) throws -> EventSelection {
    guard let product = stated.product else { return EventSelection(types: types) }
    let found =
      stated.productAttribute
      ?? attributes.first { name in
        let name = name.lowercased()
        return name.contains("product") || name.contains("producto")
      }
    guard let found, attributes.contains(found) else {
      throw HistoryError.noProductAttribute(product: product, attributes: attributes)
    }
    return EventSelection(types: types, attribute: found, values: [product])
  }
}

/// Words by which types of activity tell what they mean, in English and Spanish.
private enum EventWord {
  case won, lost, purchase, churned, adopted

  private var words: Set<String> {
    switch self {
    case .won: ["won", "win", "ganado", "ganada", "converted"]
    case .lost: ["lost", "perdido", "perdida"]
    case .purchase: ["purchase", "purchased", "upsell", "expansion", "compra"]
    case .churned: ["churn", "churned", "cancelled", "canceled", "cancellation", "baja"]
    case .adopted: ["adopted", "adoption", "activated", "activation"]
    }
  }

  /// The types that have such a word in their name: `closed_won`, `Deal won`.
  func found(in types: [String]) -> [String] {
    types.filter { type in
      let parts = type.lowercased().split { !$0.isLetter }.map(String.init)
      return parts.contains(where: words.contains)
    }
  }
}

extension HistoryTarget.Population {
  var words: String {
    switch self {
    case .leads: "leads, from their creation until they are won or lost"
    case .after(let event): "customers, from their first \(event.words)"
    case .since(let column): "customers, from the date in \"\(column)\""
    }
  }
}

extension HistoryTarget {
  var outcomeWords: String {
    switch outcome {
    case .column(let outcome):
      return "\"\(outcome.column)\" becomes \(outcome.won.joined(separator: " or "))"
    case .events(let event, let lost):
      var words = isAbsence ? "no \(event.words)" : repeats ? "another \(event.words)" : event.words
      if let lost { words += "; \(lost.words) ends the risk" }
      return words
    }
  }
}

extension HistoryDefinition {
  /// Which examples count as won, in half a sentence: `won where “order” comes within 90 days of the
  /// decision, otherwise not won`.
  public var outcomeWords: String {
    let event =
      switch target.outcome {
      case .column(let outcome):
        "“\(outcome.column)” \(horizon == nil ? "is" : "becomes") "
          + outcome.won.joined(separator: " or ")
      case .events(let event, _):
        (target.isAbsence ? "no " : target.repeats ? "another " : "") + "“\(event.words)” comes"
      }
    let span = horizon.map { "within \(ReadableDurations.spoken($0)) of the decision" }
    return "\(ExampleTable.wonLevel) where \(event) \(span ?? "by the time of the export"), "
      + "otherwise \(ExampleTable.notWonLevel)"
  }
}

extension EventSelection {
  var words: String {
    let kinds = types.isEmpty ? "activity" : types.joined(separator: " or ")
    guard let attribute else { return kinds }
    return values.isEmpty
      ? "\(kinds) with a \(attribute)"
      : "\(kinds) of \(attribute) \(values.joined(separator: " or "))"
  }
}

extension DecisionMoments {
  var words: String {
    switch self {
    case .defaultAges: "at ages found from the open leads"
    case .ages(let ages):
      "at the age of \(ages.map(ReadableDurations.words).joined(separator: ", "))"
    case .monthEnds: "at the end of each month"
    case .export: "as of the export"
    }
  }
}
