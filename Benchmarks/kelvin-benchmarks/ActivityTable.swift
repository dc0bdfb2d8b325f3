import Activities
import ArgumentParser
import Parallel
import Sources
import Synchronization
import Tables

/// A log of activities and a table of leads, as `activities-generate` writes them, to columns of features.
struct ActivityTable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activities", abstract: "CSV of activities and leads to columns of features.")

  @Argument(help: "The log: lead, at, kind, amount, product.") var file: String
  @Argument(help: "The leads: lead, created.") var leads: String
  @Option(help: "Days after its creation at which each lead is looked at.") var ages = "90"
  @Option var threads = 2
  @Option(help: "Writes the rows of the first leads here, to compare them with a peer's.")
  var sample: String?
  @Option(help: "Leads in the sample.") var sampleLeads = 1_000

  private static let columns = ActivityColumns(
    lead: "lead", at: "at", type: "kind", value: "amount", attributes: ["product"],
    byUs: ["email_sent", "call"])

  func run() throws {
    let pool = WorkerPool(threadCount: threads)
    let ages = self.ages.split(separator: ",").compactMap { Double($0) }
    let start = now()
    let (ids, created) = try readLeads(pool)
    let index = try LeadIndex(ids)
    let leadSeconds = now() - start
    let builder = ActivityLogBuilder(columns: Self.columns, leads: index)
    try read(into: builder, pool)
    let readSeconds = now() - start - leadSeconds
    let log = try builder.finish(pool: pool)
    let sortSeconds = now() - start - leadSeconds - readSeconds
    let moments = created.indices.flatMap { lead in
      ages.map {
        Moment(lead: Int32(lead), asOf: created[lead] + $0 * 86_400, includesAsOf: $0 == 0)
      }
    }
    let columns = try ActivityRecipe(log: log).columns(log, moments: moments, pool: pool)
    if let sample { try write(columns, ids, ages.count, to: sample) }
    let seconds = now() - start
    show([
      "seconds": seconds, "rows": Double(moments.count), "columns": Double(columns.count),
      "leads_seconds": leadSeconds, "read_seconds": readSeconds, "sort_seconds": sortSeconds,
      "features_seconds": seconds - leadSeconds - readSeconds - sortSeconds,
    ])
  }

  private func readLeads(_ pool: WorkerPool) throws -> (ids: Column, created: [Double]) {
    var options = CSVReadOptions()
    options.keepAsText = ["lead"]
    options.dateOrders = ["created": .iso]
    let table = try readCSV(path: leads, options: options, pool: pool).table
    guard let ids = table["lead"], case .date(let created) = table["created"]?.values else {
      throw ValidationError("\(leads) has no columns lead and created")
    }
    return (ids, created)
  }

  private func read(into builder: ActivityLogBuilder, _ pool: WorkerPool) throws {
    let schema = TableSchema(columns: [
      ColumnSchema(name: "lead", type: .text),
      ColumnSchema(name: "at", type: .date, dateOrder: .iso),
      ColumnSchema(name: "kind", type: .category),
      ColumnSchema(name: "amount", type: .number, numberFormat: NumberFormat()),
      ColumnSchema(name: "product", type: .category),
    ])
    let stream = try CSVStream(
      path: file, schema: schema, columns: Self.columns.names)
    try stream.forEachBlock(pool: pool) {
      try builder.add($0.table)
    } consume: { _ in
    }
  }

  /// The rows of the first leads, as CSV with a header; missing is empty.
  private func write(
    _ columns: [Column], _ ids: Column, _ ages: Int, to path: String
  ) throws {
    guard case .text(let ids) = ids.values else { return }
    var text = "lead," + columns.map(\.name).joined(separator: ",") + "\n"
    for row in 0..<min(sampleLeads * ages, ids.count * ages) {
      var cells = [ids[row / ages] ?? ""]
      for column in columns {
        switch column.values {
        case .number(let values): cells.append(values[row].isNaN ? "" : "\(values[row])")
        case .category(let values):
          cells.append(values.codes[row] < 0 ? "" : values.levels[Int(values.codes[row])])
        default: cells.append("")
        }
      }
      text += cells.joined(separator: ",") + "\n"
    }
    let file = try AtomicFile(path: path)
    try file.write(Array(text.utf8))
    try file.commit()
  }
}
