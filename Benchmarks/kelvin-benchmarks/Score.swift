import ArgumentParser
import Features
import Models
import Parallel
import TreeTraining

struct Score: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Log-odds of a table's last fifth from its raw columns, by trees of its first rows.",
    discussion: "Times what a lead goes through: cells to bins, bins through trees.")

  @Argument var file: String
  @Option var target = "converted"
  @Option(help: "Rows to train on; four fifths of the file by default.") var rows: Int?
  @Option(help: "Times that all is done; the median counts.") var `repeat` = 5
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
    let transformer = TreeTransformer(pipeline)
    let scorer = TreeScorer(ensemble)
    var binning: [Double] = []
    var scoring: [Double] = []
    var rawPredictions: [Double] = []
    for _ in 0..<`repeat` {
      let start = now()
      let bins = try transformer.transform(leads.test, pool: pool).columns
      let binned = now()
      rawPredictions = scorer.rawPredictions(bins, pool: pool)
      scoring.append(now() - binned)
      binning.append(binned - start)
    }
    guard !rawPredictions.isEmpty else { throw ValidationError("--repeat is at least 1") }
    let judged = Judgement(labels: leads.testLabels, rawPredictions: rawPredictions)
    show([
      "seconds": median(zip(binning, scoring).map { $0 + $1 }),
      "binning_seconds": median(binning), "scoring_seconds": median(scoring),
      "rows": Double(leads.test.rowCount), "trees": Double(ensemble.trees.count),
      "log_loss": judged.logLoss, "auc": judged.auc,
    ])
  }
}
