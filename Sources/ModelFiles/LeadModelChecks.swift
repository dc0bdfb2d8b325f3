import Features
import Models
import Tables

func require(_ condition: Bool, _ problem: @autoclosure () -> String) throws {
  guard condition else { throw ModelFileError.inconsistent(problem()) }
}

/// Checks everything that a model's users take for granted, on the way into a file and out of one.
func checkConsistency(of model: LeadModel) throws {
  try checkSchema(model.schema)
  try checkConsistency(of: model.predictor, schema: model.schema)
  try require(
    Set(model.idColumns).count == model.idColumns.count, "an id column is named twice")
  for name in model.idColumns + [model.outcome.column] {
    try require(model.schema[name] != nil, "its schema has no column “\(name)”")
  }
  try checkScale(model.scale)
  if let calibrator = model.calibration?.calibrator {
    let bound = largestRawPrediction(model.predictor)
    try require(
      [-bound, bound].allSatisfy { calibrator.logOdds(ofRawPrediction: $0).isFinite },
      "a lead could get a score that is not finite")
  }
  try checkTraining(model.training)
  try checkFigures(model.outOfFold)
  if let heldOut = model.heldOut { try checkFigures(heldOut) }
  try require(
    model.strengths.allSatisfy { $0.standardDeviation.isFinite && $0.standardDeviation >= 0 },
    "the strength of a column is no number")
  try require(
    model.strengths.allSatisfy { strength in
      strength.contrasts.allSatisfy {
        $0.logOdds.isFinite && $0.standardError.isFinite && $0.standardError >= 0
      }
    }, "the effect of a level is no number")
  try checkSketch(model.sketch)
  if let combination = model.combination { try checkCombination(combination) }
  try require(
    (model.accounts?.evidence).map {
      $0.expectedAlone.isFinite && $0.expected.isFinite && $0.accounts >= 0 && $0.leads >= 0
    } ?? true, "what it knows of accounts is no number")
  for alternative in model.alternatives { try checkFigures(alternative.outOfFold) }
  try require(
    model.importance.allSatisfy { column in
      (0...1).contains(column.gainShare ?? 0) && (column.logLossIncrease ?? 0).isFinite
    }, "the importance of a column is no number")
  try require(
    (model.contributions?.columns ?? []).allSatisfy { column in
      ([column.meanSize, column.missing ?? 0] + (column.raising + column.lowering).map(\.mean))
        .allSatisfy(\.isFinite)
    }, "the contribution of a column is no number")
}

private func checkCombination(_ combination: RuleCombination) throws {
  let line = combination.rules
  let numbers =
    [line.lowest, line.highest, line.intercept, line.slope]
    + combination.forms.flatMap { [$0.intercept, $0.modelWeight, $0.rulesWeight] }
  try require(
    numbers.allSatisfy(\.isFinite) && line.lowest <= line.highest,
    "its combination with rules is not finite")
}

private func checkConsistency(of predictor: Predictor, schema: TableSchema) throws {
  if let pipeline = predictor.pipeline, let logistic = predictor.logistic {
    try checkConsistency(of: pipeline, schema: schema)
    try checkLogistic(logistic, of: pipeline)
  }
  if let pipeline = predictor.treePipeline, let ensemble = predictor.trees {
    try checkConsistency(of: pipeline, schema: schema)
    try require(
      ensemble.features == pipeline.features, "its trees were grown on other features")
    try checkConsistency(of: ensemble)
  }
  if case .blend(let blend) = predictor { try checkBlend(blend) }
  if case .additive(let pipeline, let additive) = predictor {
    try checkConsistency(of: pipeline, schema: schema)
    try checkConsistency(of: additive)
  }
}

private func checkBlend(_ blend: Blend) throws {
  try require(blend.intercept.isFinite, "the intercept of its blend is not finite")
  for weight in [blend.treeWeight, blend.logisticWeight] {
    try require(
      weight.isFinite && weight >= 0, "a weight of its blend is not a finite number, 0 or more")
  }
  // Either side is finite for every lead, which does not make their weighted sum so.
  try require(
    largestRawPrediction(.blend(blend)).isFinite, "a lead could get a score that is not finite")
}

