import Glibc

/// The log loss of one set of probabilities less that of another, on the same leads.
public struct LogLossDifference: Codable, Sendable, Equatable {
  /// The mean of the first's losses less the second's, in nats a lead: above 0 where the second is
  /// better.
  public let value: Double
  /// Around the value; `nil` with fewer than two leads, or clusters of them.
  public let interval: ConfidenceInterval?

  public init(value: Double, interval: ConfidenceInterval?) {
    self.value = value
    self.interval = interval
  }
}

/// Compares two sets of probabilities by log loss, paired by lead.
///
/// The standard error is that of a mean: of the leads' differences, or, where leads come in clusters
/// that are not independent within, of the clusters' sums (the sandwich of Liang and Zeger 1986 for a
/// mean, times C/(C − 1) for C clusters). Each loss is held within the bounds of `logLoss`.
///
/// - Parameters:
///   - labels: 1 won, 0 lost.
///   - first: probabilities of converting, 0 to 1, never NaN.
///   - second: likewise, of the same leads.
///   - weights: how many times each row counts; copies of a row are leads of their own.
///   - clusters: a number a row, any from 0; rows below 0 stand alone. `nil`: all stand alone.
/// - Returns: `nil` without leads.
public func logLossDifference(
  labels: [UInt8], first: [Double], second: [Double], weights: [Double]? = nil,
  clusters: [Int32]? = nil, level: Double = 0.95
) -> LogLossDifference? {
  precondition(
    first.count == labels.count && second.count == labels.count, "two probabilities a label")
  precondition(weights.map { $0.count == labels.count } ?? true, "one weight a label")
  precondition(clusters.map { $0.count == labels.count } ?? true, "one cluster a label")
  func difference(_ row: Int) -> Double {
    loss(labels[row], first[row]) - loss(labels[row], second[row])
  }
  var (sum, leads) = (CompensatedSum(), CompensatedSum())
  for row in labels.indices {
    let weight = weights?[row] ?? 1
    sum.add(weight * difference(row))
    leads.add(weight)
  }
  guard leads.value > 0 else { return nil }
  let mean = sum.value / leads.value

  var squares = CompensatedSum()
  var units = 0.0
  var sums = [Double](repeating: 0, count: Int((clusters?.max() ?? -1) + 1))
  var isPresent = [Bool](repeating: false, count: sums.count)
  for row in labels.indices {
    let weight = weights?[row] ?? 1
    guard weight > 0 else { continue }
    let deviation = difference(row) - mean
    if let cluster = clusters?[row], cluster >= 0 {
      sums[Int(cluster)] += weight * deviation
      isPresent[Int(cluster)] = true
    } else {
      squares.add(weight * deviation * deviation)
      units += weight
    }
  }
  for cluster in sums.indices where isPresent[cluster] {
    squares.add(sums[cluster] * sums[cluster])
    units += 1
  }
  guard units > 1 else { return LogLossDifference(value: mean, interval: nil) }
  let standardError = (squares.value * units / (units - 1)).squareRoot() / leads.value
  return LogLossDifference(
    value: mean,
    interval: .normal(around: mean, standardError: standardError, level: level))
}

private func loss(_ label: UInt8, _ probability: Double) -> Double {
  let ofOutcome = label != 0 ? probability : 1 - probability
  return -log(min(max(ofOutcome, Double.ulpOfOne), 1 - Double.ulpOfOne))
}
