import Metrics
import Models

/// Models fitted on the same folds, of which the best became the one that is written.
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

  /// One that was not chosen.
  public struct Other: Codable, Sendable, Equatable {
    public let contender: Contender
    /// Its mean log loss less that of the chosen one, lead by lead; below 0 only by chance, where the
    /// chosen one is a blend.
    public let logLossDifference: Double
    /// Of the difference, paired by lead or by account; `nil` with too few leads for one.
    public let interval: ConfidenceInterval?

    public init(
      contender: Contender, logLossDifference: Double, interval: ConfidenceInterval?
    ) {
      self.contender = contender
      self.logLossDifference = logLossDifference
      self.interval = interval
    }
  }

  public let chosen: Contender
  /// Of the chosen one's log loss; `nil` with too few leads for one.
  public let interval: ConfidenceInterval?
  /// What a blend adds up; empty where the chosen one is none.
  public let blend: [BlendRecord.Member]
  /// The best first; at least one.
  public let others: [Other]
  /// The word by which `--algorithms` has a glass box among `others` that did not do distinguishably worse than
  /// the chosen one, and its name there; `nil` where there is none.
  public let glassBox: GlassBox?

  public struct GlassBox: Codable, Sendable, Equatable {
    public let word: String
    public let algorithm: String

    public init(word: String, algorithm: String) {
      self.word = word
      self.algorithm = algorithm
    }
  }

  public init(
    chosen: Contender, interval: ConfidenceInterval?, blend: [BlendRecord.Member] = [],
    others: [Other], glassBox: GlassBox? = nil
  ) {
    precondition(!others.isEmpty, "a contest has two sides")
    self.chosen = chosen
    self.interval = interval
    self.blend = blend
    self.others = others
    self.glassBox = glassBox
  }

  /// Differences this small are rounding, and the simpler algorithm is chosen.
  public static let levelWithin = 1e-12
}

extension AlgorithmContest {
  /// What was chosen and why, in a line.
  var sentence: String {
    let words = blend.isEmpty ? single : blended
    return ([words, verdict] + [offer].compactMap(\.self)).joined(separator: " ")
  }

  /// The simpler model, where it is about as good.
  private var offer: String? {
    guard let glassBox,
      let other = others.first(where: { $0.contender.algorithm == glassBox.algorithm }),
      let interval = other.interval
    else { return nil }
    let difference = NumberText.signed(other.logLossDifference, decimals)
    let low = NumberText.signed(interval.low, decimals)
    let high = NumberText.signed(interval.high, decimals)
    return "The loss of the \(Self.inSentence(glassBox.algorithm)) cannot be told from it "
      + "(\(difference), 95% interval \(low) to \(high)), and it is the simpler one: every part of it can be "
      + "looked at (kelvin-score inspect --shape COLUMN). Fit with --algorithms \(glassBox.word) to have it."
  }

  /// `Chosen: trees 0.62 + logistic regression 0.41; log loss out of fold (lower is better) alone
  /// 0.2750 and 0.2794, together 0.2738 ± 0.0040.`
  private var blended: String {
    let weights = blend.map { "\(Self.inSentence($0.name)) \(NumberText.fixed($0.weight, 2))" }
    let alone = blend.map { member in
      let own = others.first { $0.contender.algorithm == member.name }?.contender.figures.logLoss
      return NumberText.fixed(own ?? member.logLoss, decimals)
    }
    return "Chosen: \(weights.joined(separator: " + ")). Log loss out of fold (lower is better): "
      + "alone \(alone.joined(separator: " and ")), together \(loss)."
  }

  /// `Log loss out of fold (lower is better): gradient-boosted trees 0.2750 ± 0.0040 · logistic
  /// regression 0.2794.`
  private var single: String {
    let rest = others.map {
      "\(Self.inSentence($0.contender.algorithm)) "
        + NumberText.fixed($0.contender.figures.logLoss, decimals)
    }
    return "Log loss out of fold (lower is better): \(Self.inSentence(chosen.algorithm)) \(loss) · "
      + rest.joined(separator: " · ") + "."
  }

  private var loss: String {
    let value = NumberText.fixed(chosen.figures.logLoss, decimals)
    guard let interval else { return value }
    return value + " ± \(NumberText.fixed((interval.high - interval.low) / 2, decimals))"
  }

  private var verdict: String {
    let next = others[0]
    guard next.logLossDifference > Self.levelWithin else {
      return blend.isEmpty
        ? "It is level with the next; the simpler one became the model."
        : "\(next.contender.algorithm) alone did as well on these leads; a blend is steadier on others."
    }
    let rival = "the next best, \(Self.inSentence(next.contender.algorithm)),"
    // Of the figures as they are printed, so that a reader who subtracts them finds the same.
    var size = NumberText.fixed(printedDifference(decimals), decimals)
    if let interval = next.interval {
      size += " (\(FigureText.interval(interval, decimals: decimals)))"
    }
    return next.interval.map { $0.low > 0 } ?? false
      ? "It is better than \(rival) by \(size)."
      : "It is ahead of \(rival) by \(size), which may be chance."
  }

  /// Four, and more where two figures that differ would be printed alike.
  private var decimals: Int {
    (4...8).first { printedDifference($0) > 0 } ?? 4
  }

  private func printedDifference(_ decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let units = [others[0].contender, chosen].map { ($0.figures.logLoss * scale).rounded() }
    return (units[0] - units[1]) / scale
  }

  /// A name that starts a sentence, as it stands within one.
  private static func inSentence(_ name: String) -> String {
    name.prefix(1).lowercased() + name.dropFirst()
  }
}
