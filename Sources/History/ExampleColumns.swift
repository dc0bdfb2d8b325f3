import Activities
import Parallel
import Tables

/// Makes the columns of examples.
struct ExampleColumns: Sendable {
  let recipe: HistoryRecipe
  let fields: FieldsInTime
  /// `nil` without an account column.
  let accounts: AccountFacts?

  /// Leads of a log, where these are not all of the table's.
  struct Part {
    let log: ActivityLog
    /// The row in the table of leads of each lead of the log, and the reverse; `nil` where the log's
    /// leads are the table's.
    let leads: [Int32]?
  }

  /// The table of a plan.
  ///
  /// - Parameter part: activities of all leads of the plan; `nil` without activities.
  func table(_ plan: ExamplePlan, part: Part?, pool: WorkerPool) throws -> Table {
    let columns = recipe.leadColumns
    var all = try pool.map(columns.count) { index in
      try fields.column(
        fields.leads.required(columns[index], role: "a column of the examples"), plan: plan)
    }
    all.append(Column(name: ExampleTable.decisionTimeColumn, values: .date(plan.decisionTimes)))
    all.append(
      Column(
        name: ExampleTable.ageColumn,
        values: .number(plan.ages.map { $0 / ReadableDurations.day })))
    if let part { all += try activityColumns(plan, part: part, pool: pool) }
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
    _ plan: ExamplePlan, part: Part, pool: WorkerPool
  ) throws -> [Column] {
    guard let activities = recipe.activities else { return [] }
    var moments = (0..<plan.count).map { plan.moment($0) }
    if let leads = part.leads {
      let places = Dictionary(uniqueKeysWithValues: zip(leads, Int32(0)...))
      for index in moments.indices { moments[index].lead = places[moments[index].lead] ?? -1 }
    }
    var columns: [Column] = []
    if recipe.definition.activities != nil {
      columns += try activities.columns(part.log, moments: moments, pool: pool)
    }
    if let accounts {
      let made = activities.accountColumns(
        part.log, moments: moments, accounts: part.leads.map(accounts.subset) ?? accounts,
        pool: pool)
      let names = Set(recipe.accountFeatureNames)
      columns += made.filter { names.contains($0.name) }
    }
    return columns
  }
}
