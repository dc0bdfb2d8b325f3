import Features
import Models

/// The sections of a lead model.
private enum SectionName {
  static let coefficients = "coefficients"
  static let standardErrors = "standard_errors"
  static let binThresholds = "bin_thresholds"
  static let levelOffsets = "level_offsets"
  static let levelBytes = "level_bytes"
  static let rareLevelHashes = "rare_level_hashes"
  static let scoreQuantiles = "score_quantiles"
  static let fingerprints = "fingerprints"

  static let all: Set<String> = [
    coefficients, standardErrors, binThresholds, levelOffsets, levelBytes, rareLevelHashes,
    scoreQuantiles, fingerprints,
  ]
}

/// The format that `encode` writes: major and minor version.
public let modelFormatVersion = "\(ModelContainer.majorVersion).\(ModelContainer.minorVersion)"

/// The bytes of a model file; the same model gives the same bytes.
///
/// - Throws: `ModelFileError.inconsistent` for a model that could not be read again: numbers that are
///   not finite, columns that its schema lacks, levels that stand twice.
public func encode(_ model: LeadModel) throws -> [UInt8] {
  try checkConsistency(of: model)
  return try ModelContainer.bytes(metadata: LeadModelHeader(model), sections: sections(of: model))
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
  let digest: String
}

func decodeFile(_ bytes: RawSpan) throws -> DecodedFile {
  let frame = try ModelContainer.frame(of: bytes, known: SectionName.all)
  let contents: HeaderContents = try ModelContainer.decodeHeader(bytes, frame.header)
  let header = contents.model
  let model = LeadModel(
    schema: header.schema, idColumns: header.idColumns, outcome: header.outcome,
    predictor: try logisticPredictor(header, frame, bytes),
    scale: ScoreScale(
      rawPredictionQuantiles: try frame.doubles(SectionName.scoreQuantiles, bytes),
      bandThresholds: header.scale.bandThresholds, baseRate: header.scale.baseRate),
    training: header.training, outOfFold: header.outOfFold, heldOut: header.heldOut,
    strengths: header.strengths,
    sketch: try sketch(header.sketch, frame.bytes(SectionName.fingerprints, bytes)),
    alternatives: header.alternatives ?? [], importance: header.importance ?? [])
  try checkConsistency(of: model)
  return DecodedFile(model: model, warnings: frame.warnings, digest: frame.fileDigest)
}

private func logisticPredictor(
  _ header: LeadModelHeader, _ frame: ModelContainer.Frame, _ bytes: RawSpan
) throws -> Predictor {
  guard let encoders = header.encoders, let logistic = header.logistic else {
    throw ModelFileError.malformed("its header has neither a logistic regression nor trees")
  }
  let pipeline = FeaturePipeline(
    encoders: try LeadModelArrays(frame, bytes).encoders(encoders))
  // Before anything is derived from the encoders: names of bins, indices of levels.
  try checkConsistency(of: pipeline, schema: header.schema)
  let layout = pipeline.layout
  let coefficients = try frame.doubles(SectionName.coefficients, bytes)
  let standardErrors =
    logistic.hasStandardErrors ? try frame.doubles(SectionName.standardErrors, bytes) : nil
  try require(
    coefficients.count == layout.coefficientCount,
    "it has \(coefficients.count) coefficients for \(layout.coefficientCount) features")
  return .logistic(
    pipeline,
    LogisticModel(
      layout: layout, intercept: logistic.intercept, coefficients: coefficients,
      standardErrors: standardErrors, intervalKind: logistic.intervals))
}

private struct HeaderContents: Decodable {
  let model: LeadModelHeader
}

private func sections(of model: LeadModel) -> [ModelSection] {
  let predictor =
    switch model.predictor {
    case .logistic(let pipeline, let logistic): sections(of: pipeline, logistic)
    }
  let width = model.sketch.bits / 8
  return predictor + [
    ModelSection(name: SectionName.scoreQuantiles, numbers: model.scale.rawPredictionQuantiles),
    ModelSection(
      name: SectionName.fingerprints,
      bytes: model.sketch.fingerprints.flatMap { $0.littleEndianBytes.prefix(width) }),
  ]
}

