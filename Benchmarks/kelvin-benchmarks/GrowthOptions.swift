import ArgumentParser
import Glibc
import Metrics
import TreeTraining

/// How trees are grown, as the peers grow theirs by default: 200 rounds of 63 leaves, 255 bins.
struct GrowthOptions: ParsableArguments {
  @Option var rounds = 200
  @Option var leaves = 63
  @Option var maxDepth: Int?
  @Option var learningRate = 0.1
  @Option var minimumRows = 20
  @Option var l2 = 1.0
  @Option(help: "Share of the rows a tree.") var rowShare = 1.0
  @Option(help: "Share of the features a tree.") var columnShare = 1.0
  @Option var seed: UInt64 = 1
  @Option var threads = 2

  var boosting: BoostingOptions {
    var options = BoostingOptions()
    options.rounds = rounds
    options.leaves = leaves
    options.maxDepth = maxDepth
    options.learningRate = learningRate
    options.minimumRows = minimumRows
    options.l2 = l2
    options.rowShare = rowShare
    options.columnShare = columnShare
    options.seed = seed
    return options
  }
}

/// How well log-odds tell won from lost leads.
struct Judgement {
  let logLoss: Double
  let auc: Double

  init(labels: [UInt8], rawPredictions: [Double]) {
    let losses = zip(labels, rawPredictions).map { label, raw in
      // log(1 + e^z) − y·z without overflow.
      max(raw, 0) + log1p(exp(-abs(raw))) - (label == 1 ? raw : 0)
    }
    logLoss = losses.reduce(0, +) / Double(losses.count)
    auc = Metrics.auc(labels: labels, scores: rawPredictions)?.value ?? .nan
  }
}
