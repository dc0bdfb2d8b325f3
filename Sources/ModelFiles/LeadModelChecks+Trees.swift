import Features
import Models
import Tables

/// Checks the encoders of trees, so that features can be made of them and a table transformed.
func checkConsistency(of pipeline: TreePipeline, schema: TableSchema) throws {
  let columns = KnownColumns(schema)
  for source in pipeline.levelSources { try checkLevels(source, columns) }
  var isUsed = [Bool](repeating: false, count: pipeline.levelSources.count)
  var cells = 0
  for encoder in pipeline.encoders {
    switch encoder {
    case .number(let number):
      try columns.check(number.input)
      try checkThresholds(number.thresholds, of: number.input.name)
    case .levels(let levels):
      try require(isUsed.indices.contains(levels.source), "an encoder reads levels that it lacks")
      isUsed[levels.source] = true
      try checkBins(levels, of: pipeline.levelSources[levels.source])
    case .rates(let rates):
      try require(
        (1...2).contains(rates.sources.count)
          && rates.sources.allSatisfy { isUsed.indices.contains($0) },
        "rates are of other than one or two sources of levels")
      for source in rates.sources { isUsed[source] = true }
      cells += try checkRates(rates, of: rates.sources.map { pipeline.levelSources[$0] })
    }
    // A scorer has a table of this many places. Kelvin's own encoders have at most 513 × 513 each.
    try require(cells <= mostRateCells, "its rates are of too many pairs of levels")
  }
  try require(isUsed.allSatisfy(\.self), "no encoder reads some of its levels")
}

/// A quarter of a gigabyte of places.
private let mostRateCells = 1 << 26

private func checkThresholds(_ thresholds: BinThresholds, of name: String) throws {
  // Infinity parts itself from all finite values; nothing is below its negative.
  try require(
    thresholds.values.allSatisfy { $0 > -.infinity }
      && zip(thresholds.values, thresholds.values.dropFirst()).allSatisfy(<),
    "the bins of “\(name)” do not ascend")
}

private func checkLevels(_ source: LevelSource, _ columns: KnownColumns) throws {
  switch source {
  case .category(let category):
    try columns.check(category.column, is: .category)
    try require(
      category.levels.count <= LevelSource.mostLevels,
      "“\(category.column)” has \(category.levels.count) levels")
    try checkDistinct(
      levels: category.levels, rareLevelHashes: category.rareLevelHashes, of: category.column)
  case .flag(let column): try columns.check(column, is: .flag)
  case .calendar(let column, _): try columns.check(column, is: .date)
  case .number(let column, let thresholds):
    try columns.check(column, is: .number)
    try checkThresholds(thresholds, of: column)
  }
}

private func checkBins(_ levels: LevelBins, of source: LevelSource) throws {
  try require(
    (2...BinnedFeature.mostBins).contains(levels.binCount),
    "“\(source.column)” has \(levels.binCount) bins")
  try require(
    levels.bins.count == source.levelCount && levels.bins.allSatisfy { $0 < levels.binCount },
    "the levels of “\(source.column)” do not have a bin each")
  if case .category = source { return }
  // Days of the week and the like are their own bins, and are named by them.
  try require(
    levels.kind == .ordered && levels.binCount == source.levelCount + 1
      && levels.bins.enumerated().allSatisfy { $0.offset == Int($0.element) },
    "the bins of “\(source.column)” are not its levels")
}

/// - Returns: the places that a scorer needs for the rates.
private func checkRates(_ rates: LevelRates, of sources: [LevelSource]) throws -> Int {
  let name = sources.map(\.name).joined(separator: " × ")
  try require(!rates.rates.isEmpty, "“\(name)” has no rates")
  try checkThresholds(rates.thresholds, of: name)
  try require(
    rates.rates.allSatisfy { (0...1).contains($0) }, "a rate of “\(name)” is not a share")
  let isPair = sources.count == 2
  try require(
    rates.firstLevels.count == rates.rates.count
      && rates.secondLevels.count == (isPair ? rates.rates.count : 0),
    "the rates of “\(name)” do not have a level each")
  // A source's levels, and the number behind them for missing.
  for (source, levels) in zip(sources, [rates.firstLevels, rates.secondLevels]) {
    try require(
      levels.allSatisfy { (0...source.levelCount).contains($0) },
      "a rate of “\(name)” is of a level that is not there")
  }
  let keys = rates.firstLevels.indices.map {
    (rates.firstLevels[$0], isPair ? rates.secondLevels[$0] : 0)
  }
  try require(
    zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }, "the levels of “\(name)” do not ascend")
  func places(_ source: LevelSource, _ levels: [Int]) -> Int {
    (levels.filter { $0 < source.levelCount }.max() ?? -1) + 3
  }
  return places(sources[0], rates.firstLevels)
    * (isPair ? places(sources[1], rates.secondLevels) : 1)
}

/// Checks trees, so that they can be scored with, shown and explained.
func checkConsistency(of ensemble: TreeEnsemble) throws {
  try require(
    ensemble.baseRawPrediction.isFinite, "the log-odds before its trees are not finite")
  for (index, tree) in ensemble.trees.enumerated() {
    try checkTree(tree, number: index + 1, features: ensemble.features)
  }
  try require(
    largestRawPrediction(ensemble).isFinite, "a lead could get a score that is not finite")
}

/// A bound of |log-odds| over all leads there can be.
func largestRawPrediction(_ ensemble: TreeEnsemble) -> Double {
  ensemble.trees.reduce(abs(ensemble.baseRawPrediction)) { bound, tree in
    bound + (tree.nodes.lazy.filter { $0.split == nil }.map { abs($0.value) }.max() ?? 0)
  }
}

private func checkTree(_ tree: DecisionTree, number: Int, features: [BinnedFeature]) throws {
  let nodes = tree.nodes
  try require(
    tree.leafCount <= TreeScorer.mostLeaves, "tree \(number) has \(tree.leafCount) leaves")
  var hasParent = [Bool](repeating: false, count: nodes.count)
  for (index, node) in nodes.enumerated() {
    try require(
      node.value.isFinite && node.weight.isFinite && node.weight >= 0,
      "a node of tree \(number) has a value or weight that is no number")
    guard let split = node.split else { continue }
    try require(split.gain.isFinite, "a split of tree \(number) has no finite gain")
    for child in [split.leftChild, split.rightChild] {
      try require(
        child > index && child < nodes.count && !hasParent[child],
        "tree \(number) is no tree: a node does not stand behind its one parent")
      hasParent[child] = true
    }
    try require(
      features.indices.contains(split.feature),
      "a split of tree \(number) is of a feature that is not there")
    let feature = features[split.feature]
    switch split.condition {
    case .upTo(let bin):
      try require(
        feature.kind == .ordered && (0..<feature.missingBin).contains(bin),
        "a split of tree \(number) cuts “\(feature.name)” where it can't be cut")
    case .among(let bins):
      try require(
        feature.kind == .categories
          && (feature.missingBin..<256).allSatisfy { !bins.contains($0) },
        "a split of tree \(number) takes bins from “\(feature.name)” that it does not have")
    }
  }
  try require(
    hasParent.dropFirst().allSatisfy(\.self),
    "tree \(number) is no tree: a node has no parent")
}
