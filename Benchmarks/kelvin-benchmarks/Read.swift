import ArgumentParser
import Parallel
import Sources

struct Read: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "CSV to typed columns.")

  @Argument var file: String
  @Option var threads = 2

  func run() throws {
    let pool = WorkerPool(threadCount: threads)
    let start = now()
    let table = try readCSV(path: file, pool: pool)
    let seconds = now() - start
    show([
      "seconds": seconds, "rows": Double(table.table.rowCount),
      "columns": Double(table.table.columns.count),
    ])
  }
}
