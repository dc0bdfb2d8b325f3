import Metrics

/// What more leads would buy, as far as the leads that there are can tell.
public struct LearningCurveSummary: Codable, Sendable, Equatable {
  /// A part of the leads that was learned from.
  public struct Point: Codable, Sendable, Equatable {
    /// Leads of the rarer outcome.
    public let size: Double
    /// Mean, of leads that were not learned from.
    public let logLoss: Double

    public init(size: Double, logLoss: Double) {
      self.size = size
      self.logLoss = logLoss
    }
  }

  /// From the smallest part to the whole of a fold's training leads.
  public let points: [Point]
  /// Of the curve through the points: floor + scale · size^−power.
  public let floor: Double
  public let scale: Double
  public let power: Double
  /// Leads of the rarer outcome that there are.
  public let size: Double
  /// More of them to come.
  public let step: Int
  /// Of the curve, at `size`.
  public let logLoss: Double
  /// What the step would take off the log loss.
  public let gain: Double
  /// Of the gain, by the leads that were judged; that the curve has another form is not in it.
  public let interval: ConfidenceInterval

  public init(
    points: [Point], floor: Double, scale: Double, power: Double, size: Double, step: Int,
    logLoss: Double, gain: Double, interval: ConfidenceInterval
  ) {
    self.points = points
    self.floor = floor
    self.scale = scale
    self.power = power
    self.size = size
    self.step = step
    self.logLoss = logLoss
    self.gain = gain
    self.interval = interval
  }
}

extension LearningCurveSummary {
  /// - Parameters:
  ///   - outcome: what is rarer, in the plural: `conversions`.
  ///   - baseRateLogLoss: of giving every lead the same probability.
  func sentence(outcome: String, baseRateLogLoss: Double) -> String {
    let saved = baseRateLogLoss - logLoss
    let figures =
      "\(NumberText.fixed(max(0, gain), 4)) (\(FigureText.interval(interval, decimals: 4)))"
    var text =
      "The next \(NumberText.count(step)) \(outcome) would take about \(figures) off the regression's "
      + "log loss of \(NumberText.fixed(logLoss, 4))"
    if saved > 0, gain > 0 {
      text +=
        ": \(NumberText.percent(gain / saved, 0)) more than it saves against the base rate today"
    }
    let range = points.first.flatMap { first in
      points.last.map {
        "\(NumberText.count(first.size.rounded())) to \(NumberText.count($0.size.rounded()))"
      }
    }
    text += "."
    if let range {
      text +=
        " This is a curve through models of \(range) \(outcome), drawn on: good for whether waiting pays, "
        + "not for digits."
    }
    return text
  }
}