private func sections(of pipeline: FeaturePipeline, _ logistic: LogisticModel) -> [ModelSection] {
  var binThresholds: [Double] = []
  var levelOffsets: [UInt64] = [0]
  var levelBytes: [UInt8] = []
  var rareLevelHashes: [UInt64] = []
  for encoder in pipeline.encoders {
    switch encoder {
    case .number(let number):
      binThresholds += number.binThresholds
    case .category(let category):
      for level in category.levels {
        levelBytes += level.utf8
        levelOffsets.append(UInt64(levelBytes.count))
      }
      rareLevelHashes += category.rareLevelHashes
    case .flag, .calendar:
      break
    }
  }
  var sections = [
    ModelSection(name: SectionName.coefficients, numbers: logistic.coefficients)
  ]
  if let standardErrors = logistic.standardErrors {
    sections.append(ModelSection(name: SectionName.standardErrors, numbers: standardErrors))
  }
  return sections + [
    ModelSection(name: SectionName.binThresholds, numbers: binThresholds),
    ModelSection(name: SectionName.levelOffsets, integers: levelOffsets),
    ModelSection(name: SectionName.levelBytes, bytes: levelBytes),
    ModelSection(name: SectionName.rareLevelHashes, integers: rareLevelHashes),
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

/// The array sections that encoders share, handed out in encoder order.
private struct LeadModelArrays {
  private var binThresholds: ArraySlice<Double>
  private var rareLevelHashes: ArraySlice<UInt64>
  private var levelOffsets: ArraySlice<UInt64>
  private let levelBytes: [UInt8]
  private var position: Int = 0

  init(_ frame: ModelContainer.Frame, _ bytes: RawSpan) throws {
    binThresholds = try frame.doubles(SectionName.binThresholds, bytes)[...]
    rareLevelHashes = try frame.integers(SectionName.rareLevelHashes, bytes)[...]
    levelOffsets = try frame.integers(SectionName.levelOffsets, bytes)[...]
    levelBytes = try frame.bytes(SectionName.levelBytes, bytes)
    try require(levelOffsets.popFirst() == 0, "its first level does not start at byte 0")
  }

  /// All encoders, which must use up the sections.
  consuming func encoders(_ headers: [LeadModelHeader.Encoder]) throws -> [FeatureEncoder] {
    let encoders = try headers.map { try encoder($0) }
    try require(
      binThresholds.isEmpty && rareLevelHashes.isEmpty && levelOffsets.isEmpty
        && position == levelBytes.count,
      "its sections hold more bins or levels than its encoders use")
    return encoders
  }

  private mutating func encoder(_ header: LeadModelHeader.Encoder) throws -> FeatureEncoder {
    switch header {
    case .number(let number):
      let input: NumberInput
      switch (number.column, number.later, number.earlier) {
      case (let column?, nil, nil): input = .column(column)
      case (nil, let later?, let earlier?):
        input = .daysBetween(later: later, earlier: earlier)
      default:
        throw ModelFileError.inconsistent(
          "a number has neither one column nor a later and an earlier one")
      }
      return .number(
        NumberEncoder(
          input: input, minimum: number.minimum, maximum: number.maximum, value: number.value,
          signedLog: number.signedLog,
          binThresholds: try Self.take(number.binThresholds, from: &binThresholds),
          hasMissing: number.hasMissing, binPenaltyFactor: number.binPenaltyFactor))
    case .category(let category):
      let ends = try Self.take(category.levels, from: &levelOffsets)
      return .category(
        CategoryEncoder(
          column: category.column, levels: try ends.map { try level(endingAt: $0) },
          rareLevelHashes: try Self.take(category.rareLevels, from: &rareLevelHashes),
          hasMissing: category.hasMissing))
    case .flag(let flag):
      return .flag(flag)
    case .calendar(let calendar):
      return .calendar(calendar)
    }
  }

  private static func take<Element>(
    _ count: Int, from elements: inout ArraySlice<Element>
  ) throws -> [Element] {
    try require(
      count >= 0 && count <= elements.count,
      "its encoders use more bins or levels than its sections hold")
    defer { elements = elements.dropFirst(count) }
    return Array(elements.prefix(count))
  }

  private mutating func level(endingAt end: UInt64) throws -> String {
    guard let end = Int(exactly: end), position <= end, end <= levelBytes.count,
      let level = String(validating: levelBytes[position..<end], as: UTF8.self)
    else {
      throw ModelFileError.inconsistent("a level is not a run of valid UTF-8")
    }
    position = end
    return level
  }
}
