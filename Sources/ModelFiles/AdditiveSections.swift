import Features
import Models

/// The tables of an additive model as sections, and back.
enum AdditiveSections {
  static func sections(_ model: AdditiveModel) -> [ModelSection] {
    [
      ModelSection(
        name: SectionName.curveFeatures, words: model.curves.map { UInt32($0.feature) }),
      ModelSection(name: SectionName.curveValues, numbers: model.curves.flatMap(\.values)),
      ModelSection(name: SectionName.curveWeights, numbers: model.curves.flatMap(\.weights)),
      ModelSection(
        name: SectionName.surfaceFeatures,
        words: model.surfaces.flatMap { [UInt32($0.first), UInt32($0.second)] }),
      ModelSection(
        name: SectionName.surfaceCells,
        bytes: model.surfaces.flatMap { $0.firstCells + $0.secondCells }),
      ModelSection(name: SectionName.surfaceValues, numbers: model.surfaces.flatMap(\.values)),
      ModelSection(name: SectionName.surfaceWeights, numbers: model.surfaces.flatMap(\.weights)),
    ]
  }

  /// - Parameter features: those of the file's encoders, which say how many values a curve has, and how many
  ///   cells a surface.
  static func model(
    features: [BinnedFeature], intercept: Double, _ frame: ModelContainer.Frame, _ bytes: RawSpan
  ) throws -> AdditiveModel {
    func feature(_ index: UInt32) throws -> Int {
      try require(
        features.indices.contains(Int(index)), "a table is of a feature that is not there")
      return Int(index)
    }
    let curveFeatures = try frame.words(SectionName.curveFeatures, bytes).map { try feature($0) }
    try require(
      zip(curveFeatures, curveFeatures.dropFirst()).allSatisfy(<), "its curves do not ascend")
    var values = try frame.doubles(SectionName.curveValues, bytes)[...]
    var weights = try frame.doubles(SectionName.curveWeights, bytes)[...]
    let curves = try curveFeatures.map { feature in
      let count = features[feature].binCount
      return AdditiveModel.Curve(
        feature: feature, values: try EncoderArrayReader.take(count, from: &values),
        weights: try EncoderArrayReader.take(count, from: &weights))
    }
    try require(values.isEmpty && weights.isEmpty, EncoderArrayReader.tooMany)

    let ends = try frame.words(SectionName.surfaceFeatures, bytes)
    try require(ends.count.isMultiple(of: 2), "a surface is of one feature")
    let pairs = try stride(from: 0, to: ends.count, by: 2).map {
      (first: try feature(ends[$0]), second: try feature(ends[$0 + 1]))
    }
    try require(
      pairs.allSatisfy { $0.first < $0.second } && zip(pairs, pairs.dropFirst()).allSatisfy(<),
      "its surfaces do not ascend")
    var cells = try frame.bytes(SectionName.surfaceCells, bytes)[...]
    values = try frame.doubles(SectionName.surfaceValues, bytes)[...]
    weights = try frame.doubles(SectionName.surfaceWeights, bytes)[...]
    let surfaces = try pairs.map { pair in
      let first = try EncoderArrayReader.take(features[pair.first].binCount, from: &cells)
      let second = try EncoderArrayReader.take(features[pair.second].binCount, from: &cells)
      let count = (Int(first.max() ?? 0) + 1) * (Int(second.max() ?? 0) + 1)
      return AdditiveModel.Surface(
        first: pair.first, second: pair.second, firstCells: Array(first),
        secondCells: Array(second),
        values: try EncoderArrayReader.take(count, from: &values),
        weights: try EncoderArrayReader.take(count, from: &weights))
    }
    try require(
      cells.isEmpty && values.isEmpty && weights.isEmpty, EncoderArrayReader.tooMany)
    return AdditiveModel(
      features: features, intercept: intercept, curves: curves, surfaces: surfaces)
  }
}

/// Checks tables, so that they can be scored with, shown and explained.
func checkConsistency(of model: AdditiveModel) throws {
  try require(model.intercept.isFinite, "the intercept of its tables is not finite")
  let tables =
    model.curves.map { ($0.values, $0.weights) } + model.surfaces.map { ($0.values, $0.weights) }
  for (values, weights) in tables {
    try require(
      values.allSatisfy(\.isFinite) && weights.allSatisfy { $0.isFinite && $0 >= 0 },
      "a table has a value or weight that is no number")
  }
  try require(
    model.largestRawPrediction.isFinite, "a lead could get a score that is not finite")
}
