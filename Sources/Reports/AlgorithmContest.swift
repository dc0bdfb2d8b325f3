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
    let decimals = self.decimals
    let losses = [chosen, other].map {
      "\(Self.inSentence($0.algorithm)) \(NumberText.fixed($0.figures.logLoss, decimals))"
    }
    let start = "Log loss out of fold (lower is better): \(losses.joined(separator: " · ")). "
    guard logLossDifference > Self.levelWithin else {
      return start + "The two are level; the first, the simpler one, became the model."
    }
    // Of the figures as they are printed, so that a reader who subtracts them finds the same.
    var size = NumberText.fixed(printedDifference(decimals), decimals)
    if let interval { size += " (\(FigureText.interval(interval, decimals: decimals)))" }
    return interval.map { $0.low > 0 } ?? false
      ? start + "The first is better by \(size) and became the model."
      : start + "The first is ahead by \(size), which may be chance, and became the model."
  }

  /// Four, and more where two figures that differ would be printed alike.
  private var decimals: Int {
    (4...8).first { printedDifference($0) > 0 } ?? 4
  }

  private func printedDifference(_ decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let units = [other, chosen].map { ($0.figures.logLoss * scale).rounded() }
    return (units[0] - units[1]) / scale
  }

  /// A name that starts a sentence, as it stands within one.
  private static func inSentence(_ name: String) -> String {
    name.prefix(1).lowercased() + name.dropFirst()
  }
}
