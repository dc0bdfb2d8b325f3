/// The sections of a lead model.
enum SectionName {
  // What encoders of either kind share.
  static let binThresholds = "bin_thresholds"
  static let levelOffsets = "level_offsets"
  static let levelBytes = "level_bytes"
  static let rareLevelHashes = "rare_level_hashes"

  // A logistic regression.
  static let coefficients = "coefficients"
  static let standardErrors = "standard_errors"
  static let featureMeans = "feature_means"

  // Encoders of trees.
  static let levelBins = "level_bins"
  static let rateLevels = "rate_levels"
  static let rates = "rates"

  // Trees.
  static let treeOffsets = "tree_offsets"
  static let nodeKinds = "node_kinds"
  static let nodeValues = "node_values"
  static let nodeWeights = "node_weights"
  static let splitFeatures = "split_features"
  static let splitBins = "split_bins"
  static let splitChildren = "split_children"
  static let splitGains = "split_gains"
  static let binSets = "bin_sets"

  // A blend: its intercept, the weights of the trees and of the regression; and what the encoders of its
  // trees would share with those of the regression, under names of their own.
  static let blendWeights = "blend_weights"
  static let ofTrees = "tree_"

  // An additive model, beside the encoders of trees.
  static let curveFeatures = "curve_features"
  static let curveValues = "curve_values"
  static let curveWeights = "curve_weights"
  static let surfaceFeatures = "surface_features"
  static let surfaceCells = "surface_cells"
  static let surfaceValues = "surface_values"
  static let surfaceWeights = "surface_weights"

  // All models.
  static let scoreQuantiles = "score_quantiles"
  static let fingerprints = "fingerprints"

  // Models of leads that are made of several tables.
  static let recipe = "recipe"

  // What is done with log-odds, and what is said of leads unlike history.
  static let calibration = "calibration"
  static let novelty = "novelty"

  // What model and rules would be together; nothing scores by it.
  static let ruleCombination = "rule_combination"

  // How leads of one account go together.
  static let accounts = "accounts"

  // What the columns do to the leads at large.
  static let contributions = "contributions"

  static let all: Set<String> = [
    binThresholds, levelOffsets, levelBytes, rareLevelHashes, coefficients, standardErrors,
    featureMeans, levelBins, rateLevels, rates, treeOffsets, nodeKinds, nodeValues, nodeWeights,
    splitFeatures,
    splitBins, splitChildren, splitGains, binSets, scoreQuantiles, fingerprints, recipe,
    calibration, novelty, ruleCombination, accounts, contributions, blendWeights,
    ofTrees + binThresholds,
    ofTrees + levelOffsets,
    ofTrees + levelBytes,
    ofTrees + rareLevelHashes, curveFeatures, curveValues, curveWeights, surfaceFeatures,
    surfaceCells,
    surfaceValues, surfaceWeights,
  ]
}
