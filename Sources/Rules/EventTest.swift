import YAMLDocuments

/// Some of a lead's activities, as a rule chooses them.
public struct EventSelection: Sendable, Equatable {
  /// Types of activity; empty for whatever the lead itself does.
  public let types: [String]
  /// All of them must hold.
  public let filters: [EventFilter]
  public let window: EventWindow
  public let place: YAMLPlace

  /// What selects everything that the lead itself does.
  public static let anyType = "*"
}

/// Tests on one cell of an activity: an attribute, or its value.
public struct EventFilter: Sendable, Equatable {
  /// The column, as the project names it under `activities`; `value` means the column of values.
  public let column: String
  public let tests: [FieldTest]
  public let place: YAMLPlace
}

/// How long ago an activity may be: `[as_of − oldest, as_of − newest)`.
public struct EventWindow: Sendable, Equatable {
  /// Seconds; `nil` for all time.
  public let oldest: Int?
  /// Seconds.
  public let newest: Int

  public static let allTime = EventWindow(oldest: nil, newest: 0)
}

/// A question to a lead's activities, answered by how many there are.
public struct EventTest: Sendable, Equatable {
  public let selection: EventSelection
  /// An attribute of which each value counts once, by the newest activity that has it.
  public let oncePer: String?
  /// How many activities there must be.
  public let times: ClosedRange<Int>
  /// How many there must be for each of some others; `nil` for any.
  public let rate: EventRate?

  /// Whether it may hold without any activity, or tells of more than the activities counted: then it
  /// speaks of a state, which neither fades nor decays.
  public var isState: Bool { rate != nil || times.contains(0) }
}

/// A share of activities among others, such as opens of the mails sent.
public struct EventRate: Sendable, Equatable {
  public let selection: EventSelection
  /// The share's bounds in thousandths of a percent.
  public let bounds: ShareBounds
}

/// Bounds of a share, in thousandths of a percent; `nil` where there is none.
public struct ShareBounds: Sendable, Equatable {
  public struct Bound: Sendable, Equatable {
    public let share: Int
    public let isExclusive: Bool
  }

  public var lower: Bound?
  public var upper: Bound?

  /// Whether `count` of `total` lies within them, reckoned in whole numbers.
  ///
  /// - Returns: `false` where there is nothing to have a share of.
  func contains(_ count: Int, of total: Int) -> Bool {
    guard total > 0 else { return false }
    let share = count * 100_000
    if let lower {
      let bound = lower.share * total
      if lower.isExclusive ? share <= bound : share < bound { return false }
    }
    if let upper {
      let bound = upper.share * total
      if upper.isExclusive ? share >= bound : share > bound { return false }
    }
    return true
  }
}
