import Glibc

/// How a loss falls as there is more to learn from: floor + scale · size^−power.
///
/// The form that losses of fitted models follow over decades of size (Cortes et al. 1993, "Learning
/// curves: asymptotic values and rate of convergence"): a power of 1 where a model of fixed form settles,
/// of a half and less where it grows with the data.
struct PowerCurve: Sendable, Equatable {
  /// What the loss goes to.
  let floor: Double
  /// 0 or more.
  let scale: Double
  /// Within `powers`.
  let power: Double

  /// A few points can't tell slower curves from a straight line, nor faster ones from a corner.
  static let powers = 0.3...1.5

  func value(at size: Double) -> Double { floor + scale * pow(size, -power) }

  /// Fits by least squares: for each power the other two have a closed form (variable projection, Golub
  /// and Pereyra 1973), and the power is searched for, on a grid and then by golden section.
  /// - Parameters:
  ///   - sizes: above 0, ascending; at least two that differ.
  ///   - losses: one a size.
  init(sizes: [Double], losses: [Double]) {
    precondition(sizes.count == losses.count && sizes.count >= 2, "a loss a size, at least two")
    precondition(
      sizes.allSatisfy { $0 > 0 } && sizes[0] < sizes[sizes.count - 1], "sizes that grow")
    func fit(_ power: Double) -> Projection {
      Projection(sizes: sizes, losses: losses, power: power)
    }
    let steps = 48
    let width = (Self.powers.upperBound - Self.powers.lowerBound) / Double(steps)
    let grid = (0...steps).map { fit(Self.powers.lowerBound + width * Double($0)) }
    var best = 0
    for step in grid.indices where grid[step].error < grid[best].error { best = step }
    var low = max(Self.powers.lowerBound, grid[best].power - width)
    var high = min(Self.powers.upperBound, grid[best].power + width)
    let ratio = (5.0.squareRoot() - 1) / 2
    var found = grid[best]
    // The error is flat near its minimum: 40 steps bring the power to the last digits that it shows.
    for _ in 0..<40 {
      let (left, right) = (fit(high - ratio * (high - low)), fit(low + ratio * (high - low)))
      if left.error <= right.error { high = right.power } else { low = left.power }
      for side in [left, right] where side.error < found.error { found = side }
    }
    floor = found.floor
    scale = found.scale
    power = found.power
  }

  /// The best floor and scale for a power.
  private struct Projection {
    let power: Double
    let floor: Double
    let scale: Double
    /// Sum of squares.
    let error: Double

    init(sizes: [Double], losses: [Double], power: Double) {
      self.power = power
      // In parts of the largest size, so that no power makes numbers tiny.
      let largest = sizes[sizes.count - 1]
      let values = sizes.map { pow($0 / largest, -power) }
      let count = Double(sizes.count)
      let (mean, meanLoss) = (values.reduce(0, +) / count, losses.reduce(0, +) / count)
      var (spread, product) = (0.0, 0.0)
      for (value, loss) in zip(values, losses) {
        spread += (value - mean) * (value - mean)
        product += (value - mean) * (loss - meanLoss)
      }
      let slope = max(0, product / spread)
      floor = meanLoss - slope * mean
      scale = slope * pow(largest, power)
      var error = 0.0
      for (value, loss) in zip(values, losses) {
        let residual = loss - meanLoss - slope * (value - mean)
        error += residual * residual
      }
      self.error = error
    }
  }
}
