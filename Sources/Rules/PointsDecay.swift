/// How the points of events grow less with their age.
public enum PointsDecay: Sendable, Equatable {
  /// Half after each `seconds`, smoothly: `2^(−age / seconds)`.
  case halfLife(seconds: Int)
  /// After each whole `every` seconds, `percent` of the points at first: `max(0, 1 − steps · percent)`.
  /// Thousandths of a percent.
  case linearSteps(every: Int, percent: Int)
  /// After each whole `every` seconds, `percent` of what was left: `(1 − percent)^steps`.
  case compoundSteps(every: Int, percent: Int)

  /// What is left of points at an age, from 1 down to 0.
  ///
  /// Uses no function of the system's mathematical library, so that it is the same on every machine.
  /// - Parameter age: in seconds, not negative.
  func factor(age: Double) -> Double {
    switch self {
    case .halfLife(let seconds):
      return powerOfHalf(age / Double(seconds))
    case .linearSteps(let every, let percent):
      let left = 100_000 - (age / Double(every)).rounded(.down) * Double(percent)
      return max(0, left / 100_000)
    case .compoundSteps(let every, let percent):
      return power(
        Double(100_000 - percent) / 100_000, Int((age / Double(every)).rounded(.down)))
    }
  }
}

/// What is left of points that fade evenly to nothing over a lifespan.
/// - Parameters:
///   - age: in seconds, not negative.
///   - lifespan: in seconds, above zero.
func fadeFactor(age: Double, lifespan: Double) -> Double {
  age >= lifespan ? 0 : (lifespan - age) / lifespan
}

/// `2^(−x)` for `x ≥ 0`, exact for whole `x`, elsewhere within 10⁻¹⁴ of its value.
///
/// The whole part moves the exponent; the rest, brought to −½…½, is a Taylor sum of e^(−r·ln 2), whose
/// first term left out is below (½·ln 2)^14 / 14! ≈ 4·10⁻¹⁸.
func powerOfHalf(_ x: Double) -> Double {
  let whole = x.rounded()
  // Points are at most a million, in thousandths: less than 2⁻¹⁰⁰ of them is nothing.
  guard whole < 100 else { return 0 }
  let exponent = (whole - x) * 0.693_147_180_559_945_3
  var sum = 1.0
  for term in stride(from: 13.0, to: 0, by: -1) { sum = 1 + exponent / term * sum }
  return sum * Double(sign: .plus, exponent: -Int(whole), significand: 1)
}

/// `base` to a whole power of at least 0, by squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, square, left) = (1.0, base, exponent)
  while left > 0 {
    if left & 1 == 1 { result *= square }
    square *= square
    left >>= 1
  }
  return result
}

/// Points in thousandths times a factor, rounded to the nearest thousandth, halves away from zero.
func scaled(_ thousandths: Int, by factor: Double) -> Int {
  Int((Double(thousandths) * factor).rounded())
}
