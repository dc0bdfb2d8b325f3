import Activities

/// What became of a history on the way to examples.
public struct ExampleReport: Sendable, Equatable {
  public var leads = 0
  public var examples = 0
  /// Examples whose label is 1.
  public var met = 0
  /// Leads with at least one example.
  public var leadsWithExamples = 0
  /// The last moment of which the data tell, in seconds since 1970.
  public var end: Double
  public var horizon: Double?
  public var horizonIsFound = false
  public var moments = DecisionMoments.defaultAges
  public var agesAreFound = false
  /// Those of the ages, in seconds, that some example has; empty where decisions are not by age.
  public var ages: [Double] = []
  /// Whether each example is its lead as of the export, outcome and all.
  public var isAsOfExport = false
  /// Whether outcomes have no dates, so that labels have no horizon.
  public var outcomeHasNoDate = false

  /// Examples, and decisions without a passed horizon, by month of decision, in order.
  public var months: [MonthCount] = []
  /// Decisions whose horizon had not passed.
  public var immature = 0
  public var immatureMet = 0
  /// Decisions that lie after the end of the data.
  public var notReached = 0
  /// Decisions about leads that were won or lost already.
  public var closed = 0
  /// Decisions about leads that were lost nobody knows when.
  public var closedAtUnknownTime = 0

  public var withoutID = 0
  public var withoutCreation = 0
  public var createdAfterEnd = 0
  public var closedBeforeCreation = 0
  public var closedAfterEnd = 0
  public var undatedWon = 0
  public var undatedLost = 0
  public var outsidePopulation = 0

  /// What became of the activities; `nil` without.
  public var activities: ActivityCounts?
  /// What may be wrong with them.
  public var activityWarnings: [String] = []
  /// Columns of the leads that are as of the export.
  public var columnsAsOfExport: [String] = []
  /// Columns of the leads that are as of each decision.
  public var columnsInTime: [String] = []
  public var changes = 0
  public var changeContradictions = 0
  public var changesOfUnknownLeads = 0
  public var incompleteChanges = 0
  /// Changes without a time.
  public var untimedChanges = 0
  /// Changes after the moment at which the data were read.
  public var plannedChanges = 0
  /// Values of changes that can't be read in their column's type.
  public var unreadableValues: [UnreadableValues] = []
  public var changedColumnsUnknown: [String] = []
  /// Examples decided before the first change of all.
  public var examplesBeforeChanges = 0
  /// Dated exports that were used.
  public var exports = 0
  /// Examples of leads that no earlier export has: their fields are missing.
  public var examplesWithoutExport = 0
  /// Leads of earlier exports that the newest no longer has, and no example is of.
  public var goneLeads = 0
  public var lackingColumns: [LackingColumns] = []

  /// Leads at risk at the end of the data: those to be scored.
  public var openLeads = 0
  /// Those of them that are younger or older than all examples are.
  public var openOutsideAges = 0

  let zone: NamedTimeZone

  init(definition: HistoryDefinition, timelines: LeadTimelines, zone: NamedTimeZone) {
    leads = timelines.entry.count
    end = timelines.end
    self.zone = zone
    let tally = timelines.tally
    withoutID = tally.withoutID
    withoutCreation = tally.withoutCreation
    createdAfterEnd = tally.createdAfterEnd
    closedBeforeCreation = tally.closedBeforeCreation
    closedAfterEnd = tally.closedAfterEnd
    undatedWon = tally.undatedWon
    undatedLost = tally.undatedLost
    outsidePopulation = tally.outsidePopulation
  }

  mutating func add(_ tally: ExamplePlanner.Tally) {
    notReached = tally.notReached
    closed = tally.closed
    closedAtUnknownTime = tally.closedAtUnknownTime
    months = tally.months
    immature = months.reduce(0) { $0 + $1.immature }
    immatureMet = months.reduce(0) { $0 + $1.immatureMet }
  }

  mutating func add(_ plan: ExamplePlan) {
    examples = plan.count
    met = plan.outcomes.count { $0 == 1 }
    var last: Int32 = -1
    for row in plan.leadRows where row != last {
      leadsWithExamples += 1
      last = row
    }
  }

  mutating func add(_ tally: FieldTally, end: Double) {
    columnsAsOfExport = tally.asOfExport
    columnsInTime = tally.inTime
    changes = tally.changes
    changeContradictions = tally.contradictions
    changesOfUnknownLeads = tally.unknownLeads
    incompleteChanges = tally.incomplete
    untimedChanges = tally.untimed
    plannedChanges = tally.planned
    unreadableValues = tally.unreadable
    goneLeads = tally.goneLeads
    lackingColumns = tally.lackingColumns
    changedColumnsUnknown = tally.unknownColumns
    examplesBeforeChanges = tally.beforeFirst
    if case .exports(let count) = tally.source { exports = count }
    examplesWithoutExport = tally.withoutExport
  }

  mutating func addOpenAges(_ ages: [Double]) {
    openLeads = ages.count
    guard let youngest = self.ages.min(), let oldest = self.ages.max() else { return }
    openOutsideAges = ages.count { $0 < youngest || $0 > oldest }
  }
}
