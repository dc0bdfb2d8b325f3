import Activities
import Metrics
import Parallel
import Tables

/// Open leads as of a moment, with the columns that a model was fitted to.
public struct ScoringExamples: Sendable {
  private let parts: ExampleParts
  /// The moment as of which leads are looked at, in seconds since 1970.
  public let asOf: Double
  public let report: ScoringReport

  /// - Parameters:
  ///   - inputs: the leads, activities and changes as they are now.
  ///   - asOf: `nil` takes the newest moment of which the data tell, planned ones aside.
  ///   - includesClosed: whether leads that are won or lost by then are taken too.
  /// - Throws: `HistoryError`, `ActivityError`.
  public init(
    _ recipe: HistoryRecipe, inputs: HistoryInputs, asOf stated: Double? = nil,
    includesClosed: Bool = false, pool: WorkerPool
  ) throws {
    let activities = try inputs.parts(recipe.definition, pool: pool)
    let scoring = try ScoringPlan(
      recipe, inputs: inputs, activities: activities, asOf: stated,
      includesClosed: includesClosed, pool: pool)
    parts = ExampleParts(scoring.plan, columns: scoring.columns, activities: activities)
    asOf = scoring.asOf
    report = scoring.report
  }

  /// What the leads did by then; `nil` without activities.
  public var logs: ExampleLogs? { ExampleLogs(parts) }

  /// Each example's row in the table of leads. They are in the order of `ExampleBuilder`.
  public var leadRows: [Int32] { parts.plan.leadRows }

  /// All in one table, as `ExampleTable.table`; `outcome` is missing throughout.
  public func table(pool: WorkerPool) throws -> Table {
    try parts.table(pool: pool)
  }

  /// The same table by table, in memory that does not grow with the leads; see
  /// `ExampleBuilder.forEachTable`.
  public func forEachTable<Output: Sendable>(
    pool: WorkerPool, _ process: @Sendable (Table, ExampleActivities) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    try parts.forEachTable(pool: pool, process, consume: consume)
  }
}

/// Which leads are scored as of when.
struct ScoringPlan {
  let plan: ExamplePlan
  let columns: ExampleColumns
  let asOf: Double
  let report: ScoringReport

  init(
    _ recipe: HistoryRecipe, inputs: HistoryInputs, activities: ActivityPartitions,
    asOf stated: Double?, includesClosed: Bool, pool: WorkerPool
  ) throws {
    var definition = recipe.definition
    definition.asOf = stated
    let zone = try NamedTimeZone(definition.timeZone)
    let events = try inputs.events(of: definition.target, isScoring: true, pool: pool)
    let leads = try inputs.leadsWithMoments(definition)
    let end = try EndOfData.find(definition, inputs: inputs, leads: leads, events: events)
    let timelines = try LeadTimelines(
      definition, leads: leads, events: events, end: end, latest: inputs.latest,
      isScoring: true)
    var report = ScoringReport(asOf: end, zone: zone)
    report.learnedColumns.names = recipe.exportColumns ?? []
    var plan = ExamplePlan()
    let ids = definition.roles.leadID.flatMap { leads[$0]?.values }
    for row in timelines.entry.indices {
      guard !(ids?.isMissing(row) ?? false) else {
        report.withoutID += 1
        continue
      }
      let entry = timelines.entry[row]
      let isKnown = definition.moments == .export || !(entry.isNaN || entry > end)
      guard isKnown else {
        if timelines.created[row].isNaN, definition.roles.created != nil {
          report.withoutCreation += 1
        } else {
          report.outside += 1
        }
        continue
      }
      let isOpen =
        timelines.isDated && definition.moments != .export
        ? timelines.isOpen(row, isStated: stated != nil) : timelines.status[row] < 0
      if !isOpen {
        report.closed += 1
        guard includesClosed else { continue }
      }
      let age = end - entry
      plan.append(
        lead: row, time: end, age: age, outcome: -1,
        includesDecision: definition.moments == .export || timelines.includes(end, row: row))
      if case .ages(let ages) = definition.moments, let least = ages.min(), let most = ages.max(),
        age < least || age > most
      {
        report.outsideAges += 1
      }
    }
    report.leads = timelines.entry.count
    report.scored = plan.count
    report.activities = definition.activities == nil ? nil : activities.summary.counts
    report.warnings = ActivityWarnings(definition, inputs: inputs, events: events)
      .scoringLines(learned: recipe.activities?.types.map(\.name) ?? [])
    let fields = try FieldsInTime(definition, inputs: inputs)
    report.unreadableValues = fields.unreadable
    let moment = try StatedMoment(
      stated, definition, inputs: inputs, leads: leads, events: events)
    if moment.isBeyondData {
      report.warnings.insert(report.beyond(moment.newest), at: 0)
    }
    if moment.newest > end, (inputs.exportedAt ?? .infinity) > end {
      report.exportColumns.names = recipe.leadColumns.filter { !fields.isInTime($0) }
      if definition.changes != nil, let known = recipe.exportColumns {
        report.lostColumns = report.exportColumns.names.filter { !known.contains($0) }
      }
    }
    self.plan = plan
    self.report = report
    asOf = end
    columns = try ExampleColumns(
      recipe: recipe, fields: fields,
      accounts: try inputs.accounts(definition, timelines: timelines, events: events))
  }
}

