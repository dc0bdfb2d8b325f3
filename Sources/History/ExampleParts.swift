import Activities
import Parallel
import Tables

/// A plan's examples, made into tables part by part of the leads, so that memory does not grow with them.
///
/// They are in the order of the leads' rows and of time within a lead; where leads have accounts, those
/// of an account stand together where its first lead stands. The order, and the cells, are the same
/// whether activities are in memory or in a file.
struct ExampleParts: Sendable {
  /// In that order.
  let plan: ExamplePlan
  let columns: ExampleColumns
  private let activities: ActivityPartitions

  /// - Parameters:
  ///   - plan: in the order of the leads' rows.
  ///   - activities: of all leads; without any where there are none.
  init(_ plan: ExamplePlan, columns: ExampleColumns, activities: ActivityPartitions) {
    self.columns = columns
    self.activities = activities
    guard let order = activities.leadOrder else {
      self.plan = plan
      return
    }
    let starts = Self.starts(plan.leadRows, leadCount: order.count)
    self.plan = plan.selected(order.flatMap { starts[Int($0)]..<starts[Int($0) + 1] })
  }

  /// Where each lead's examples begin in a plan, and last how many there are.
  private static func starts(_ leadRows: [Int32], leadCount: Int) -> [Int] {
    var starts = [Int](repeating: 0, count: leadCount + 1)
    for lead in leadRows { starts[Int(lead) + 1] += 1 }
    for lead in 0..<leadCount { starts[lead + 1] += starts[lead] }
    return starts
  }

  /// Examples a table: some megabytes with two hundred columns.
  private static let chunk = 4_096

  /// The examples in order, some thousand a table; no table is empty.
  ///
  /// - Parameters:
  ///   - process: runs on the pool's threads, which it must not use itself.
  ///   - consume: runs on the calling thread, in order.
  func forEachTable<Output: Sendable>(
    pool: WorkerPool, _ process: @Sendable (Table, ExampleActivities) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    let single = WorkerPool(threadCount: 1)
    try forEachChunk(pool: pool) { part, activities in
      let table = try columns.table(
        plan.selected(activities.rows), part: part, moments: activities.moments, pool: single)
      return try process(table, activities)
    } consume: {
      try consume($0)
    }
  }

  /// The activities of the examples in order, some thousand examples at a time; no chunk is empty.
  ///
  /// - Parameters: as of `forEachTable`.
  func forEachChunk<Output: Sendable>(
    pool: WorkerPool,
    _ process: @Sendable (ActivityPartitions.Partition, ExampleActivities) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    let starts = partStarts()
    try activities.forEachPartition(pool: pool) { part in
      let own = starts[part.index]..<starts[part.index + 1]
      return try RowBlocks(rowCount: own.count, blockSize: Self.chunk).map { rows in
        let chunk = own.lowerBound + rows.lowerBound..<own.lowerBound + rows.upperBound
        let activities = ExampleActivities(
          rows: chunk, log: part.log, moments: moments(chunk, part), ages: Array(plan.ages[chunk]))
        return try process(part, activities)
      }
    } consume: { outputs in
      for output in outputs { try consume(output) }
    }
  }

  /// The moments of some examples, their leads as places in the part.
  private func moments(_ rows: Range<Int>, _ part: ActivityPartitions.Partition) -> [Moment] {
    var place = 0
    return rows.map { row in
      var moment = plan.moment(row)
      while part.leads[place] != moment.lead { place += 1 }
      moment.lead = Int32(place)
      return moment
    }
  }

  /// Of all activities.
  var summary: ActivitySummary { activities.summary }

  /// All of them in one table.
  func table(pool: WorkerPool) throws -> Table {
    var all = GrowingTable(
      columns: columns.recipe.exampleSchema.columns.map { ($0.name, $0.type) },
      expectedRows: plan.count)
    try forEachTable(pool: pool) { table, _ in
      table
    } consume: { table in
      all.append(table)
    }
    return all.table
  }

  /// Where each part's examples begin.
  private func partStarts() -> [Int] {
    let leadCount = columns.fields.leads.rowCount
    let counts = Self.starts(plan.leadRows, leadCount: leadCount)
    let order = activities.leadOrder
    var starts = [0]
    var start = 0
    for (lower, upper) in zip(activities.bounds, activities.bounds.dropFirst()) {
      for slot in lower..<upper {
        let lead = order.map { Int($0[slot]) } ?? slot
        start += counts[lead + 1] - counts[lead]
      }
      starts.append(start)
    }
    return starts
  }
}
