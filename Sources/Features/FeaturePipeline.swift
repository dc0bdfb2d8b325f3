import Tables

/// One fitted encoder a source column (or pair of date columns).
public enum FeatureEncoder: Codable, Sendable, Equatable {
  case number(NumberEncoder)
  case category(CategoryEncoder)
  case flag(FlagEncoder)
  case calendar(CalendarEncoder)

  /// The columns that the encoder reads.
  public var columns: [String] {
    switch self {
    case .number(let encoder): encoder.input.columns
    case .category(let encoder): [encoder.column]
    case .flag(let encoder): [encoder.column]
    case .calendar(let encoder): [encoder.column]
    }
  }

  var numberFeatures: [NumberFeature] {
    if case .number(let encoder) = self { encoder.numberFeatures } else { [] }
  }

  var group: IndicatorGroup? {
    switch self {
    case .number(let encoder): encoder.group
    case .category(let encoder): encoder.group
    case .flag(let encoder): encoder.group
    case .calendar(let encoder): encoder.group
    }
  }
}

/// Everything that was learned about how to turn a table into features; immutable, saved in the model.
///
/// The layout lists the encoders' numbers in encoder order, then their groups in encoder order.
public struct FeaturePipeline: Codable, Sendable, Equatable {
  public let encoders: [FeatureEncoder]

  public init(encoders: [FeatureEncoder]) {
    self.encoders = encoders
  }

  public var layout: FeatureLayout {
    FeatureLayout(
      numbers: encoders.flatMap(\.numberFeatures), groups: encoders.compactMap(\.group))
  }

  /// The columns that a table must have, each once, in encoder order.
  public var requiredColumns: [String] {
    var seen: Set<String> = []
    return encoders.flatMap(\.columns).filter { seen.insert($0).inserted }
  }
}
