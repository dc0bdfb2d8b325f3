import Features

/// A glass box: log-odds as a sum of one table a feature, and one a pair of features.
///
/// log-odds = intercept + Σ over curves of the value at the lead's bin + Σ over surfaces of the value at
/// its two cells. Every value can be looked at; there is nothing else in the model.
public struct AdditiveModel: Sendable, Equatable {
  public let features: [BinnedFeature]
  /// Log-odds of the average training lead, where the model is purified.
  public let intercept: Double
  /// At most one a feature, by feature.
  public let curves: [Curve]
  /// At most one a pair of features, by their features.
  public let surfaces: [Surface]

  /// What one feature adds to the log-odds.
  public struct Curve: Sendable, Equatable {
    /// An index into the model's features.
    public let feature: Int
    /// One a bin, the missing one last.
    public var values: [Double]
    /// Weights of the training rows in each bin.
    public var weights: [Double]

    public init(feature: Int, values: [Double], weights: [Double]) {
      precondition(values.count == weights.count, "a weight a value")
      self.feature = feature
      self.values = values
      self.weights = weights
    }
  }

  /// What two features add together, beyond what each adds by itself where the model is purified.
  public struct Surface: Sendable, Equatable {
    /// Indices into the model's features, the lower first.
    public let first: Int
    public let second: Int
    /// Which cell each bin of the first feature falls into: 0, 1, … without gaps.
    public let firstCells: [UInt8]
    public let secondCells: [UInt8]
    /// Cells of the first feature × those of the second, row-major.
    public var values: [Double]
    /// Weights of the training rows in each cell.
    public var weights: [Double]
    /// Cells of the first feature.
    public let rowCount: Int
    /// Cells of the second feature.
    public let columnCount: Int

    public init(
      first: Int, second: Int, firstCells: [UInt8], secondCells: [UInt8], values: [Double],
      weights: [Double]
    ) {
      self.first = first
      self.second = second
      self.firstCells = firstCells
      self.secondCells = secondCells
      self.values = values
      self.weights = weights
      rowCount = Int(firstCells.max() ?? 0) + 1
      columnCount = Int(secondCells.max() ?? 0) + 1
      precondition(first < second, "the lower feature comes first")
      precondition(
        values.count == rowCount * columnCount && weights.count == values.count,
        "a value and a weight a cell")
    }

    /// The place of a lead's value.
    /// - Parameters:
    ///   - bin: of the first feature.
    ///   - secondBin: of the second feature.
    public func place(_ bin: Int, _ secondBin: Int) -> Int {
      Int(firstCells[bin]) * columnCount + Int(secondCells[secondBin])
    }
  }

  /// - Parameters:
  ///   - curves: of distinct features, ascending, a value a bin.
  ///   - surfaces: of distinct pairs of features, ascending, a cell a bin.
  public init(
    features: [BinnedFeature], intercept: Double, curves: [Curve], surfaces: [Surface]
  ) {
    precondition(
      zip(curves, curves.dropFirst()).allSatisfy { $0.feature < $1.feature }
        && curves.allSatisfy { $0.values.count == features[$0.feature].binCount },
      "one curve a feature, and one value a bin")
    precondition(
      zip(surfaces, surfaces.dropFirst()).allSatisfy {
        ($0.first, $0.second) < ($1.first, $1.second)
      }
        && surfaces.allSatisfy {
          $0.firstCells.count == features[$0.first].binCount
            && $0.secondCells.count == features[$0.second].binCount
        }, "one surface a pair of features, and one cell a bin")
    self.features = features
    self.intercept = intercept
    self.curves = curves
    self.surfaces = surfaces
  }

  /// The log-odds of one row: what `AdditiveScorer` computes for many.
  /// - Parameter bins: one a feature.
  public func rawPrediction(bins: [UInt8]) -> Double {
    precondition(bins.count == features.count, "one bin a feature")
    var raw = intercept
    for curve in curves { raw += curve.values[Int(bins[curve.feature])] }
    for surface in surfaces {
      raw += surface.values[surface.place(Int(bins[surface.first]), Int(bins[surface.second]))]
    }
    return raw
  }

  /// A bound of |log-odds| over all leads there can be.
  public var largestRawPrediction: Double {
    func largest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }
    return curves.reduce(abs(intercept)) { $0 + largest($1.values) }
      + surfaces.reduce(0) { $0 + largest($1.values) }
  }
}
