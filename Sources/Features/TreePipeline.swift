/// Everything that was learned about how to turn a table into binned features; immutable, saved in
/// the model.
public struct TreePipeline: Codable, Sendable, Equatable {
  /// What codes and target rates are made of; encoders refer to them by index.
  public let levelSources: [LevelSource]
  /// One a feature.
  public let encoders: [TreeEncoder]

  public init(levelSources: [LevelSource], encoders: [TreeEncoder]) {
    self.levelSources = levelSources
    self.encoders = encoders
  }

  /// In the order of the encoders.
  public var features: [BinnedFeature] { encoders.map(feature) }

  /// The columns that a table must have, each once, in the order of the encoders.
  public var requiredColumns: [String] {
    var seen: Set<String> = []
    return encoders.flatMap(columns).filter { seen.insert($0).inserted }
  }

  private func columns(_ encoder: TreeEncoder) -> [String] {
    switch encoder {
    case .number(let number): number.input.columns
    case .levels(let levels): [levelSources[levels.source].column]
    case .rates(let rates): rates.sources.map { levelSources[$0].column }
    }
  }

  private func feature(_ encoder: TreeEncoder) -> BinnedFeature {
    switch encoder {
    case .number(let number):
      return BinnedFeature(
        name: number.input.name, sources: number.input.columns, kind: .ordered,
        binCount: number.thresholds.valueBinCount + 1)
    case .levels(let levels):
      let source = levelSources[levels.source]
      return BinnedFeature(
        name: source.name, sources: [source.column], kind: levels.kind, binCount: levels.binCount)
    case .rates(let rates):
      let sources = rates.sources.map { levelSources[$0] }
      var seen: Set<String> = []
      return BinnedFeature(
        name: "conversion rate of " + sources.map(\.name).joined(separator: " × "),
        sources: sources.map(\.column).filter { seen.insert($0).inserted }, kind: .ordered,
        binCount: rates.thresholds.valueBinCount + 1)
    }
  }
}
