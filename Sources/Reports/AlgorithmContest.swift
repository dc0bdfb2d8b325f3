import Metrics

/// Two algorithms on the same folds, of which the better became the model.
public struct AlgorithmContest: Codable, Sendable, Equatable {
  /// An algorithm and how its out-of-fold predictions did.
  public struct Contender: Codable, Sendable, Equatable {
    public let algorithm: String
    public let figures: ProbabilityFigures

    public init(algorithm: String, figures: ProbabilityFigures) {
      self.algorithm = algorithm
      self.figures = figures
    }
  }

  public let chosen: Contender
  public let other: Contender
  /// The other's mean log loss less that of the chosen one, lead by lead; 0 or more.
  public let logLossDifference: Double
  /// Of the difference, paired by lead or by account; `nil` with too few leads for one.
  public let interval: ConfidenceInterval?

  public init(
    chosen: Contender, other: Contender, logLossDifference: Double, interval: ConfidenceInterval?
  ) {
    self.chosen = chosen
    self.other = other
    self.logLossDifference = logLossDifference
    self.interval = interval
  }

  /// Differences this small are rounding, and the simpler algorithm is chosen.
  public static let levelWithin = 1e-12
}

extension AlgorithmContest {
  /// Which was better, and by how much.
  var sentence: String {
    let losses = [chosen, other].map {
      "\(Self.inSentence($0.algorithm)) \(NumberText.fixed($0.figures.logLoss, 4))"
    }
    let start = "Log loss out of fold (lower is better): \(losses.joined(separator: " · ")). "
    guard logLossDifference > Self.levelWithin else {
      return start + "The two are level; the first, the simpler one, became the model."
    }
    var size = NumberText.fixed(logLossDifference, 4)
    if let interval { size += " (\(FigureText.interval(interval, decimals: 4)))" }
    return interval.map { $0.low > 0 } ?? false
      ? start + "The first is better by \(size) and became the model."
      : start + "The first is ahead by \(size), which may be chance, and became the model."
  }

  /// A name that starts a sentence, as it stands within one.
  private static func inSentence(_ name: String) -> String {
    name.prefix(1).lowercased() + name.dropFirst()
  }
}
