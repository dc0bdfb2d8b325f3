import ArgumentParser
import Features
import Models
import Parallel
import TreeTraining

struct Scale: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Training alone, on bins that generate_bins.py wrote, judged by its test rows.")

  @Argument(help: "Folder of the bins.") var folder: String
  @Option(help: "Rows to train on; all by default.") var rows: Int?
  @Flag(help: "Grows the trees the plain way, with histograms of doubles.") var reference = false
  @OptionGroup var growth: GrowthOptions

  func run() throws {
    let pool = WorkerPool(threadCount: growth.threads)
    let file = try BinnedFile(folder: folder)
    let columns = try file.columns(.train, rows: rows)
    let labels = try file.labels(.train, rows: rows)
    let start = now()
    let ensemble =
      reference
      ? ReferenceBooster(growth.boosting).fit(columns, labels: labels, pool: pool)
      : try GradientBooster(growth.boosting).fit(
        BoostingRows(columns: columns, labels: labels), pool: pool
      ).ensemble
    let seconds = now() - start
    let judged = Judgement(
      labels: try file.labels(.test),
      rawPredictions: TreeScorer(ensemble).rawPredictions(try file.columns(.test), pool: pool))
    show([
      "seconds": seconds, "rows": Double(labels.count), "trees": Double(ensemble.trees.count),
      "log_loss": judged.logLoss, "auc": judged.auc,
    ])
  }
}
