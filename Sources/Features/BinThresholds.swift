/// Where a number's bins part: bin b holds the values below threshold b and not below the one before.
///
/// “visits < 3.5” is bins up to the one with threshold 3.5. NaN, which is missing, has no bin here.
public struct BinThresholds: Codable, Sendable, Equatable {
  /// Strictly ascending, at most 253, none of them NaN or −∞.
  public let values: [Double]

  public init(_ values: [Double]) {
    precondition(values.count < BinnedFeature.mostBins - 1, "at most 253 thresholds")
    self.values = values
  }

  /// Bins, the missing one not counted.
  public var valueBinCount: Int { values.count + 1 }

  /// The number of thresholds that are at most the value; not for NaN.
  public func bin(of value: Double) -> Int {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The values below a threshold, as text: `< 3.5`, `≤ 0`. As few digits as tell the threshold from
  /// its neighbours, six at most where that is enough.
  func text(_ index: Int) -> String {
    let value = values[index]
    if value == .leastNonzeroMagnitude { return "≤ 0" }
    if value == -.greatestFiniteMagnitude { return "= -inf" }
    return "< \(shortText(index, scale: 1))"
  }

  /// As `text`, for thresholds that are shares: `< 12.3%`. Nobody looks one up in the data, so a
  /// thousandth of it is near enough where that tells it from its neighbours.
  func percentText(_ index: Int) -> String {
    "< \(shortText(index, scale: 100, precision: 1e-3))%"
  }

  /// The values of a bin, as text: `< 3.5`, `3.5 to 8`, `≥ 8`.
  func rangeText(_ bin: Int) -> String { rangeText(bin, bin) }

  /// The values of neighbouring bins, as text. The threshold right above 0 parts what is 0 from what is more:
  /// `0`, `above 0 to 3.5`, `> 0`.
  func rangeText(_ first: Int, _ last: Int) -> String {
    if first == 0 { return last < values.count ? text(last) : "any" }
    let isAboveZero = values[first - 1] == .leastNonzeroMagnitude
    let low = isAboveZero ? "above 0" : shortText(first - 1, scale: 1)
    guard last < values.count else { return isAboveZero ? "> 0" : "≥ \(low)" }
    guard values[last] == .leastNonzeroMagnitude else {
      return "\(low) to \(shortText(last, scale: 1))"
    }
    return values[first - 1] == 0 ? "0" : "\(low) to 0"
  }

  private func shortText(_ index: Int, scale: Double, precision: Double = 1e-6) -> String {
    let value = values[index]
    var gap = Double.infinity
    if index > 0 { gap = min(gap, value - values[index - 1]) }
    if index + 1 < values.count { gap = min(gap, values[index + 1] - value) }
    return Self.shortText(value * scale, tolerance: gap * scale / 100, precision: precision)
  }

  /// The decimal number of fewest digits that is as near as asked for, and near to a `precision` of the
  /// value; whole digits are kept.
  static func shortText(_ value: Double, tolerance: Double, precision: Double = 1e-6) -> String {
    let magnitude = abs(value)
    guard magnitude < 1e15 else { return "\(value)" }
    let near = min(tolerance, magnitude * precision)
    var scale = 1.0
    while scale <= 1e15 {
      let rounded = (value * scale).rounded() / scale
      if abs(rounded - value) <= near {
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
      }
      scale *= 10
    }
    return "\(value)"
  }
}
