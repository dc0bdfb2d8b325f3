import Features
import Models
import Tables

/// A logistic regression and its encoders as sections, and back.
enum LogisticSections {
  static func sections(_ pipeline: FeaturePipeline, _ logistic: LogisticModel) -> [ModelSection] {
    var arrays = EncoderArrays()
    for encoder in pipeline.encoders {
      switch encoder {
      case .number(let number):
        arrays.binThresholds += number.binThresholds
      case .category(let category):
        arrays.append(levels: category.levels, rareLevelHashes: category.rareLevelHashes)
      case .flag, .calendar:
        break
      }
    }
    var sections = [ModelSection(name: SectionName.coefficients, numbers: logistic.coefficients)]
    if let standardErrors = logistic.standardErrors {
      sections.append(ModelSection(name: SectionName.standardErrors, numbers: standardErrors))
    }
    if let featureMeans = logistic.featureMeans {
      // Reasons need them, scores don't.
      sections.append(
        ModelSection(
          name: SectionName.featureMeans, numbers: featureMeans, isCritical: false))
    }
    return sections + arrays.sections
  }

  static func model(
    _ headers: [LeadModelHeader.Encoder], _ logistic: LeadModelHeader.Logistic,
    schema: TableSchema, _ frame: ModelContainer.Frame, _ bytes: RawSpan
  ) throws -> (pipeline: FeaturePipeline, model: LogisticModel) {
    var arrays = try EncoderArrayReader(frame, bytes)
    let pipeline = FeaturePipeline(encoders: try headers.map { try encoder($0, &arrays) })
    try arrays.checkExhausted()
    // Before anything is derived from the encoders: names of bins, indices of levels.
    try checkConsistency(of: pipeline, schema: schema)
    let layout = pipeline.layout
    let coefficients = try frame.doubles(SectionName.coefficients, bytes)
    let standardErrors =
      logistic.hasStandardErrors ? try frame.doubles(SectionName.standardErrors, bytes) : nil
    try require(
      coefficients.count == layout.coefficientCount,
      "it has \(coefficients.count) coefficients for \(layout.coefficientCount) features")
    let featureMeans =
      frame.has(SectionName.featureMeans)
      ? try frame.doubles(SectionName.featureMeans, bytes) : nil
    try require(
      featureMeans.map { $0.count == layout.coefficientCount } ?? true,
      "its features do not have a mean each")
    return (
      pipeline,
      LogisticModel(
        layout: layout, intercept: logistic.intercept, coefficients: coefficients,
        standardErrors: standardErrors, intervalKind: logistic.intervals,
        featureMeans: featureMeans)
    )
  }

  private static func encoder(
    _ header: LeadModelHeader.Encoder, _ arrays: inout EncoderArrayReader
  ) throws -> FeatureEncoder {
    switch header {
    case .number(let number):
      return .number(
        NumberEncoder(
          input: try numberInput(number.column, later: number.later, earlier: number.earlier),
          minimum: number.minimum, maximum: number.maximum, value: number.value,
          signedLog: number.signedLog,
          binThresholds: try arrays.thresholds(number.binThresholds),
          hasMissing: number.hasMissing, binPenaltyFactor: number.binPenaltyFactor))
    case .category(let category):
      return .category(
        CategoryEncoder(
          column: category.column, levels: try arrays.levels(category.levels),
          rareLevelHashes: try arrays.rareLevelHashes(category.rareLevels),
          hasMissing: category.hasMissing))
    case .flag(let flag):
      return .flag(flag)
    case .calendar(let calendar):
      return .calendar(calendar)
    }
  }

  /// What a number is made of: one column, or two dates.
  static func numberInput(
    _ column: String?, later: String?, earlier: String?
  ) throws -> NumberInput {
    switch (column, later, earlier) {
    case (let column?, nil, nil): return .column(column)
    case (nil, let later?, let earlier?): return .daysBetween(later: later, earlier: earlier)
    default:
      throw ModelFileError.inconsistent(
        "a number has neither one column nor a later and an earlier one")
    }
  }
}
