import Activities
import Parallel
import Tables

/// Makes the columns of examples.
struct ExampleColumns: Sendable {
  let recipe: HistoryRecipe
  let fields: FieldsInTime
  /// `nil` without an account column.
  let accounts: AccountFacts?
  /// Decision times are written as its clocks showed them.
  private let zone: NamedTimeZone

  /// - Throws: `ActivityError.unknownTimeZone`.
  init(recipe: HistoryRecipe, fields: FieldsInTime, accounts: AccountFacts?) throws {
    self.recipe = recipe
    self.fields = fields
    self.accounts = accounts
    zone = try NamedTimeZone(recipe.definition.timeZone)
  }

  /// The table of a plan.
  ///
  /// - Parameters:
  ///   - plan: in the order of the part's leads.
  ///   - part: activities of all leads of the plan.
  ///   - moments: of the plan, in places of the part.
  func table(
    _ plan: ExamplePlan, part: ActivityPartitions.Partition, moments: [Moment], pool: WorkerPool
  ) throws -> Table {
    let columns = recipe.leadColumns
    var all = try pool.map(columns.count) { index in
      try fields.column(
        fields.leads.required(columns[index], role: "a column of the examples"), plan: plan)
    }
    all.append(
      Column(
        name: ExampleTable.decisionTimeColumn,
        values: .date(plan.decisionTimes.map { zone.clock(at: $0) })))
    all.append(
      Column(
        name: ExampleTable.ageColumn,
        values: .number(plan.ages.map { $0 / ReadableDurations.day })))
    all += try activityColumns(part, moments: moments, pool: pool)
    all.append(
      Column(
        name: ExampleTable.outcomeColumn,
        values: .category(
          CategoryValues(
            codes: plan.outcomes.map { $0 < 0 ? -1 : $0 == 1 ? 0 : 1 },
            levels: [ExampleTable.wonLevel, ExampleTable.notWonLevel]))))
    return Table(columns: all, rowCount: plan.count)
  }

  private func activityColumns(
    _ part: ActivityPartitions.Partition, moments: [Moment], pool: WorkerPool
  ) throws -> [Column] {
    guard let activities = recipe.activities else { return [] }
    var columns: [Column] = []
    if recipe.definition.activities != nil {
      columns += try activities.columns(part.log, moments: moments, pool: pool)
    }
    if let accounts {
      let made = activities.accountColumns(
        part.log, moments: moments, accounts: accounts.subset(part.leads), pool: pool)
      let names = Set(recipe.accountFeatureNames)
      columns += made.filter { names.contains($0.name) }
    }
    return columns
  }
}
