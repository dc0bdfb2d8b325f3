import ArgumentParser
import Features
import Models
import Parallel
import TreeTraining

struct Trees: ParsableCommand {
  /// What trees see of categories.
  enum Categories: String, ExpressibleByArgument, CaseIterable {
    /// Numbers, as the peers get them.
    case numbers
    case automatic
    case codes
    case subsets
    case targetRates = "rates"
    case combinations

    var fitted: TreeFeatureOptions.Categories {
      switch self {
      case .numbers, .codes: .codes
      case .automatic: .automatic
      case .subsets: .subsets
      case .targetRates: .targetRates
      case .combinations: .combinations
      }
    }
  }

  static let configuration = CommandConfiguration(
    abstract: "Binning and training on a table's first rows, judged by its last fifth.")

  @Argument var file: String
  @Option var target = "converted"
  @Option(help: "Rows to train on; four fifths of the file by default.") var rows: Int?
  @Option var categories = Categories.numbers
  @Option(help: "Pairs of categories whose rates are features.") var pairs: Int?
  @Option(help: "Bins a feature, the missing one included.") var bins = 255
  @Option(help: "Times that all is done; the median counts.") var `repeat` = 1
  @OptionGroup var growth: GrowthOptions

  func run() throws {
    let pool = WorkerPool(threadCount: growth.threads)
    let leads = try LeadTables(
      file: file, target: target, rows: rows, codes: categories == .numbers, pool: pool)
    let booster = try GradientBooster(growth.boosting)
    var binning: [Double] = []
    var training: [Double] = []
    var result: (pipeline: TreePipeline, ensemble: TreeEnsemble)?
    for _ in 0..<`repeat` {
      let start = now()
      let (pipeline, columns) = try fitter().fit(
        leads.train, columns: leads.columnNames, labels: leads.trainLabels, pool: pool)
      let binned = now()
      let fit = try booster.fit(
        BoostingRows(columns: columns, labels: leads.trainLabels), pool: pool)
      training.append(now() - binned)
      binning.append(binned - start)
      result = (pipeline, fit.ensemble)
    }
    guard let result else { throw ValidationError("--repeat is at least 1") }
    let test = try TreeTransformer(result.pipeline).transform(leads.test, pool: pool).columns
    let judged = Judgement(
      labels: leads.testLabels,
      rawPredictions: TreeScorer(result.ensemble).rawPredictions(test, pool: pool))
    show([
      "seconds": median(zip(binning, training).map { $0 + $1 }),
      "binning_seconds": median(binning), "training_seconds": median(training),
      "rows": Double(leads.train.rowCount), "features": Double(result.pipeline.features.count),
      "trees": Double(result.ensemble.trees.count), "log_loss": judged.logLoss,
      "auc": judged.auc,
    ])
  }

  private func fitter() -> TreeFeatureFitter {
    var options = TreeFeatureOptions()
    options.categories = categories.fitted
    options.maxBins = bins
    if let pairs { options.pairs = pairs }
    return TreeFeatureFitter(options: options)
  }
}
