/// What is predicted of whom: who is at risk, the event, and what ends the risk without it.
public struct HistoryTarget: Codable, Sendable, Equatable {
  /// From when on somebody is at risk.
  public enum Population: Codable, Sendable, Equatable {
    /// From the lead's creation.
    case leads
    /// From the first such event: a first win makes a customer.
    case after(EventSelection)
    /// From the date in a column of the leads.
    case since(column: String)
  }

  /// How the event is known.
  public enum Outcome: Codable, Sendable, Equatable {
    case column(ColumnOutcome)
    /// - Parameter lost: events that end the risk: deals lost, customers gone.
    case events(EventSelection, lost: EventSelection?)
  }

  public var population: Population
  public var outcome: Outcome
  /// Whether the label is 1 where the event does not happen (retention).
  public var isAbsence: Bool
  /// Whether the event can happen again to who had it; otherwise it ends the risk.
  public var repeats: Bool

  public init(
    population: Population = .leads, outcome: Outcome, isAbsence: Bool = false,
    repeats: Bool = false
  ) {
    self.population = population
    self.outcome = outcome
    self.isAbsence = isAbsence
    self.repeats = repeats
  }

  /// The columns of the leads that tell it, which are no features therefore.
  public var leadColumns: [String] {
    var names: [String] = []
    if case .column(let outcome) = outcome {
      names += [outcome.column] + [outcome.date].compactMap(\.self)
    }
    if case .since(let column) = population { names.append(column) }
    return names
  }

  /// Whether it can only be told from activities.
  var needsActivities: Bool {
    if case .after = population { return true }
    if case .events = outcome { return true }
    return false
  }
}

/// An outcome that stands in a column of the leads.
public struct ColumnOutcome: Codable, Sendable, Equatable {
  public var column: String
  /// Values that mean won; upper and lower case are one.
  public var won: [String]
  /// Values that mean lost; anything else is open, and never a loss.
  public var lost: [String]
  /// The column with the date of the outcome, where there is one.
  public var date: String?

  public init(column: String, won: [String], lost: [String], date: String? = nil) {
    self.column = column
    self.won = won
    self.lost = lost
    self.date = date
  }

  /// 1 won, 0 lost, -1 open, for each level.
  func labels(ofLevels levels: [String]) -> [Int8] {
    let wonValues = Set(won.map { $0.lowercased() })
    let lostValues = Set(lost.map { $0.lowercased() })
    return levels.map { level in
      let value = level.lowercased()
      return wonValues.contains(value) ? 1 : lostValues.contains(value) ? 0 : -1
    }
  }
}

/// Activities of some types, and where an attribute is named of some of its values.
public struct EventSelection: Codable, Sendable, Equatable {
  /// Empty for any type.
  public var types: [String]
  public var attribute: String?
  /// Values of the attribute, any of them; empty for any value.
  public var values: [String]

  public init(types: [String], attribute: String? = nil, values: [String] = []) {
    self.types = types
    self.attribute = attribute
    self.values = values
  }

  /// Whether each of these types of activity is one of its own; upper and lower case are one, as in
  /// outcomes that stand in a column.
  public func includes(types present: [String]) -> [Bool] {
    guard !types.isEmpty else { return present.map { _ in true } }
    let own = Set(types.map { $0.lowercased() })
    return present.map { own.contains($0.lowercased()) }
  }
}
