import ArgumentParser
import Explanations
import Features
import Models
import Parallel
import TreeTraining

struct Reasons: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Each feature's contribution to a table's last leads, by trees of its first rows.",
    discussion: "Times the contributions, from bins, and the making of what they are looked up in.")

  @Argument var file: String
  @Option var target = "converted"
  @Option(help: "Rows to train on; four fifths of the file by default.") var rows: Int?
  @Option(help: "Times that all is done; the median counts.") var `repeat` = 3
  @OptionGroup var growth: GrowthOptions

  func run() throws {
    let pool = WorkerPool(threadCount: growth.threads)
    let leads = try LeadTables(file: file, target: target, rows: rows, codes: true, pool: pool)
    var options = TreeFeatureOptions()
    options.categories = .codes
    let (pipeline, columns) = try TreeFeatureFitter(options: options).fit(
      leads.train, columns: leads.columnNames, labels: leads.trainLabels, pool: pool)
    let ensemble = try GradientBooster(growth.boosting).fit(
      BoostingRows(columns: columns, labels: leads.trainLabels), pool: pool
    ).ensemble
    let bins = try TreeTransformer(pipeline).transform(leads.test, pool: pool).columns
    let raw = TreeScorer(ensemble).rawPredictions(bins, pool: pool)
    var making: [Double] = []
    var explaining: [Double] = []
    var residual = 0.0
    for _ in 0..<`repeat` {
      let start = now()
      let kernel = try TreeContributions(ensemble, pool: pool)
      let made = now()
      let contributions = kernel.contributions(bins, pool: pool)
      explaining.append(now() - made)
      making.append(made - start)
      let count = bins.features.count
      for row in raw.indices {
        let sum = contributions[row * count..<(row + 1) * count].reduce(kernel.baseline, +)
        residual = max(residual, abs(sum - raw[row]))
      }
    }
    guard !explaining.isEmpty else { throw ValidationError("--repeat is at least 1") }
    let leadCount = Double(leads.test.rowCount)
    show([
      "seconds": median(zip(making, explaining).map { $0 + $1 }),
      "making_seconds": median(making), "explaining_seconds": median(explaining),
      "seconds_for_200k":
        median(making) + median(explaining) / leadCount * 200_000,
      "rows": leadCount, "trees": Double(ensemble.trees.count), "largest_residual": residual,
    ])
  }
}
