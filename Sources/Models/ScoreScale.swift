/// Where raw predictions of history fell, to place a new lead among them.
public struct ScoreScale: Codable, Sendable, Equatable {
  /// 101 ascending quantiles (0%, 1%, … 100%) of the raw predictions of leads that the model that
  /// made them had not seen.
  public let rawPredictionQuantiles: [Double]
  /// Lower bounds of bands A, B and C as raw predictions; below the last is D.
  public let bandThresholds: [Double]
  /// Share of history that converted.
  public let baseRate: Double

  public init(rawPredictionQuantiles: [Double], bandThresholds: [Double], baseRate: Double) {
    self.rawPredictionQuantiles = rawPredictionQuantiles
    self.bandThresholds = bandThresholds
    self.baseRate = baseRate
  }

  /// Shares of history above each band's lower bound: A is the best tenth, B the next fifth, C the
  /// next three tenths, D the rest.
  public static let bandShares: [Double] = [0.10, 0.30, 0.60]

  public static let bandNames = ["A", "B", "C", "D"]

  /// The scale that a set of raw predictions spans.
  /// - Parameter rawPredictions: at least one, all finite, of leads that the model that made them had
  ///   not seen.
  public init(rawPredictions: [Double], baseRate: Double) {
    precondition(!rawPredictions.isEmpty, "a scale needs predictions")
    let sorted = rawPredictions.sorted()
    // Nearest rank: the smallest value that at least the share of all values does not exceed.
    func quantile(_ share: Double) -> Double {
      let rank = Int((share * Double(sorted.count)).rounded(.up))
      return sorted[min(max(rank - 1, 0), sorted.count - 1)]
    }
    self.init(
      rawPredictionQuantiles: (0...100).map { quantile(Double($0) / 100) },
      bandThresholds: Self.bandShares.map { quantile(1 - $0) }, baseRate: baseRate)
  }

  /// The percentage of history's leads that this raw prediction reaches or outranks, 0…100.
  public func score(ofRawPrediction raw: Double) -> Int {
    var low = 0
    var high = rawPredictionQuantiles.count
    while low < high {
      let middle = (low + high) / 2
      if rawPredictionQuantiles[middle] <= raw { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }

  /// The band's index among `bandNames`.
  public func band(ofRawPrediction raw: Double) -> Int {
    bandThresholds.firstIndex { raw > $0 } ?? bandThresholds.count
  }
}
