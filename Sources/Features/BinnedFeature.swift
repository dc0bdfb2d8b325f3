/// A feature as trees see it: a bin a value, and what the bins are.
public struct BinnedFeature: Codable, Sendable, Equatable {
  /// Whether the order of the bins means anything.
  public enum Kind: String, Codable, Sendable {
    /// Higher bins hold higher values: splits cut between two bins.
    case ordered
    /// Each bin is a category: splits part the categories into two sets.
    case categories
  }

  /// What the feature is called: the column, or what was made of it.
  public let name: String
  /// The source columns that it is made of, one or two.
  public let sources: [String]
  public let kind: Kind
  /// Bins, the missing one included: 2 to 255.
  public let binCount: Int

  public init(name: String, sources: [String], kind: Kind, binCount: Int) {
    precondition((2...Self.mostBins).contains(binCount), "2 to 255 bins a feature")
    self.name = name
    self.sources = sources
    self.kind = kind
    self.binCount = binCount
  }

  /// The most bins a feature can have, the missing one included.
  public static let mostBins = 255

  /// The last bin: missing values, and categories that training never or rarely saw. It is there
  /// whether or not training had any, so that every lead to come has a bin.
  public var missingBin: Int { binCount - 1 }
}
