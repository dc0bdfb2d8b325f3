import Activities
import Parallel
import Tables

/// Makes training examples of a history: who was at risk when, what was known then, what came of it.
///
/// Examples are in the order of the leads' rows, and of time within a lead; they do not depend on the
/// order of activities and changes, nor on the number of threads.
public struct ExampleBuilder: Sendable {
  let recipe: HistoryRecipe
  let columns: ExampleColumns
  let plan: ExamplePlan
  /// What became of the history, without the examples' features.
  public let report: ExampleReport

  /// Plans the examples: ages, horizon, decisions and labels; computes no features.
  ///
  /// - Throws: `HistoryError`, `ActivityError` where the history can't be made examples of.
  public init(
    _ definition: HistoryDefinition, inputs: HistoryInputs, pool: WorkerPool
  ) throws {
    var definition = try definition.validated()
    try Self.checkNames(definition, leads: inputs.leads)
    let zone = try NamedTimeZone(definition.timeZone)
    definition.activityOptions.timeZone = definition.timeZone
    let events = try inputs.events(of: definition.target)
    let end = try EndOfData.find(definition, inputs: inputs, events: events)
    let timelines = try LeadTimelines(
      definition, leads: inputs.leads, events: events, end: end)
    var report = ExampleReport(definition: definition, timelines: timelines, zone: zone)
    report.activities = inputs.log?.summary.counts
    let fields = try FieldsInTime(definition, inputs: inputs)

    if let status = try Self.statusDecision(definition, timelines: timelines, inputs: inputs) {
      definition.moments = status.age.map { .ages([$0]) } ?? .export
      definition.horizon = nil
      plan = ExamplePlanner(
        timelines: timelines, zone: zone, moments: definition.moments, horizon: .infinity,
        isAbsence: false
      ).statusExamples(at: status.age)
      report.isAsOfExport = status.age == nil
      report.outcomeHasNoDate = !timelines.isDated
    } else {
      let defaults = HistoryDefaults(timelines: timelines)
      if definition.horizon == nil {
        definition.horizon = try defaults.horizon()
        report.horizonIsFound = true
      }
      let horizon = definition.horizon ?? 0
      switch definition.moments {
      case .defaultAges:
        definition.moments = .ages(defaults.ages(horizon: horizon))
        report.agesAreFound = true
      case .ages(let ages):
        definition.moments = .ages(Set(ages).sorted())
        try Self.checkLosses(definition, timelines: timelines, ages: ages)
      case .monthEnds, .export: break
      }
      let planned = ExamplePlanner(
        timelines: timelines, zone: zone, moments: definition.moments, horizon: horizon,
        isAbsence: definition.target.isAbsence
      ).examples()
      plan = planned.plan
      report.add(planned.tally)
      guard plan.count > 0 else {
        throw HistoryError.noMatureExamples(
          horizon: ReadableDurations.words(horizon), leads: inputs.leads.rowCount,
          end: zone.text(end))
      }
    }
    report.horizon = definition.horizon
    report.moments = definition.moments
    let leadColumns = Self.leadColumns(definition, leads: inputs.leads)
    recipe = HistoryRecipe(
      definition: definition, leadColumns: leadColumns,
      activities: try inputs.log.map {
        try ActivityRecipe(log: $0, options: definition.activityOptions)
      }, schemas: inputs.schemas)
    columns = ExampleColumns(
      recipe: recipe, fields: fields,
      accounts: try inputs.accounts(definition, timelines: timelines, events: events))
    report.add(plan)
    report.add(fields.tally(columns: leadColumns, plan: plan), end: end)
    report.addOpenAges(HistoryDefaults(timelines: timelines).openAges())
    self.report = report
    log = inputs.log
  }

  private let log: ActivityLog?

  /// How many examples there are.
  public var count: Int { plan.count }

  /// All examples with their features.
  public func examples(pool: WorkerPool) throws -> ExampleTable {
    ExampleTable(
      table: try columns.table(plan, range: 0..<plan.count, log: log, pool: pool),
      leadRows: plan.leadRows, decisionTimes: plan.decisionTimes, ages: plan.ages,
      outcomes: plan.outcomes, recipe: recipe, report: report)
  }

  // MARK: Checks