/// A bound of |log-odds| over all leads there can be.
private func largestRawPrediction(_ predictor: Predictor) -> Double {
  switch predictor {
  case .logistic(let pipeline, let logistic): largestRawPrediction(logistic, of: pipeline)
  case .trees(_, let ensemble): largestRawPrediction(ensemble)
  case .blend(let blend):
    abs(blend.intercept) + blend.treeWeight * largestRawPrediction(blend.trees)
      + blend.logisticWeight * largestRawPrediction(blend.logistic, of: blend.pipeline)
  case .additive(_, let additive): additive.largestRawPrediction
  }
}

private func checkSchema(_ schema: TableSchema) throws {
  try require(
    Set(schema.columns.map(\.name)).count == schema.columns.count,
    "two columns of its schema have the same name")
  let point = UInt8(ascii: ".")
  let comma = UInt8(ascii: ",")
  let separator = schema.dialect.separator
  let notSeparators: [UInt8] = [10, 13, UInt8(ascii: "\"")]
  try require(
    separator < 128 && separator > 0 && !notSeparators.contains(separator),
    "its separator is byte \(separator)")
  let marks = schema.columns.compactMap { $0.numberFormat }
  try require(
    (marks.map(\.decimalMark) + [schema.dialect.decimalMark])
      .allSatisfy { $0 == point || $0 == comma },
    "a decimal mark is neither point nor comma")
  for mark in marks {
    guard let grouping = mark.groupingMark else { continue }
    try require(
      grouping != mark.decimalMark
        && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(grouping),
      "a mark between thousands can't be told from the number")
  }
}

/// Checks encoders, so that a layout can be made of them and a table transformed.
func checkConsistency(of pipeline: FeaturePipeline, schema: TableSchema) throws {
  let columns = KnownColumns(schema)
  for encoder in pipeline.encoders {
    switch encoder {
    case .number(let number):
      try columns.check(number.input)
      try checkNumber(number)
    case .category(let category):
      try columns.check(category.column, is: .category)
      try checkCategory(category)
    case .flag(let flag):
      try columns.check(flag.column, is: .flag)
    case .calendar(let calendar):
      try columns.check(calendar.column, is: .date)
    }
  }
}

/// The columns that encoders may read.
struct KnownColumns {
  private let types: [String: ColumnType]

