import Features
import Models
import Tables

/// Trees and their encoders as sections, and back.
enum TreeSections {
  /// - Parameter prefix: before the names of the sections that encoders of either kind have.
  static func sections(
    _ pipeline: TreePipeline, _ ensemble: TreeEnsemble, prefix: String = ""
  ) -> [ModelSection] {
    encoderSections(pipeline, prefix: prefix) + TreeArrays(ensemble.trees).sections
  }

  /// The encoders alone.
  static func encoderSections(_ pipeline: TreePipeline, prefix: String = "") -> [ModelSection] {
    var arrays = EncoderArrays(prefix: prefix)
    for source in pipeline.levelSources {
      switch source {
      case .category(let category):
        arrays.append(levels: category.levels, rareLevelHashes: category.rareLevelHashes)
      case .number(_, let thresholds): arrays.binThresholds += thresholds.values
      case .flag, .calendar: break
      }
    }
    var levelBins: [UInt8] = []
    var rateLevels: [UInt32] = []
    var rates: [Double] = []
    for encoder in pipeline.encoders {
      switch encoder {
      case .number(let number): arrays.binThresholds += number.thresholds.values
      case .levels(let levels): levelBins += levels.bins
      case .rates(let encoded):
        arrays.binThresholds += encoded.thresholds.values
        rateLevels += (encoded.firstLevels + encoded.secondLevels).map { UInt32($0) }
        rates += encoded.rates
      }
    }
    return arrays.sections + [
      ModelSection(name: SectionName.levelBins, bytes: levelBins),
      ModelSection(name: SectionName.rateLevels, words: rateLevels),
      ModelSection(name: SectionName.rates, numbers: rates),
    ]
  }

  static func model(
    _ header: LeadModelHeader.Trees, schema: TableSchema, _ frame: ModelContainer.Frame,
    _ bytes: RawSpan, prefix: String = ""
  ) throws -> (pipeline: TreePipeline, ensemble: TreeEnsemble) {
    let pipeline = try pipeline(header, schema: schema, frame, bytes, prefix: prefix)
    let ensemble = TreeEnsemble(
      features: pipeline.features, baseRawPrediction: header.baseRawPrediction,
      trees: try TreeArrays(frame, bytes).trees())
    try checkConsistency(of: ensemble)
    return (pipeline, ensemble)
  }

  static func pipeline(
    _ header: LeadModelHeader.Trees, schema: TableSchema, _ frame: ModelContainer.Frame,
    _ bytes: RawSpan, prefix: String = ""
  ) throws -> TreePipeline {
    let pipeline = try PipelineReader(frame, bytes, prefix: prefix).pipeline(header)
    // Before features are made of the encoders, and columns of splits.
    try checkConsistency(of: pipeline, schema: schema)
    return pipeline
  }
}

/// Encoders made of a header and the arrays of a file.
private struct PipelineReader {
  private var arrays: EncoderArrayReader
  private var levelBins: ArraySlice<UInt8>
  private var rateLevels: ArraySlice<UInt32>
  private var rates: ArraySlice<Double>

  init(_ frame: ModelContainer.Frame, _ bytes: RawSpan, prefix: String) throws {
    arrays = try EncoderArrayReader(frame, bytes, prefix: prefix)
    levelBins = try frame.bytes(SectionName.levelBins, bytes)[...]
    rateLevels = try frame.words(SectionName.rateLevels, bytes)[...]
    rates = try frame.doubles(SectionName.rates, bytes)[...]
  }

  consuming func pipeline(_ header: LeadModelHeader.Trees) throws -> TreePipeline {
    let sources = try header.levelSources.map { try levelSource($0) }
    let encoders = try header.encoders.map { try encoder($0, sources) }
    try arrays.checkExhausted()
    try require(
      levelBins.isEmpty && rateLevels.isEmpty && rates.isEmpty, EncoderArrayReader.tooMany)
    return TreePipeline(levelSources: sources, encoders: encoders)
  }

  private mutating func levelSource(_ header: LeadModelHeader.LevelSource) throws -> LevelSource {
    switch header.kind {
    case .category:
      return .category(
        CategoryLevels(
          column: header.column, levels: try arrays.levels(wanted(header.levels)),
          rareLevelHashes: try arrays.rareLevelHashes(wanted(header.rareLevels))))
    case .flag: return .flag(column: header.column)
    case .calendar: return .calendar(column: header.column, part: try wanted(header.part))
    case .number:
      return .number(column: header.column, thresholds: try thresholds(header.thresholds))
    }
  }

  private mutating func encoder(
    _ header: LeadModelHeader.TreeEncoder, _ sources: [LevelSource]
  ) throws -> TreeEncoder {
    func levelCount(_ source: Int) throws -> Int {
      try require(sources.indices.contains(source), "an encoder reads levels that it lacks")
      return sources[source].levelCount
    }
    switch header.kind {
    case .number:
      return .number(
        NumberBins(
          input: try LogisticSections.numberInput(
            header.column, later: header.later, earlier: header.earlier),
          thresholds: try thresholds(header.thresholds)))
    case .levels:
      let source = try wanted(header.source)
      return .levels(
        LevelBins(
          source: source, kind: try wanted(header.order), binCount: try wanted(header.binCount),
          bins: try EncoderArrayReader.take(levelCount(source), from: &levelBins)))
    case .rates:
      let sources = try wanted(header.sources)
      let count = try wanted(header.rates)
      let first = try EncoderArrayReader.take(count, from: &rateLevels)
      let second = sources.count == 2 ? try EncoderArrayReader.take(count, from: &rateLevels) : []
      return .rates(
        LevelRates(
          sources: sources, firstLevels: first.map { Int($0) },
          secondLevels: second.map { Int($0) },
          rates: try EncoderArrayReader.take(count, from: &rates),
          thresholds: try thresholds(header.thresholds)))
    }
  }

  private mutating func thresholds(_ count: Int?) throws -> BinThresholds {
    let values = try arrays.thresholds(wanted(count))
    // The initialiser takes no more.
    try require(
      values.count < BinnedFeature.mostBins - 1, "a feature has \(values.count) thresholds")
    return BinThresholds(values)
  }

  private func wanted<Value>(_ value: Value?) throws -> Value {
    guard let value else {
      throw ModelFileError.malformed("an encoder of its header lacks a key")
    }
    return value
  }
}