  /// The columns that examples add must not stand among the leads'.
  private static func checkNames(_ definition: HistoryDefinition, leads: Table) throws {
    let own = [
      ExampleTable.decisionTimeColumn, ExampleTable.ageColumn, ExampleTable.outcomeColumn,
    ]
    let told = definition.target.leadColumns
    for name in own where leads[name] != nil && !told.contains(name) {
      throw HistoryError.reservedColumn(name: name)
    }
    for name in definition.roles.ids { _ = try leads.required(name, role: "id") }
    if let account = definition.roles.account { _ = try leads.required(account, role: "account") }
  }

  /// The leads' columns that examples carry: ids first, without those that tell the outcome.
  private static func leadColumns(_ definition: HistoryDefinition, leads: Table) -> [String] {
    let ids = definition.roles.ids
    let told = definition.target.leadColumns
    return ids + leads.columns.map(\.name).filter { !ids.contains($0) && !told.contains($0) }
  }

  /// Where outcomes have no dates, or the user wants all as of the export: the only age at which
  /// examples can be had, `nil` for the export itself.
  private static func statusDecision(
    _ definition: HistoryDefinition, timelines: LeadTimelines, inputs: HistoryInputs
  ) throws -> (age: Double?, Void)? {
    let target = definition.target
    if definition.moments == .export {
      guard target.population == .leads, !target.isAbsence, !target.repeats else {
        throw HistoryError.invalidOption(
          name: "decision: export",
          reason: "only leads that are won or lost once can be told apart as of the export")
      }
      return (nil, ())
    }
    guard !timelines.isDated, case .column(let outcome) = target.outcome else { return nil }
    switch definition.moments {
    case .ages([0]): return (0, ())
    case .defaultAges where inputs.log == nil: return (nil, ())
    case .defaultAges:
      throw HistoryError.outcomeWithoutDate(column: outcome.column, asked: "Activities")
    case .ages:
      throw HistoryError.outcomeWithoutDate(column: outcome.column, asked: "Ages after creation")
    case .monthEnds, .export:
      throw HistoryError.outcomeWithoutDate(column: outcome.column, asked: "Month ends")
    }
  }

  private static func checkLosses(
    _ definition: HistoryDefinition, timelines: LeadTimelines, ages: [Double]
  ) throws {
    guard timelines.hasUndatedLosses, ages.contains(where: { $0 > 0 }),
      case .column(let outcome) = definition.target.outcome, let date = outcome.date
    else { return }
    throw HistoryError.undatedOutcomes(
      outcome: "lost", undated: timelines.tally.undatedLost, of: timelines.tally.lost,
      column: date)
  }
}

extension HistoryInputs {
  /// The activities that make populations and outcomes; `nil` without activities.
  ///
  /// - Parameter isScoring: whether none of them may be there: a new day's log may lack wins.
  func events(of target: HistoryTarget, isScoring: Bool = false) throws -> HistoryEvents? {
    guard let log else { return nil }
    var events = HistoryEvents(target: target)
    if !isScoring { try events.check(types: log.types) }
    events.add(log, leads: nil, latest: latest)
    return events
  }

  /// The accounts of leads; `nil` without an account column.
  func accounts(
    _ definition: HistoryDefinition, timelines: LeadTimelines, events: HistoryEvents?
  ) throws -> AccountFacts? {
    guard let name = definition.roles.account else { return nil }
    var known = timelines.events
    if let events, case .events = definition.target.outcome {
      // A win that was recorded late is known late.
      known = EventTimes(
        leadCount: leads.rowCount,
        events: zip(events.won, events.wonKnown).map { ($0.lead, $1) })
    }
    return AccountFacts(
      accounts: try leads.required(name, role: "account").codes(), created: timelines.created,
      won: (0..<leads.rowCount).map { row in
        let first = known.first(row)
        return first < .infinity ? first : .nan
      })
  }
}

extension Column {
  /// A number for each distinct cell of a category or text column; -1 where it is missing.
  /// - Throws: `HistoryError.notACategory`.
  func codes() throws -> [Int32] {
    switch values {
    case .category(let cells): return cells.codes
    case .text(let cells):
      var codes: [String: Int32] = [:]
      return (0..<cells.count).map { row in
        guard let cell = cells[row] else { return -1 }
        if let code = codes[cell] { return code }
        let code = Int32(codes.count)
        codes[cell] = code
        return code
      }
    default:
      throw HistoryError.notACategory(role: "account", column: name, found: type.rawValue)
    }
  }
}
