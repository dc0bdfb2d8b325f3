import Activities
import YAMLDocuments

/// Which activities of a lead are counted, and what each of them gives.
struct EventQuestion: Sendable {
  let selection: EventSelection
  /// An attribute of which each value counts once.
  var oncePer: String?
  /// A question before or after this one, whose activities must have the value too; needs `oncePer`.
  var among: Int?
  /// What each activity gives; `nil` where they are only counted.
  var gift: EventGift?
}

/// What an activity gives by its age.
struct EventGift: Sendable {
  /// In thousandths.
  let points: Int
  /// Seconds; infinite where points do not fade.
  let lifespan: Double
  let decay: PointsDecay?

  init(_ rule: Rule, decay: PointsDecay?) {
    points = rule.points
    lifespan = rule.lifespan.map(Double.init) ?? .infinity
    self.decay = decay
  }

  /// The points at an age in seconds, after their own fade, and after the group's decay too.
  func thousandths(age: Double) -> (faded: Int, given: Int) {
    let fade = lifespan == .infinity ? 1 : fadeFactor(age: age, lifespan: lifespan)
    let faded = fade == 1 ? points : scaled(points, by: fade)
    guard let decay else { return (faded, faded) }
    return (faded, scaled(points, by: fade * decay.factor(age: age)))
  }
}

/// Questions in the terms of one log.
struct BoundQuestions: Sendable {
  /// One question, without anything that would have to be counted on the way.
  struct Item: Sendable {
    /// Seconds; infinite for all time.
    let oldest: Double
    let newest: Double
    /// Places in `filters`.
    let filters: Range<Int>
    /// An attribute of the log, or -1.
    let oncePer: Int
    let among: Int
    /// A place in `gifts`, or -1.
    let gift: Int
  }

  enum Filter: Sendable {
    /// `passes[level + 1]`; the first answers for missing.
    case attribute(Int, passes: [Bool])
    case value([NumberTest])
  }

  private(set) var items: [Item] = []
  private(set) var filters: [Filter] = []
  private(set) var gifts: [EventGift] = []
  /// By type, and last for missing types: where its questions begin in `questionsByType`; one more than
  /// types.
  private(set) var starts: [Int] = []
  private(set) var questionsByType: [Int] = []
  /// The longest window of all.
  private(set) var oldest = 0.0

  /// - Throws: `RuleError` for a column that activities do not have, and tests that do not suit it.
  init(_ questions: [EventQuestion], log: ActivityLog) throws {
    var byType = [[Int]](repeating: [], count: log.types.count + 1)
    for (index, question) in questions.enumerated() {
      let selection = question.selection
      if !selection.types.isEmpty, log.columns.type == nil {
        throw RuleError.eventsWithoutTypes(selection.place)
      }
      let first = filters.count
      for filter in selection.filters { filters.append(try Self.bound(filter, log: log)) }
      let oncePer = try question.oncePer.map {
        try Self.attribute($0, log: log, place: selection.place)
      }
      if let gift = question.gift { gifts.append(gift) }
      items.append(
        Item(
          oldest: selection.window.oldest.map(Double.init) ?? .infinity,
          newest: Double(selection.window.newest), filters: first..<filters.count,
          oncePer: oncePer ?? -1, among: question.among ?? -1,
          gift: question.gift == nil ? -1 : gifts.count - 1))
      for (type, name) in log.types.enumerated()
      where selection.types.isEmpty
        ? !log.columns.byUs.contains(name) : selection.types.contains(name)
      {
        byType[type].append(index)
      }
      // What has no type is the lead's.
      if selection.types.isEmpty { byType[log.types.count].append(index) }
    }
    oldest = items.map(\.oldest).max() ?? 0
    starts = [0]
    for list in byType {
      questionsByType += list
      starts.append(questionsByType.count)
    }
  }

  private static func attribute(_ name: String, log: ActivityLog, place: YAMLPlace) throws -> Int {
    guard let index = log.columns.attributes.firstIndex(of: name) else {
      throw unknownColumn(name, log: log, place: place)
    }
    return index
  }

  private static func unknownColumn(_ name: String, log: ActivityLog, place: YAMLPlace)
    -> RuleError
  {
    let known = log.columns.attributes + [log.columns.value].compactMap(\.self)
    return .unknownEventColumn(
      place, column: name, nearest: nearestName(to: name, among: known), known: known)
  }

  private static func bound(_ filter: EventFilter, log: ActivityLog) throws -> Filter {
    if let index = log.columns.attributes.firstIndex(of: filter.column) {
      let tests = try OperandReader(field: filter.column, type: .category).textTests(filter.tests)
      let asked = TextAnswer(tests, missing: [])
      let levels = log.summary.attributes[index].levels
      return .attribute(index, passes: [asked.holds(nil)] + levels.map { asked.holds($0) })
    }
    guard let value = log.columns.value, [value, "value"].contains(filter.column) else {
      throw unknownColumn(filter.column, log: log, place: filter.place)
    }
    return .value(
      try filter.tests.map(OperandReader(field: filter.column, type: .number).numberTest))
  }
}
