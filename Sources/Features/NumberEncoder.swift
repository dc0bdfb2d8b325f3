import Glibc

/// Where a numeric feature's raw values come from.
public enum NumberInput: Codable, Sendable, Equatable {
  case column(String)
  /// Days from `earlier` to `later`, both dates of the same row; missing where either is.
  case daysBetween(later: String, earlier: String)

  /// What the value is called in reports.
  public var name: String {
    switch self {
    case .column(let name): name
    case .daysBetween(let later, let earlier): "days from \(earlier) to \(later)"
    }
  }

  /// The source column that figures are grouped under.
  public var source: String {
    switch self {
    case .column(let name): name
    case .daysBetween(let later, _): later
    }
  }

  /// The columns that must be read.
  public var columns: [String] {
    switch self {
    case .column(let name): [name]
    case .daysBetween(let later, let earlier): [later, earlier]
    }
  }
}

/// Centre and scale of a standardised feature.
public struct Standardisation: Codable, Sendable, Equatable {
  public let center: Double
  /// Standard deviation in the training rows; positive.
  public let scale: Double

  public init(center: Double, scale: Double) {
    self.center = center
    self.scale = scale
  }

  @inline(__always)
  func apply(_ value: Double) -> Double { (value - center) / scale }
}

/// A number as a standardised value, a standardised signed logarithm and indicators of quantile bins.
///
/// Values outside the range that history showed count as its nearest end, so that a typing error in
/// one cell cannot push a probability to 0 or 1. A missing value takes the mean and raises an
/// indicator.
public struct NumberEncoder: Codable, Sendable, Equatable {
  public let input: NumberInput
  public let minimum: Double
  public let maximum: Double
  public let value: Standardisation
  /// Of `sign(x) · log(1 + |x|)`; `nil` where only the value is used.
  public let signedLog: Standardisation?
  /// Ascending; bin k holds values below `binThresholds[k]`, the last bin the rest. Empty: no bins.
  public let binThresholds: [Double]
  /// Whether missing values were seen in training, and so have an indicator.
  public let hasMissing: Bool
  /// Penalty factor of the bins' coefficients.
  public let binPenaltyFactor: Double

  public init(
    input: NumberInput, minimum: Double, maximum: Double, value: Standardisation,
    signedLog: Standardisation?, binThresholds: [Double], hasMissing: Bool,
    binPenaltyFactor: Double
  ) {
    self.input = input
    self.minimum = minimum
    self.maximum = maximum
    self.value = value
    self.signedLog = signedLog
    self.binThresholds = binThresholds
    self.hasMissing = hasMissing
    self.binPenaltyFactor = binPenaltyFactor
  }

  static func signedLog(_ value: Double) -> Double {
    value < 0 ? -log1p(-value) : log1p(value)
  }

  var numberFeatures: [NumberFeature] {
    var features = [NumberFeature(name: input.name, source: input.source)]
    if signedLog != nil {
      features.append(NumberFeature(name: "log \(input.name)", source: input.source))
    }
    return features
  }

  var group: IndicatorGroup? {
    var levels: [String] = []
    if let first = binThresholds.first, let last = binThresholds.last {
      levels.append("below \(Self.label(first))")
      for (low, high) in zip(binThresholds, binThresholds.dropFirst()) {
        levels.append("\(Self.label(low)) to \(Self.label(high))")
      }
      levels.append("\(Self.label(last)) or more")
    }
    if hasMissing { levels.append("missing") }
    guard !levels.isEmpty else { return nil }
    return IndicatorGroup(
      name: input.name, source: input.source, levels: levels,
      penaltyFactor: binThresholds.isEmpty ? 1 : binPenaltyFactor)
  }

  /// The group's code of a value; missing is NaN.
  @inline(__always)
  func code(_ value: Double) -> UInt16 {
    let binCount = binThresholds.isEmpty ? 0 : binThresholds.count + 1
    // Missing has the level behind the bins where training saw one; otherwise that index is the
    // group's level count, which means none of the indicators.
    if value.isNaN { return UInt16(binCount) }
    guard binCount > 0 else { return hasMissing ? 1 : 0 }
    var low = 0
    var high = binThresholds.count
    while low < high {
      let middle = (low + high) / 2
      if value < binThresholds[middle] { high = middle } else { low = middle + 1 }
    }
    return UInt16(low)
  }

  /// A threshold for names of levels, in at most six significant digits unless fewer are asked for;
  /// whole digits are never rounded away.
  static func label(_ value: Double, significant: Int = 6) -> String {
    guard value != 0, value.isFinite else { return "0" }
    let digits = significant - 1 - Int(log10(abs(value)).rounded(.down))
    guard digits > 0 else { return "\(Int64(exactly: value.rounded()) ?? 0)" }
    let factor = pow(10, Double(min(digits, 15)))
    let rounded = (value * factor).rounded() / factor
    return rounded == rounded.rounded() ? "\(Int64(exactly: rounded) ?? 0)" : "\(rounded)"
  }
}
