import Activities
import Metrics
import Parallel
import Tables

/// Examples of a later period in the columns that a model was fitted to: what was known at each
/// decision, and what came of it within the model's own horizon.
public struct EvaluationExamples: Sendable {
  /// As `ExampleTable.table`.
  public let table: Table
  /// Each example's row in the table of leads.
  public let leadRows: [Int32]
  /// 1 won, 0 not won; one a row.
  public let outcomes: [Int8]
  /// When each decision's outcome was known: the event, or the end of the horizon; seconds since 1970,
  /// infinite where nobody knows. One a row.
  public let settled: [Double]
  public let report: EvaluationPeriod
  /// What the leads did by their decision times; `nil` without activities.
  public let logs: ExampleLogs?

  /// Examples at the ages, or month ends, of the recipe that were decided at `from` or later and whose
  /// horizon had passed by the end of the data; of outcomes without dates, all leads that have one.
  ///
  /// - Parameters:
  ///   - from: seconds since 1970; −infinity takes all.
  ///   - earliest: from when on decisions are new to the model, to say which others could be judged.
  ///   - asOf: the end of the data; `nil` takes the newest moment of which they tell.
  /// - Throws: `HistoryError`, `ActivityError`; `HistoryError.noMatureExamples` where no decision of the
  ///   period is old enough.
  public init(
    _ recipe: HistoryRecipe, inputs: HistoryInputs, from: Double, asOf: Double? = nil,
    earliest: Double? = nil, pool: WorkerPool
  ) throws {
    var definition = recipe.definition
    definition.asOf = asOf
    let zone = try NamedTimeZone(definition.timeZone)
    let activities = try inputs.parts(definition, pool: pool)
    let events = try inputs.events(of: definition.target, pool: pool)
    let leads = try inputs.leadsWithMoments(definition)
    // What came after the end of the data nobody knows, and it must not count as not having come.
    let stated = try StatedMoment(
      asOf, definition, inputs: inputs, leads: leads, events: events)
    if let asOf, stated.isBeyondData {
      throw HistoryError.beyondData(asOf: zone.text(asOf), end: zone.text(stated.newest))
    }
    let end = try EndOfData.find(definition, inputs: inputs, leads: leads, events: events)
    let timelines = try LeadTimelines(
      definition, leads: leads, events: events, end: end, latest: inputs.latest)
    var report = EvaluationPeriod(
      from: from, end: end, horizon: definition.horizon, leads: inputs.leads.rowCount, zone: zone)
    let planner = ExamplePlanner(
      timelines: timelines, zone: zone, moments: definition.moments,
      horizon: definition.horizon ?? .infinity, isAbsence: definition.target.isAbsence)
    var plan: ExamplePlan
    if let horizon = definition.horizon {
      let planned = planner.examples()
      plan = planned.plan
      report.immature = planned.tally.months.reduce(0) { $0 + $1.immature }
      let later = plan.decisionTimes.indices.filter { plan.decisionTimes[$0] >= from }
      report.earlier = plan.count - later.count
      let unlearned = plan.decisionTimes.count { time in earliest.map { time >= $0 } ?? false }
      plan = plan.selected(later)
      guard plan.count > 0 else {
        throw HistoryError.noLaterExamples(
          from: zone.text(from), horizon: ReadableDurations.words(horizon), end: zone.text(end),
          immature: report.immature,
          instead: earliest.flatMap { earliest in
            unlearned > 0
              ? "\(NumberText.counted(unlearned, "decision")) from \(zone.text(earliest)) on "
                + "\(unlearned == 1 ? "has" : "have") one" : nil
          })
      }
    } else {
      let age: Double? = if case .ages(let ages) = definition.moments { ages.first } else { nil }
      plan = planner.statusExamples(at: age)
    }
    report.examples = plan.count
    report.activityWarnings = ActivityWarnings(definition, inputs: inputs, events: events).lines
    let fields = try FieldsInTime(definition, inputs: inputs)
    report.exportColumns.names = recipe.leadColumns.filter { !fields.isInTime($0) }
    let parts = ExampleParts(
      plan,
      columns: try ExampleColumns(
        recipe: recipe, fields: fields,
        accounts: inputs.accounts(definition, timelines: timelines, events: events)),
      activities: activities)
    table = try parts.table(pool: pool)
    logs = ExampleLogs(parts)
    leadRows = parts.plan.leadRows
    settled = parts.plan.settled(timelines, horizon: definition.horizon)
    outcomes = parts.plan.outcomes
    self.report = report
  }
}

/// Which examples a model is judged by, and which not and why.
public struct EvaluationPeriod: Sendable, Equatable {
  /// Decisions at this moment or later; seconds since 1970, −infinity for all.
  public let from: Double
  /// The end of the data.
  public let end: Double
  /// `nil` where outcomes have no dates, so that nothing is judged in time.
  public let horizon: Double?
  public let leads: Int
  public var examples = 0
  /// Decisions before `from`.
  public var earlier = 0
  /// Decisions whose horizon had not passed.
  public var immature = 0
  /// What may be wrong with the activities.
  public var activityWarnings: [String] = []
  /// Columns of the leads that are as of the export.
  var exportColumns = ExportColumns()
  let zone: NamedTimeZone

  init(from: Double, end: Double, horizon: Double?, leads: Int, zone: NamedTimeZone) {
    self.from = from
    self.end = end
    self.horizon = horizon
    self.leads = leads
    self.zone = zone
  }

  /// What makes live figures worse than these, a line each.
  /// - Parameter unlearned: columns that the model does not use.
  public func warnings(unlearned: Set<String>) -> [String] {
    [exportColumns.without(unlearned).liveWarning].compactMap(\.self)
  }

  public var lines: [String] {
    guard let horizon else {
      return [
        "outcomes have no dates: \(NumberText.count(examples)) closed leads of "
          + "\(NumberText.count(leads)), whenever they closed"
      ] + activityWarnings
    }
    let causes = [
      (earlier, "examples were decided before that day, and are not judged"),
      (immature, "decisions are immature: their horizon had not passed by the end of the data"),
    ]
    let start = from.isFinite ? "decisions from \(zone.text(from)) on, outcomes" : "outcomes"
    return [
      "\(start) within \(ReadableDurations.words(horizon)), "
        + "data until \(zone.text(end)): \(NumberText.counted(examples, "example"))"
    ]
      + causes.compactMap { count, words in
        count > 0 ? "\(NumberText.count(count)) \(words)" : nil
      } + activityWarnings
  }
}
