/// Numbers as people read them.
public enum NumberText {
  /// A whole number with thousands separated: `1,234,567`.
  public static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// A number of leads: whole where it is whole to a hundredth, else with one decimal (weights, ties
  /// in expectation).
  public static func count(_ value: Double) -> String {
    fixed(value, abs(value - value.rounded()) < 0.005 ? 0 : 1)
  }

  /// A number of leads to the nearest whole one.
  public static func wholeCount(_ value: Double) -> String {
    fixed(value, 0)
  }

  /// Thousands separated and as many decimals as asked for, ties away from zero: `1,234.50`.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : (value > 0 ? "∞" : "-∞") }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    // Beyond 2⁵³ there are no decimals to show.
    guard scaled < 9_007_199_254_740_992 else { return value.description }
    let units = Int(scaled)
    let whole = count(units / Int(scale))
    let sign = value < 0 && units != 0 ? "-" : ""
    guard decimals > 0 else { return sign + whole }
    let rest = String(units % Int(scale))
    return sign + whole + "." + String(repeating: "0", count: decimals - rest.count) + rest
  }

  /// A number of things: `1 lead`, `1,130 leads`.
  public static func counted(_ value: Int, _ singular: String, _ plural: String? = nil) -> String {
    count(value) + " " + (value == 1 ? singular : plural ?? singular + "s")
  }

  /// With its sign, also when positive: `+0.081`; without one where it rounds to zero.
  public static func signed(_ value: Double, _ decimals: Int) -> String {
    let text = fixed(value, decimals)
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    return text.hasPrefix("-") || isZero ? text : "+" + text
  }

  /// A share as a percentage: `0.2` is `20%`, `0.115` with one decimal `11.5%`.
  public static func percent(_ share: Double, _ decimals: Int = 1) -> String {
    fixed(share * 100, decimals) + "%"
  }

  /// The share of `part` in `whole` as a percentage with one decimal; `<0.1%` where that would show none
  /// of something that is there.
  public static func percent(of part: Int, in whole: Int) -> String {
    let share = whole > 0 ? Double(part) / Double(whole) : 0
    return part > 0 && share < 0.000_5 ? "<0.1%" : percent(share)
  }

  /// A share that was asked for, with the decimals that it needs: `20%`, `2.5%`.
  public static func share(_ share: Double) -> String {
    let points = share * 100
    return fixed(points, abs(points - points.rounded()) < 1e-9 ? 0 : 1) + "%"
  }

  /// A number as somebody would write it down: up to three decimals, none that are zero: `25`, `12.5`.
  public static func plain(_ value: Double) -> String {
    for decimals in 0..<3 {
      var scale = 1.0
      for _ in 0..<decimals { scale *= 10 }
      if abs(value * scale - (value * scale).rounded()) < 0.005 { return fixed(value, decimals) }
    }
    return fixed(value, 3)
  }

  /// Three digits that matter: `0.0123`, `1.23`, `12.3`, `1,234`.
  public static func significant(_ value: Double) -> String {
    let size = abs(value)
    if size == 0 { return "0" }
    if size < 0.000_095 || size >= 1e12 { return shortExponent(value) }
    var decimals = 2
    var bound = 1.0
    while size < bound * 0.999_5, decimals < 7 {
      decimals += 1
      bound /= 10
    }
    if size >= 9.995 { decimals = size >= 99.95 ? 0 : 1 }
    return fixed(value, decimals)
  }

  /// `2.1e-7`: two digits and the power of ten.
  private static func shortExponent(_ value: Double) -> String {
    guard value.isFinite else { return fixed(value, 0) }
    var mantissa = abs(value)
    var exponent = 0
    while mantissa >= 9.95 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 0.995 {
      mantissa *= 10
      exponent -= 1
    }
    return (value < 0 ? "-" : "") + fixed(mantissa, 1) + "e\(exponent)"
  }

  /// `p = 0.024`, or `p < 0.001` below what is worth telling apart.
  public static func pValue(_ value: Double) -> String {
    value < 0.001 ? "p < 0.001" : "p = " + fixed(value, value < 0.0995 ? 3 : 2)
  }
}
