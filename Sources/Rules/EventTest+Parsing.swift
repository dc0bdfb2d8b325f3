import YAMLDocuments

extension EventTest {
  /// The keys that say which activities are meant and how many, in the order of the documentation.
  static let keys = ["event", "where", "within", "once_per", "times", "rate"]

  /// Reads the keys of `EventTest.keys` that stand in a mapping with `event`.
  init(_ mapping: YAMLMapping) throws {
    let event = try mapping.required("event")
    let window = try EventWindow(mapping["within"])
    selection = try EventSelection(
      types: EventSelection.types(event), where: mapping["where"], window: window,
      place: event.place)
    oncePer = try mapping["once_per"]?.nonEmptyString()
    rate = try mapping["rate"].map { try EventRate($0, window: window) }
    if let times = mapping["times"] {
      self.times = try times.countRange()
    } else {
      // A share may be none of many.
      times = (rate == nil ? 1 : 0)...Int.max
    }
  }
}

extension EventSelection {
  fileprivate init(types: [String], where filters: YAMLNode?, window: EventWindow, place: YAMLPlace)
    throws
  {
    self.types = types
    self.window = window
    self.place = place
    self.filters =
      try filters.map { node in
        let entries = try node.mapping().entries
        guard !entries.isEmpty else {
          throw node.unexpected("at least one column, as in {page: pricing}")
        }
        return try entries.map { entry in
          EventFilter(
            column: entry.key, tests: try FieldTest.tests(of: entry.value), place: entry.keyPlace)
        }
      } ?? []
  }

  /// The absence that `no_event_within` states, of the types of `event` or of any.
  /// - Parameter mapping: has `no_event_within`.
  init(silence mapping: YAMLMapping) throws {
    let length = try mapping.required("no_event_within")
    for key in ["within", "once_per", "times", "rate", "lifespan", "each"] {
      if let node = mapping[key] { throw RuleError.notWithSilence(node.place, key: key) }
    }
    try self.init(
      types: try mapping["event"].map(Self.types) ?? [], where: mapping["where"],
      window: EventWindow(oldest: try length.positiveDuration(), newest: 0),
      place: (mapping["event"] ?? length).place)
  }

  fileprivate static func types(_ node: YAMLNode) throws -> [String] {
    let types = try node.sequenceOrOne().map { try $0.nonEmptyString() }
    guard !types.isEmpty else {
      throw node.unexpected("a type of activity, or \"*\" for whatever the lead does")
    }
    guard types.contains(anyType) else { return types }
    guard types.count == 1 else {
      throw node.unexpected("\"*\" alone, or types of activity without it")
    }
    return []
  }
}

extension EventWindow {
  fileprivate init(_ node: YAMLNode?) throws {
    guard let node else {
      self = .allTime
      return
    }
    guard case .sequence(let ends) = node.content else {
      self.init(oldest: try node.positiveDuration(), newest: 0)
      return
    }
    guard ends.count == 2 else {
      throw node.unexpected("a length of time such as 90d, or two such as [30d, 60d]")
    }
    let newest = try ends[0].duration()
    let oldest = try ends[1].positiveDuration()
    guard newest < oldest else { throw RuleError.windowReversed(node.place) }
    self.init(oldest: oldest, newest: newest)
  }
}

extension EventRate {
  /// - Parameter window: of the activities that have the share, for where none is stated.
  fileprivate init(_ node: YAMLNode, window: EventWindow) throws {
    let mapping = try node.mapping(
      keys: ["of", "where", "within"] + ShareBounds.keys, words: FieldTest.words)
    let of = try mapping.required("of")
    selection = try EventSelection(
      types: EventSelection.types(of), where: mapping["where"],
      window: mapping["within"].map { try EventWindow($0) } ?? window, place: of.place)
    bounds = try ShareBounds(mapping)
  }
}

extension ShareBounds {
  fileprivate static let keys = ["is", "between", "at_least", "at_most", "above", "below"]

  fileprivate init(_ mapping: YAMLMapping) throws {
    func bound(_ node: YAMLNode, isExclusive: Bool = false) throws -> Bound {
      Bound(share: try node.percentThousandths(), isExclusive: isExclusive)
    }
    for entry in mapping.entries where Self.keys.contains(entry.key) {
      switch entry.key {
      case "is": (lower, upper) = (try bound(entry.value), try bound(entry.value))
      case "between":
        let ends = try entry.value.sequence()
        guard ends.count == 2 else { throw entry.value.unexpected("two shares, as in [50%, 90%]") }
        (lower, upper) = (try bound(ends[0]), try bound(ends[1]))
      case "at_least": lower = try bound(entry.value)
      case "at_most": upper = try bound(entry.value)
      case "above": lower = try bound(entry.value, isExclusive: true)
      default: upper = try bound(entry.value, isExclusive: true)
      }
    }
    guard lower != nil || upper != nil else {
      throw RuleError.shareWithoutBound(mapping.place)
    }
    if let lower, let upper, lower.share > upper.share {
      throw RuleError.rangeReversed(mapping.place)
    }
  }
}

extension YAMLNode {
  /// A length of time above zero, in seconds.
  func positiveDuration() throws -> Int {
    let seconds = try duration()
    guard seconds > 0 else { throw unexpected("a length of time above zero, such as 90d") }
    return seconds
  }

  /// A percentage such as `25%` or `12.5%`, or a share such as 0.25, in thousandths of a percent; may be
  /// above 100%.
  func percentThousandths() throws -> Int {
    let mistake = unexpected("a share such as 25% or 0.25")
    guard case .scalar(let text, let quoted) = content else { throw mistake }
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? String(text.dropLast()).trimmed : text
    let number = YAMLNode(content: .scalar(digits, quoted: quoted), place: place)
    guard let value = try? number.thousandths(limit: 10_000), value >= 0 else { throw mistake }
    return isPercent ? value : value * 100
  }

  /// `{at_least: 3}`, `{between: [3, 5]}` and their like as a range of counts.
  fileprivate func countRange() throws -> ClosedRange<Int> {
    let most = 1_000_000_000
    let keys = ["is", "between", "at_least", "at_most", "above", "below"]
    let mapping = try mapping(keys: keys, words: FieldTest.words)
    var (low, high) = (0, Int.max)
    for entry in mapping.entries {
      func count(_ node: YAMLNode) throws -> Int { try node.integer(in: 0...most) }
      switch entry.key {
      case "is": (low, high) = (try count(entry.value), try count(entry.value))
      case "between":
        let ends = try entry.value.sequence()
        guard ends.count == 2 else { throw entry.value.unexpected("two numbers, as in [3, 5]") }
        (low, high) = (try count(ends[0]), try count(ends[1]))
      case "at_least": low = max(low, try count(entry.value))
      case "at_most": high = min(high, try count(entry.value))
      case "above": low = max(low, try count(entry.value) + 1)
      default: high = min(high, try entry.value.integer(in: 1...most) - 1)
      }
    }
    guard !mapping.entries.isEmpty else { throw unexpected("a bound, as in {at_least: 3}") }
    guard low <= high else { throw RuleError.rangeReversed(place) }
    return low...high
  }
}
