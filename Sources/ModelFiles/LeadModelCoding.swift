import Features
import Models

/// The newest format that `encode` writes: major and minor version.
public let modelFormatVersion = "\(ModelContainer.majorVersion).\(ModelContainer.minorVersion)"

/// The bytes of a model file; the same model gives the same bytes.
///
/// - Throws: `ModelFileError.inconsistent` for a model that could not be read again: numbers that are
///   not finite, columns that its schema lacks, levels that stand twice.
public func encode(_ model: LeadModel) throws -> [UInt8] {
  try checkConsistency(of: model)
  return try ModelContainer.bytes(
    metadata: LeadModelHeader(model),
    sections: sections(of: model) + JSONSections.sections(of: model),
    minorVersion: minorVersion(of: model))
}

/// The oldest format that has all that the model has, so that older readers have nothing to warn of.
private func minorVersion(of model: LeadModel) -> Int {
  if model.accounts != nil { return ModelContainer.minorVersion }
  return model.contributions != nil ? 6 : model.combination != nil ? 5 : 4
}

/// The model in the bytes of a file, and what a person should know about them.
///
/// - Throws: `ModelFileError`; whatever the bytes are, they give a model that can score or an error.
public func decode(_ bytes: [UInt8]) throws -> (model: LeadModel, warnings: [String]) {
  let file = try decodeFile(bytes.span.bytes)
  return (file.model, file.warnings)
}

struct DecodedFile {
  let model: LeadModel
  let warnings: [String]
  let formatVersion: String
  let digest: String
}

func decodeFile(_ bytes: RawSpan) throws -> DecodedFile {
  let frame = try ModelContainer.frame(of: bytes, known: SectionName.all)
  let contents: HeaderContents = try ModelContainer.decodeHeader(bytes, frame.header)
  let header = contents.model
  let model = LeadModel(
    schema: header.schema, idColumns: header.idColumns, outcome: header.outcome,
    predictor: try predictor(header, frame, bytes),
    scale: ScoreScale(
      rawPredictionQuantiles: try frame.doubles(SectionName.scoreQuantiles, bytes),
      bandThresholds: header.scale.bandThresholds, baseRate: header.scale.baseRate),
    training: header.training, outOfFold: header.outOfFold, heldOut: header.heldOut,
    strengths: header.strengths,
    sketch: try sketch(header.sketch, frame.bytes(SectionName.fingerprints, bytes)),
    alternatives: header.alternatives ?? [], importance: header.importance ?? [],
    recipe: try JSONSections.recipe(frame, bytes),
    calibration: try JSONSections.value(SectionName.calibration, "calibration", frame, bytes),
    novelty: try JSONSections.value(SectionName.novelty, "rules for novelty", frame, bytes),
    combination: try JSONSections.combination(frame, bytes),
    accounts: try JSONSections.value(
      SectionName.accounts, "dependence within accounts", frame, bytes),
    contributions: try JSONSections.value(
      SectionName.contributions, "contributions of columns", frame, bytes))
  try checkConsistency(of: model)
  return DecodedFile(
    model: model, warnings: frame.warnings, formatVersion: frame.formatVersion,
    digest: frame.fileDigest)
}

private func predictor(
  _ header: LeadModelHeader, _ frame: ModelContainer.Frame, _ bytes: RawSpan
) throws -> Predictor {
  func logistic() throws -> (pipeline: FeaturePipeline, model: LogisticModel) {
    guard let encoders = header.encoders, let logistic = header.logistic else {
      throw ModelFileError.malformed("its header has no logistic regression")
    }
    return try LogisticSections.model(encoders, logistic, schema: header.schema, frame, bytes)
  }
  func trees(prefix: String = "") throws -> (pipeline: TreePipeline, ensemble: TreeEnsemble) {
    guard let trees = header.trees else {
      throw ModelFileError.malformed("its header has no trees")
    }
    return try TreeSections.model(trees, schema: header.schema, frame, bytes, prefix: prefix)
  }
  switch header.kind ?? .logistic {
  case .logistic:
    let (pipeline, model) = try logistic()
    return .logistic(pipeline, model)
  case .trees:
    let (pipeline, ensemble) = try trees()
    return .trees(pipeline, ensemble)
  case .blend:
    let weights = try frame.doubles(SectionName.blendWeights, bytes)
    try require(weights.count == 3, "its blend has \(weights.count) numbers instead of 3")
    let (treePipeline, ensemble) = try trees(prefix: SectionName.ofTrees)
    let (pipeline, model) = try logistic()
    return .blend(
      Blend(
        intercept: weights[0], treePipeline: treePipeline, trees: ensemble,
        treeWeight: weights[1], pipeline: pipeline, logistic: model, logisticWeight: weights[2]))
  case .additive:
    guard let trees = header.trees else {
      throw ModelFileError.malformed("its header has no encoders of tables")
    }
    let pipeline = try TreeSections.pipeline(trees, schema: header.schema, frame, bytes)
    return .additive(
      pipeline,
      try AdditiveSections.model(
        features: pipeline.features, intercept: trees.baseRawPrediction, frame, bytes))
  }
}

private struct HeaderContents: Decodable {
  let model: LeadModelHeader
}

private func sections(of model: LeadModel) -> [ModelSection] {
  let predictor =
    switch model.predictor {
    case .logistic(let pipeline, let logistic): LogisticSections.sections(pipeline, logistic)
    case .trees(let pipeline, let ensemble): TreeSections.sections(pipeline, ensemble)
    case .blend(let blend):
      [
        ModelSection(
          name: SectionName.blendWeights,
          numbers: [blend.intercept, blend.treeWeight, blend.logisticWeight])
      ] + LogisticSections.sections(blend.pipeline, blend.logistic)
        + TreeSections.sections(
          blend.treePipeline, blend.trees, prefix: SectionName.ofTrees)
    case .additive(let pipeline, let additive):
      TreeSections.encoderSections(pipeline) + AdditiveSections.sections(additive)
    }
  let width = model.sketch.bits / 8
  return predictor + [
    ModelSection(name: SectionName.scoreQuantiles, numbers: model.scale.rawPredictionQuantiles),
    ModelSection(
      name: SectionName.fingerprints,
      bytes: model.sketch.fingerprints.flatMap { $0.littleEndianBytes.prefix(width) }),
  ]
}

private func sketch(
  _ header: LeadModelHeader.Sketch, _ bytes: [UInt8]
) throws -> TrainingSketch {
  try checkSketchWidth(header.bits)
  let width = header.bits / 8
  try require(bytes.count.isMultiple(of: width), "its last fingerprint is cut")
  let fingerprints = stride(from: 0, to: bytes.count, by: width).map { start in
    bytes[start..<start + width].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
  }
  let digits = Array(header.key.utf8)
  try require(digits.count == 64, "the key of its fingerprints is not 64 hexadecimal digits")
  let key = try stride(from: 0, to: 64, by: 2).map { index in
    guard
      let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)
    else {
      throw ModelFileError.inconsistent("the key of its fingerprints is not hexadecimal")
    }
    return byte
  }
  return TrainingSketch(
    basis: header.basis, key: key, bits: header.bits, fingerprints: fingerprints)
}
