/// The interval for the mean conversion probability of leads with a score under a model: two increasing
/// curves over the raw prediction, kept as knots, that `Calibration` fits.
public struct ProbabilityInterval: Sendable, Equatable {
  /// How often such an interval holds the truth, by its method; 0.9 unless fitted otherwise.
  public let level: Double
  /// Raw predictions, ascending, from the lowest to the highest that history reached; at least two.
  public let knots: [Double]
  /// The lower bound at each knot in log-odds, never falling.
  public let lows: [Double]
  /// The upper bound at each knot in log-odds, never falling and nowhere below `lows`.
  public let highs: [Double]

  public struct Bounds: Sendable, Equatable {
    public let low: Double
    public let high: Double
  }

  /// - Parameters: finite, as described at the properties.
  public init(level: Double, knots: [Double], lows: [Double], highs: [Double]) {
    self.level = level
    self.knots = knots
    self.lows = lows
    self.highs = highs
    precondition(isOrdered, "an interval's knots ascend, and its bounds with them")
  }

  private var isOrdered: Bool {
    knots.count >= 2 && lows.count == knots.count && highs.count == knots.count
      && level > 0 && level < 1
      && knots.indices.allSatisfy { index in
        knots[index].isFinite && lows[index].isFinite && highs[index].isFinite
          && lows[index] <= highs[index]
          && (index == 0
            || knots[index - 1] < knots[index] && lows[index - 1] <= lows[index]
              && highs[index - 1] <= highs[index])
      }
  }

  /// The bounds, as probabilities, of a lead; they always hold its own probability.
  ///
  /// Between knots the bounds are linear in log-odds. Beyond the scores that history reached, the bound on
  /// the side of history stays where it was and the other keeps its distance from the calibrated log-odds,
  /// so the interval opens: there is no evidence there.
  ///
  /// - Parameters:
  ///   - raw: the model's log-odds, before calibration.
  ///   - logOdds: the calibrated log-odds of the lead.
  public func bounds(rawPrediction raw: Double, logOdds: Double) -> Bounds {
    let last = knots.count - 1
    if raw <= knots[0] {
      return bounds(low: min(lows[0], logOdds - startReach), high: highs[0], around: logOdds)
    }
    if raw >= knots[last] {
      return bounds(
        low: lows[last], high: max(highs[last], logOdds + endReach), around: logOdds)
    }
    var (left, right) = (0, last)
    while right - left > 1 {
      let middle = (left + right) / 2
      if knots[middle] <= raw { left = middle } else { right = middle }
    }
    let share = (raw - knots[left]) / (knots[right] - knots[left])
    return bounds(
      low: lows[left] + share * (lows[right] - lows[left]),
      high: highs[left] + share * (highs[right] - highs[left]), around: logOdds)
  }

  /// `bounds(rawPrediction:logOdds:)` of each lead.
  public func bounds(rawPredictions: [Double], logOdds: [Double]) -> [Bounds] {
    precondition(rawPredictions.count == logOdds.count, "calibrated log-odds for each prediction")
    return zip(rawPredictions, logOdds).map { bounds(rawPrediction: $0, logOdds: $1) }
  }

  /// Half the interval's width in log-odds at its two ends.
  private var startReach: Double { (highs[0] - lows[0]) / 2 }
  private var endReach: Double { (highs[highs.count - 1] - lows[lows.count - 1]) / 2 }

  private func bounds(low: Double, high: Double, around logOdds: Double) -> Bounds {
    Bounds(
      low: probability(fromRawPrediction: min(low, logOdds)),
      high: probability(fromRawPrediction: max(high, logOdds)))
  }
}

extension ProbabilityInterval: Codable {
  private enum CodingKeys: String, CodingKey {
    case level, knots, lows, highs
  }

  /// - Throws: `DecodingError` also where the bounds do not ascend with the knots.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    level = try values.decode(Double.self, forKey: .level)
    knots = try values.decode([Double].self, forKey: .knots)
    lows = try values.decode([Double].self, forKey: .lows)
    highs = try values.decode([Double].self, forKey: .highs)
    guard isOrdered else {
      throw DecodingError.dataCorruptedError(
        forKey: .knots, in: values,
        debugDescription: "the interval's bounds do not ascend with its knots")
    }
  }
}
