extension BinThresholds {
  /// Distinct values, ascending, and the weight of the rows that hold them.
  struct Distinct: Sendable {
    var values: [Double] = []
    var weights: [Double] = []
  }

  /// Thresholds that cut distinct values into at most `binCount` bins.
  ///
  /// Where there are as many bins as values, each has its own, cut midway between neighbours (as
  /// scikit-learn's `_BinMapper` does). Otherwise bins hold about equal weights, and zero, where it
  /// occurs, has a bin that no other value shares: CRM counts are zero for most leads, and “none” is
  /// another thing than “few”.
  init(_ distinct: Distinct, binCount: Int) {
    let values = distinct.values
    guard values.count > binCount else {
      self.init(zip(values, values.dropFirst()).map { Self.cut($0, $1) })
      return
    }
    guard let zero = values.firstIndex(of: 0), binCount >= 3 else {
      let groups = Self.lastOfGroups(distinct.weights[...], count: binCount)
      self.init(groups.dropLast().map { Self.cut(values[$0], values[$0 + 1]) })
      return
    }
    let below = distinct.weights[..<zero]
    let above = distinct.weights[(zero + 1)...]
    let belowWeight = below.reduce(0, +)
    let aboveWeight = above.reduce(0, +)
    // The bins beside zero's are shared out by weight; each side that has values has one at least.
    let rest = binCount - 1
    let share = (Double(rest) * belowWeight / (belowWeight + aboveWeight)).rounded()
    let fewestBelow = below.isEmpty ? 0 : max(1, rest - above.count)
    let mostBelow = above.isEmpty ? rest : min(rest - 1, below.count)
    let belowCount = min(max(Int(share), fewestBelow), mostBelow)
    var thresholds: [Double] = []
    if !below.isEmpty {
      let groups = Self.lastOfGroups(below, count: belowCount)
      thresholds += groups.dropLast().map { Self.cut(values[$0], values[$0 + 1]) }
      thresholds.append(0)
    }
    if !above.isEmpty {
      thresholds.append(.leastNonzeroMagnitude)
      let groups = Self.lastOfGroups(above, count: rest - belowCount)
      thresholds += groups.dropLast().map { Self.cut(values[$0], values[$0 + 1]) }
    }
    self.init(thresholds)
  }

  /// Neighbouring values joined to at most `count` groups of about equal weight: the index of each
  /// group's last value.
  ///
  /// A value that weighs a whole group's share is a group of its own, and what it weighs beyond that
  /// share is spread over the other groups, as in LightGBM's `GreedyFindBin`.
  static func lastOfGroups(_ weights: ArraySlice<Double>, count: Int) -> [Int] {
    guard weights.count > count else { return Array(weights.indices) }
    var heavy = weights.reduce(0, +) / Double(count)
    var light = LightValues(weights, heavy: heavy)
    // Each run of light values between heavy ones needs a group; with too many of them, fewer values
    // count as heavy.
    while light.runs > count - light.heavyCount {
      heavy *= 2
      light = LightValues(weights, heavy: heavy)
    }
    var restCount = count - light.heavyCount
    var groups: [Int] = []
    var current = 0.0
    for index in weights.indices {
      guard weights[index] < heavy else {
        groups.append(index)
        continue
      }
      current += weights[index]
      let next = index + 1
      let endsRun = next == weights.endIndex || weights[next] >= heavy
      guard
        endsRun || (restCount > light.runs && current * Double(restCount) >= light.weight)
      else { continue }
      groups.append(index)
      restCount -= 1
      light.weight -= current
      current = 0
      if endsRun { light.runs -= 1 }
    }
    return groups
  }

  /// The values below a weight: what they weigh together, and how many runs heavy ones part them into.
  private struct LightValues {
    var weight = 0.0
    var runs = 0
    private(set) var heavyCount = 0

    init(_ weights: ArraySlice<Double>, heavy: Double) {
      var isInRun = false
      for value in weights {
        if value >= heavy {
          heavyCount += 1
          isInRun = false
        } else {
          weight += value
          if !isInRun { runs += 1 }
          isInRun = true
        }
      }
    }
  }

  /// A threshold above `low` and at most `high`: midway where doubles allow it; an infinity is parted
  /// from all finite values.
  static func cut(_ low: Double, _ high: Double) -> Double {
    if low == -.infinity { return high == .infinity ? 0 : -.greatestFiniteMagnitude }
    if high == .infinity { return high }
    let sum = low + high
    let middle = sum.isFinite ? sum / 2 : low / 2 + high / 2
    return middle > low ? middle : high
  }
}