/// Which leads were scored, and which not and why.
public struct ScoringReport: Sendable, Equatable {
  public var leads = 0
  public var scored = 0
  /// Leads that were won or lost by then.
  public var closed = 0
  /// Leads not yet in the population, or that never came into it.
  public var outside = 0
  /// Leads that do not say when they were created.
  public var withoutCreation = 0
  /// Leads without an id, of which nobody can tell what they did.
  public var withoutID = 0
  /// Scored leads that are younger or older than all examples of the history.
  public var outsideAges = 0
  public var asOf: Double
  /// Where the data go on after `asOf`: columns of the leads that may have changed since.
  var exportColumns = ExportColumns()
  /// Columns of the leads that the examples had as of the export.
  var learnedColumns = ExportColumns()
  /// Columns that the examples had as of the decision, of which nothing tells the past here.
  var lostColumns: [String] = []
  public var activities: ActivityCounts?
  /// Values of changes that can't be read in their column's type.
  public var unreadableValues: [UnreadableValues] = []
  /// What may be wrong with the activities.
  public var warnings: [String] = []
  let zone: NamedTimeZone

  init(asOf: Double, zone: NamedTimeZone) {
    self.asOf = asOf
    self.zone = zone
  }

  public var lines: [String] {
    var lines = [
      "scored as of \(zone.text(asOf)): \(NumberText.count(scored)) of \(NumberText.count(leads)) leads"
    ]
    let causes: [(Int, String)] = [
      (closed, "were won, lost or gone by then"),
      (outside, "were not yet there"),
      (withoutCreation, "do not say when they were created, and are not scored"),
      (withoutID, "have no id, and are not scored"),
      (outsideAges, "are younger or older than any example of the history"),
      (activities?.planned ?? 0, "activities are planned, and do not count"),
      (activities?.unknownLead ?? 0, "activities are of leads that are not in the table"),
      (
        activities?.recordedLater ?? 0,
        "activities have a time of recording that has not come, and do not count"
      ),
    ]
    lines += causes.compactMap { count, words in
      count > 0 ? "\(NumberText.count(count)) \(words)" : nil
    }
    lines += unreadableValues.map(\.line)
    return lines
  }

  /// All that the scores suffer from, a line each.
  /// - Parameter unlearned: columns that no score rests on.
  public func warnings(unlearned: Set<String>) -> [String] {
    let past = exportColumns.without(unlearned).pastWarning
    var lines =
      [past ?? learnedColumns.without(unlearned).liveWarning].compactMap(\.self) + warnings
    let lost = lostColumns.filter { !unlearned.contains($0) }
    if !lost.isEmpty {
      lines.append(
        "The model learned \(lost.briefly) as of the decision, and nothing here tells what they were: give "
          + "the table of changes, or the exports, as at the fit.")
    }
    if outsideAges * 5 > scored {
      lines.append(
        "\(NumberText.count(outsideAges)) of \(NumberText.count(scored)) leads are younger or older "
          + "than any example of the history: their probabilities are extrapolated.")
    }
    return lines
  }

  fileprivate func beyond(_ end: Double) -> String {
    "--as-of \(zone.text(asOf)) lies beyond the end of the data, \(zone.text(end)): what came after that is "
      + "not known, and every lead looks as if nothing had. Give a newer export, or leave out --as-of."
  }
}
