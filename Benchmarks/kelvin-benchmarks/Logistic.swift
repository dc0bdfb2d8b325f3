import ArgumentParser
import Features
import LogisticTraining
import Parallel
import Sources
import Tables

struct Logistic: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The logistic fit alone, on the parsed table's features, at a fixed penalty.")

  @Argument var file: String
  @Option var target = "converted"
  @Option var penalty = 1.0
  @Option var threads = 2

  func run() throws {
    let pool = WorkerPool(threadCount: threads)
    let table = try readCSV(path: file, pool: pool).table
    guard case .flag(let flags) = table[target]?.values else {
      throw ValidationError("\(target) is no column of 0 and 1")
    }
    // The same columns as the peers': standardised numbers with missing indicators, and indicators of
    // the levels of at least 0.2% with the rest pooled.
    let pipeline = try FeatureFitter(options: FeatureOptions(numbers: .linear)).fit(
      table, columns: table.columns.map(\.name).filter { $0 != target }, pool: pool)
    let matrix = try FeatureTransformer(pipeline).transform(table, pool: pool).matrix
    let labels = flags.map { UInt8($0 == 1 ? 1 : 0) }
    let trainer = try LogisticTrainer(
      LogisticOptions(penalty: penalty, wantsStandardErrors: false))
    let start = now()
    let fit = try trainer.fit(matrix, labels: labels, pool: pool)
    let seconds = now() - start
    show([
      "seconds": seconds, "iterations": Double(fit.iterations),
      "columns": Double(matrix.layout.coefficientCount), "objective": fit.objective,
      "converged": fit.converged ? 1 : 0,
    ])
  }
}
