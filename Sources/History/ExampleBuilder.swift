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
  private let log: ActivityLog?
  private let partitions: ActivityPartitions?

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
    let inputs = try inputs.withAccountsAlone(definition, pool: pool)
    let events = try inputs.events(of: definition.target, pool: pool)
    let end = try EndOfData.find(definition, inputs: inputs, events: events)
    let timelines = try LeadTimelines(
      definition, leads: inputs.leads, events: events, end: end, latest: inputs.latest)
    var report = ExampleReport(definition: definition, timelines: timelines, zone: zone)
    report.activities = definition.activities == nil ? nil : inputs.activitySummary?.counts
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
      activities: try inputs.activitySummary.map {
        try ActivityRecipe(
          summary: $0, columns: definition.activities ?? HistoryInputs.noActivities,
          options: definition.activityOptions)
      }, schemas: inputs.schemas)
    columns = ExampleColumns(
      recipe: recipe, fields: fields,
      accounts: try inputs.accounts(definition, timelines: timelines, events: events))
    report.add(plan)
    report.add(fields.tally(columns: leadColumns, plan: plan), end: end)
    report.addOpenAges(HistoryDefaults(timelines: timelines).openAges())
    self.report = report
    (log, partitions) = (inputs.log, inputs.partitions)
  }

  /// How many examples there are.
  public var count: Int { plan.count }

  /// All examples with their features, in the order of leads and time.
  ///
  /// - Throws: `HistoryError.invalidOption` where activities are held part by part.
  public func examples(pool: WorkerPool) throws -> ExampleTable {
    guard partitions == nil else {
      throw HistoryError.invalidOption(
        name: "examples", reason: "activities that are held part by part make tables part by part")
    }
    return ExampleTable(
      table: try columns.table(plan, part: log.map { .init(log: $0, leads: nil) }, pool: pool),
      leadRows: plan.leadRows, decisionTimes: plan.decisionTimes, ages: plan.ages,
      outcomes: plan.outcomes, recipe: recipe, report: report)
  }

  /// Examples a table: some tens of megabytes with a hundred columns.
  private static let chunk = 1 << 15

  /// The examples table by table, in memory that does not grow with their number.
  ///
  /// With a log they are in the order of leads and time; with partitions the leads of an account stand
  /// together. Each table has the columns of `recipe.columnNames`; the levels of its categories are its
  /// own.
  /// - Parameter consume: called on the calling thread.
  public func forEachTable(pool: WorkerPool, _ consume: (Table) throws -> Void) throws {
    guard let partitions else {
      for range in RowBlocks(rowCount: plan.count, blockSize: Self.chunk) {
        try consume(
          columns.table(
            plan.selected(range), part: log.map { .init(log: $0, leads: nil) }, pool: pool))
      }
      return
    }
    let starts = firstExamples()
    try partitions.forEachPartition(pool: pool) { partition in
      let examples = partition.leads.flatMap { starts[Int($0)]..<starts[Int($0) + 1] }
      return try columns.table(
        plan.selected(examples), part: .init(log: partition.log, leads: partition.leads),
        pool: WorkerPool(threadCount: 1))
    } consume: { table in
      if table.rowCount > 0 { try consume(table) }
    }
  }

  /// Where each lead's examples begin in the plan.
  private func firstExamples() -> [Int] {
    var starts = [Int](repeating: 0, count: columns.fields.leads.rowCount + 1)
    for lead in plan.leadRows { starts[Int(lead) + 1] += 1 }
    for lead in 1..<starts.count { starts[lead] += starts[lead - 1] }
    return starts
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