  init(_ schema: TableSchema) {
    types = Dictionary(
      schema.columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
  }

  func check(_ name: String, is type: ColumnType) throws {
    guard let found = types[name] else {
      throw ModelFileError.inconsistent("its schema has no column “\(name)”")
    }
    try require(
      found == type,
      "column “\(name)” is a \(type.rawValue) in its features and a \(found.rawValue) in its schema"
    )
  }

  func check(_ input: NumberInput) throws {
    switch input {
    case .column(let name):
      try check(name, is: .number)
    case .daysBetween(let later, let earlier):
      try check(later, is: .date)
      try check(earlier, is: .date)
    }
  }
}

/// Codes of a group are 16 bits wide, and one of them means none of its levels.
private let mostLevels = Int(UInt16.max)

private func checkNumber(_ number: NumberEncoder) throws {
  let name = number.input.name
  try require(
    number.minimum.isFinite && number.maximum.isFinite && number.minimum <= number.maximum,
    "the range of “\(name)” is empty")
  for standardisation in [number.value, number.signedLog].compactMap(\.self) {
    try require(
      standardisation.center.isFinite && standardisation.scale.isFinite
        && standardisation.scale > 0,
      "the standardisation of “\(name)” has no positive scale")
  }
  try require(
    number.binThresholds.allSatisfy(\.isFinite)
      && zip(number.binThresholds, number.binThresholds.dropFirst()).allSatisfy(<),
    "the bins of “\(name)” do not ascend")
  try require(
    number.binThresholds.count + 2 <= mostLevels,
    "“\(name)” has \(number.binThresholds.count) bins")
  try require(
    number.binPenaltyFactor.isFinite && number.binPenaltyFactor >= 0,
    "the penalty on the bins of “\(name)” is negative")
}

private func checkCategory(_ category: CategoryEncoder) throws {
  try require(
    category.levels.count + 2 <= mostLevels,
    "“\(category.column)” has \(category.levels.count) levels")
  try checkDistinct(
    levels: category.levels, rareLevelHashes: category.rareLevelHashes, of: category.column)
}

func checkDistinct(levels: [String], rareLevelHashes: [UInt64], of column: String) throws {
  // Compared as strings, as look-ups compare them: two spellings of one accented letter are one.
  try require(Set(levels).count == levels.count, "a level of “\(column)” stands twice")
  try require(
    zip(rareLevelHashes, rareLevelHashes.dropFirst()).allSatisfy(<=),
    "the rare levels of “\(column)” do not ascend")
}

private func checkLogistic(_ logistic: LogisticModel, of pipeline: FeaturePipeline) throws {
  try require(
    logistic.layout == pipeline.layout, "its coefficients belong to other features")
  try require(
    logistic.intercept.isFinite && logistic.coefficients.allSatisfy(\.isFinite),
    "a coefficient is not finite")
  if let standardErrors = logistic.standardErrors {
    try require(
      standardErrors.count == logistic.coefficients.count,
      "it has \(standardErrors.count) standard errors for \(logistic.coefficients.count) "
        + "coefficients")
    try require(standardErrors.allSatisfy { $0 >= 0 }, "a standard error is negative")
  }
  if let featureMeans = logistic.featureMeans {
    try require(featureMeans.allSatisfy(\.isFinite), "the mean of a feature is not finite")
  }
  try require(
    largestRawPrediction(logistic, of: pipeline).isFinite,
    "a lead could get a score that is not finite")
}

/// A bound of |log-odds| over all leads there can be: values are clamped and at most one level of a
/// group counts.
private func largestRawPrediction(
  _ logistic: LogisticModel, of pipeline: FeaturePipeline
) -> Double {
  let coefficients = logistic.coefficients
  var bound = abs(logistic.intercept)
  var column = 0
  for case .number(let number) in pipeline.encoders {
    func add(_ standardisation: Standardisation, from low: Double, to high: Double) {
      let ends = [low, high, 0].map { (end: Double) -> Double in
        abs((min(max(end, low), high) - standardisation.center) / standardisation.scale)
      }
      bound += abs(coefficients[column]) * (ends.max() ?? 0)
      column += 1
    }
    add(number.value, from: number.minimum, to: number.maximum)
    // The signed log of a finite number is within ±710.
    if let signedLog = number.signedLog { add(signedLog, from: -710, to: 710) }
  }
  for (group, offset) in zip(logistic.layout.groups, logistic.layout.groupOffsets) {
    bound += coefficients[offset..<offset + group.levels.count].reduce(0) { max($0, abs($1)) }
  }
  return bound
}

private func checkScale(_ scale: ScoreScale) throws {
  let quantiles = scale.rawPredictionQuantiles
  try require(quantiles.count == 101, "it has \(quantiles.count) score quantiles instead of 101")
  try require(
    quantiles.allSatisfy(\.isFinite) && zip(quantiles, quantiles.dropFirst()).allSatisfy(<=),
    "its score quantiles do not ascend")
  let bands = scale.bandThresholds
  try require(
    bands.count == ScoreScale.bandShares.count && bands.allSatisfy(\.isFinite)
      && zip(bands, bands.dropFirst()).allSatisfy(>=),
    "its bands are not \(ScoreScale.bandShares.count) descending thresholds")
  try require((0...1).contains(scale.baseRate), "its base rate is not a share")
}

private func checkTraining(_ training: TrainingRecord) throws {
  try require(
    training.conversions >= 0 && training.conversions <= training.rows && training.folds >= 0,
    "it was fitted to \(training.rows) leads of which \(training.conversions) converted")
  try require(
    training.penalty.isFinite && training.penalty >= 0, "its penalty is negative")
  try require((0...1).contains(training.holdOutShare), "the share held out is not a share")
}

private func checkFigures(_ validation: ModelValidation) throws {
  let figures = validation.figures
  try require(
    figures.conversions >= 0 && figures.conversions <= figures.leads,
    "it was validated on \(figures.leads) leads of which \(figures.conversions) converted")
}

func checkSketchWidth(_ bits: Int) throws {
  try require(
    bits.isMultiple(of: 8) && (32...64).contains(bits),
    "its fingerprints have \(bits) bits instead of 32, 40, 48, 56 or 64")
}

private func checkSketch(_ sketch: TrainingSketch) throws {
  try checkSketchWidth(sketch.bits)
  try require(
    sketch.key.count == 32, "the key of its fingerprints has \(sketch.key.count) bytes, not 32")
  try require(
    zip(sketch.fingerprints, sketch.fingerprints.dropFirst()).allSatisfy(<),
    "its fingerprints do not ascend")
  try require(
    (sketch.fingerprints.last ?? 0) <= UInt64.max >> UInt64(64 - sketch.bits),
    "a fingerprint is wider than \(sketch.bits) bits")
}
