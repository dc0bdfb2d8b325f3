/// A fitted encoder: one binned feature.
public enum TreeEncoder: Codable, Sendable, Equatable {
  case number(NumberBins)
  case levels(LevelBins)
  case rates(LevelRates)
}

/// A number, or the days between two dates, cut into bins.
public struct NumberBins: Codable, Sendable, Equatable {
  public let input: NumberInput
  public let thresholds: BinThresholds

  public init(input: NumberInput, thresholds: BinThresholds) {
    self.input = input
    self.thresholds = thresholds
  }
}

/// The levels of a source as bins.
public struct LevelBins: Codable, Sendable, Equatable {
  /// An index into the pipeline's level sources.
  public let source: Int
  public let kind: BinnedFeature.Kind
  /// The missing bin included.
  public let binCount: Int
  /// The bin of each of the source's levels. Missing, rare and unseen ones have the last bin, as have
  /// levels for which there are not enough bins.
  public let bins: [UInt8]

  public init(source: Int, kind: BinnedFeature.Kind, binCount: Int, bins: [UInt8]) {
    self.source = source
    self.kind = kind
    self.binCount = binCount
    self.bins = bins
  }
}

/// The share of conversions among the training rows of a level, or of a pair of levels, drawn to the
/// base rate: `(won + smoothing × base) / (n + smoothing)`, cut into bins.
///
/// Levels without a rate of their own (rare or never seen) have the missing bin; a missing cell is a
/// level like others where it is frequent.
public struct LevelRates: Codable, Sendable, Equatable {
  /// One or two indices into the pipeline's level sources.
  public let sources: [Int]
  /// The level of the first source that each rate belongs to: an index below its `levelCount`, or
  /// `levelCount` for missing.
  public let firstLevels: [Int]
  /// The level of the second source; empty where there is one source.
  public let secondLevels: [Int]
  /// Of all training rows.
  public let rates: [Double]
  public let thresholds: BinThresholds

  public init(
    sources: [Int], firstLevels: [Int], secondLevels: [Int], rates: [Double],
    thresholds: BinThresholds
  ) {
    self.sources = sources
    self.firstLevels = firstLevels
    self.secondLevels = secondLevels
    self.rates = rates
    self.thresholds = thresholds
  }
}
