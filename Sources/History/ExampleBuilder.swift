import Activities
import Parallel
import Tables

/// Makes training examples of a history: who was at risk when, what was known then, what came of it.
///
/// Examples are in the order of the leads' rows, and of time within a lead; where leads have accounts,
/// those of an account stand together where its first lead stands. They do not depend on the order of
/// activities and changes, nor on the number of threads, nor on what of the activities fits in memory.
public struct ExampleBuilder: Sendable {
  /// How the same columns are made again.
  public let recipe: HistoryRecipe
  let parts: ExampleParts
  /// What became of the history, without the examples' features.
  public let report: ExampleReport

  /// Plans the examples: ages, horizon, decisions and labels; computes no features.
  ///
  /// - Parameter unlearned: columns of the leads that are no features: the report does not count them.
  /// - Throws: `HistoryError`, `ActivityError` where the history can't be made examples of.
  public init(
    _ definition: HistoryDefinition, inputs: HistoryInputs, unlearned: Set<String> = [],
    pool: WorkerPool
  ) throws {
    var definition = try definition.validated()
    try Self.checkNames(definition, leads: inputs.leads)
    let zone = try NamedTimeZone(definition.timeZone)
    definition.activityOptions.timeZone = definition.timeZone
    let activities = try inputs.parts(definition, pool: pool)
    let hasActivities = definition.makesActivityColumns
    let events = try inputs.events(of: definition.target, pool: pool)
    let leads = try inputs.leadsWithMoments(definition)
    let end = try EndOfData.find(definition, inputs: inputs, leads: leads, events: events)
    let timelines = try LeadTimelines(
      definition, leads: leads, events: events, end: end, latest: inputs.latest)
    var report = ExampleReport(definition: definition, timelines: timelines, zone: zone)
    report.activities = definition.activities == nil ? nil : activities.summary.counts
    report.activityWarnings = ActivityWarnings(definition, inputs: inputs, events: events).lines
    let fields = try FieldsInTime(definition, inputs: inputs)

    let plan: ExamplePlan
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
          end: zone.text(end),
          instead: ShorterHorizons(
            spans: planned.tally.immatureSpans, months: planned.tally.months))
      }
    }
    report.horizon = definition.horizon
    report.moments = definition.moments
    if case .ages(let ages) = definition.moments {
      // An age that no example has is one that the model knows nothing of.
      let found = Set(plan.ages.map { $0.rounded() })
      definition.moments = .ages(ages.filter { found.contains($0.rounded()) })
      report.ages = ages.filter { found.contains($0.rounded()) }
    }
    let leadColumns = Self.leadColumns(definition, leads: inputs.leads)
    let tally = try fields.tally(
      columns: leadColumns.filter { !unlearned.contains($0) }, plan: plan)
    recipe = HistoryRecipe(
      definition: definition, leadColumns: leadColumns, exportColumns: tally.asOfExport,
      activities: hasActivities
        ? try ActivityRecipe(
          summary: activities.summary, columns: activities.columns,
          options: definition.activityOptions) : nil, schemas: inputs.schemas)
    try recipe.checkNames()
    parts = ExampleParts(
      plan,
      columns: try ExampleColumns(
        recipe: recipe, fields: fields,
        accounts: try inputs.accounts(definition, timelines: timelines, events: events)),
      activities: activities)
    settled = plan.settled(timelines, horizon: definition.horizon)
    report.add(plan)
    report.add(tally, end: end)
    if let account = definition.roles.account,
      inputs.changes?.columnNames.contains(account) == true
    {
      report.activityWarnings.append(
        "Changes of “\(account)” are not followed: which account a lead belongs to is as of the export; "
          + "expect worse live.")
    }
    report.addOpenAges(HistoryDefaults(timelines: timelines).openAges())
    self.report = report
  }

  /// When each example's outcome was known, or its horizon passed; seconds since 1970.
  public let settled: [Double]

  /// What the leads did by their decision times; `nil` without activities.
  public var logs: ExampleLogs? { ExampleLogs(parts) }

  /// How many examples there are.
  public var count: Int { parts.plan.count }

  /// All examples with their features.
  public func examples(pool: WorkerPool) throws -> ExampleTable {
    let plan = parts.plan
    return ExampleTable(
      table: try parts.table(pool: pool), leadRows: plan.leadRows,
      decisionTimes: plan.decisionTimes, ages: plan.ages, outcomes: plan.outcomes, recipe: recipe,
      report: report)
  }

  /// The examples table by table, in memory that does not grow with their number.
  ///
  /// Each table has the columns of `recipe.exampleSchema`; the levels of its categories are its own.
  /// - Parameters:
  ///   - process: runs on the pool's threads, which it must not use itself.
  ///   - consume: runs on the calling thread, in the order of the examples.
  public func forEachTable<Output: Sendable>(
    pool: WorkerPool, _ process: @Sendable (Table) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    try parts.forEachTable(pool: pool) { table, _ in
      try process(table)
    } consume: {
      try consume($0)
    }
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
    case .defaultAges where definition.activities == nil: return (nil, ())
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
