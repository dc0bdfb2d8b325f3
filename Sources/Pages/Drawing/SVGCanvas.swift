import Metrics

/// Shapes on a plane of user units, written as SVG. Colours and strokes are the style sheet's, by class.
struct SVGCanvas {
  enum Anchor: String {
    case start
    case middle
    case end
  }

  let width: Double
  private(set) var height: Double
  private var body = ""

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// How wide text of this size is at most, nearly: sans-serif letters are half as wide as high, and some.
  static func textWidth(_ text: String, size: Double = 13) -> Double {
    text.reduce(0) { sum, letter in
      let narrow = "iljtfI.,:;'’|()[] -·"
      let wide = "mwMWQO%@"
      return sum + size * (narrow.contains(letter) ? 0.36 : wide.contains(letter) ? 0.9 : 0.61)
    }
  }

  /// The text, cut with an ellipsis where it would be wider.
  static func fitted(_ text: String, width: Double, size: Double = 13) -> String {
    guard textWidth(text, size: size) > width else { return text }
    var cut = text
    while !cut.isEmpty, textWidth(cut + "…", size: size) > width { cut.removeLast() }
    return cut + "…"
  }

  /// A text in as many lines as it takes; a word that is wider than a line is cut.
  static func lines(_ text: String, width: Double, size: Double = 13) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, textWidth("\(last) \(word)", size: size) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(fitted(String(word), width: width, size: size))
      }
    }
    return lines
  }

  /// Makes room below.
  mutating func extend(to height: Double) { self.height = max(self.height, height) }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ name: String) {
    add("line", name, [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)])
  }

  mutating func rect(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ name: String,
    radius: Double = 0, opacity: Double? = nil
  ) {
    var numbers = [("x", x), ("y", y), ("width", max(0, width)), ("height", max(0, height))]
    if radius > 0 { numbers.append(("rx", radius)) }
    if let opacity { numbers.append(("fill-opacity", opacity)) }
    add("rect", name, numbers)
  }

  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ name: String) {
    add("circle", name, [("cx", x), ("cy", y), ("r", radius)])
  }

  /// A square standing on its corner.
  mutating func diamond(_ x: Double, _ y: Double, _ radius: Double, _ name: String) {
    path(
      [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], name, isClosed: true)
  }

  mutating func path(_ points: [(Double, Double)], _ name: String, isClosed: Bool = false) {
    guard let first = points.first else { return }
    var data = "M\(Self.number(first.0)) \(Self.number(first.1))"
    for point in points.dropFirst() {
      data += "L\(Self.number(point.0)) \(Self.number(point.1))"
    }
    body += "<path class=\"\(name)\" d=\"\(data)\(isClosed ? "Z" : "")\"/>\n"
  }

  mutating func text(
    _ x: Double, _ y: Double, _ text: String, _ name: String, anchor: Anchor = .start
  ) {
    let numbers = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    body += "<text class=\"\(name)\" \(numbers)\(side)>\(escaped(text))</text>\n"
  }

  /// Whisker of an interval along x.
  mutating func whisker(_ low: Double, _ high: Double, y: Double, _ name: String) {
    line(low, y, high, y, name)
    line(low, y - 3, low, y + 3, name)
    line(high, y - 3, high, y + 3, name)
  }

  private mutating func add(_ shape: String, _ name: String, _ numbers: [(String, Double)]) {
    let written = numbers.map { "\($0.0)=\"\(Self.number($0.1))\"" }.joined(separator: " ")
    body += "<\(shape) class=\"\(name)\" \(written)/>\n"
  }

  /// A coordinate to a hundredth of a unit.
  private static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    if hundredths % 100 == 0 { return String(hundredths / 100) }
    return String(Double(hundredths) / 100)
  }

  /// The drawing with its alternative text.
  /// - Parameter id: names the texts; unique on the page.
  func svg(id: String, title: String, description: String, className: String) -> String {
    let size = "0 0 \(Self.number(width)) \(Self.number(height))"
    return """
      <svg class="\(className)" viewBox="\(size)" role="img" aria-labelledby="\(id)-t \(id)-d">
      <title id="\(id)-t">\(escaped(title))</title><desc id="\(id)-d">\(escaped(description))</desc>
      \(body)</svg>

      """
  }
}

extension SVGCanvas {
  /// The drawing as a file of its own, with its colours and ground, at its own size.
  func file(id: String, title: String, description: String) -> String {
    let (width, height) = (Self.number(width), Self.number(height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="file" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" role="img" aria-labelledby="\(id)-t \(id)-d">
      <title id="\(id)-t">\(escaped(title))</title><desc id="\(id)-d">\(escaped(description))</desc>
      <style>
      \(Stylesheet.drawing)</style>
      <rect class="ground" width="\(width)" height="\(height)"/>
      \(body)</svg>

      """
  }
}

/// Numbers to places along a line.
struct LinearScale {
  let domain: ClosedRange<Double>
  let range: (Double, Double)

  init(_ domain: ClosedRange<Double>, to range: (Double, Double)) {
    self.domain = domain
    self.range = range
  }

  func callAsFunction(_ value: Double) -> Double {
    let width = domain.upperBound - domain.lowerBound
    let share = width > 0 ? (value - domain.lowerBound) / width : 0
    return range.0 + min(max(share, 0), 1) * (range.1 - range.0)
  }

  /// Round numbers within the domain, about `count` of them.
  func ticks(_ count: Int) -> [Double] {
    let step = Self.roundStep((domain.upperBound - domain.lowerBound) / Double(max(1, count)))
    let first = (domain.lowerBound / step).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard last >= first else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is at least `wanted`.
  static func roundStep(_ wanted: Double) -> Double {
    guard wanted > 0, wanted.isFinite else { return 1 }
    var power = 1.0
    while power > wanted { power /= 10 }
    while power * 10 <= wanted { power *= 10 }
    return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= wanted * 0.999_999 } ?? 10 * power
  }

  /// The next round number above a value, for the end of an axis that starts at 0.
  static func roundEnd(_ value: Double, steps: Int = 4) -> Double {
    let step = roundStep(value / Double(steps))
    return max(step, (value / step - 1e-9).rounded(.up) * step)
  }
}
