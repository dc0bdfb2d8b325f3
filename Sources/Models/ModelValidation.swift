import Metrics

/// A model judged on leads that it was not fitted to.
public struct ModelValidation: Codable, Sendable, Equatable {
  /// How the leads were set apart: `5 folds at random`, `the latest 25% of the leads`.
  public let scheme: String
  public let figures: ProbabilityFigures

  public init(scheme: String, figures: ProbabilityFigures) {
    self.scheme = scheme
    self.figures = figures
  }
}

/// How much a source column moves the log-odds, and which way.
public struct ColumnStrength: Codable, Sendable, Equatable {
  public let column: String
  /// The standard deviation, over the training leads, of what the column adds to the log-odds.
  public let standardDeviation: Double
  /// In the order in which they are read; empty in files written before there were any.
  public let contrasts: [ColumnContrast]

  public init(column: String, standardDeviation: Double, contrasts: [ColumnContrast] = []) {
    self.column = column
    self.standardDeviation = standardDeviation
    self.contrasts = contrasts
  }

  private enum CodingKeys: String, CodingKey {
    case column, standardDeviation, contrasts
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    column = try values.decode(String.self, forKey: .column)
    standardDeviation = try values.decode(Double.self, forKey: .standardDeviation)
    contrasts = try values.decodeIfPresent([ColumnContrast].self, forKey: .contrasts) ?? []
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(column, forKey: .column)
    try values.encode(standardDeviation, forKey: .standardDeviation)
    if !contrasts.isEmpty { try values.encode(contrasts, forKey: .contrasts) }
  }
}

/// The odds of leads with a level or in a range of values against those of the average lead, all other
/// columns held.
public struct ColumnContrast: Codable, Sendable, Equatable {
  /// The column, or what was made of it: `month of created`.
  public let feature: String
  /// `retired`, `12.5 to 40`; `nil` for a step in a number.
  public let level: String?
  /// The level compared with, of two; `nil` for the average lead.
  public let against: String?
  /// How much higher a number is compared; `nil` for a level.
  public let step: Double?
  /// The natural logarithm of the odds ratio.
  public let logOdds: Double
  public let standardError: Double
  /// Of the training leads, 0 to 1; `nil` for a step in a number.
  public let share: Double?

  public init(
    feature: String, level: String?, against: String?, step: Double?, logOdds: Double,
    standardError: Double, share: Double?
  ) {
    self.feature = feature
    self.level = level
    self.against = against
    self.step = step
    self.logOdds = logOdds
    self.standardError = standardError
    self.share = share
  }
}
