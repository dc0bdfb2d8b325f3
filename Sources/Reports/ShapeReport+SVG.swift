import Metrics

extension ShapeReport {
  /// The curves as one drawing, a panel each, in SVG 1.1 without scripts or fonts of its own.
  ///
  /// Across, a step of an ordered feature is as wide as the share of leads that have it, so that the picture
  /// is not all tail; down, log-odds against the average lead. Categories are bars.
  public func svg() -> String {
    var drawing = ShapeDrawing(title: "\(column) in \(model)")
    for curve in curves { drawing.add(curve) }
    return drawing.text
  }
}

/// Lines of SVG, panel after panel.
private struct ShapeDrawing {
  private var body: [String] = []
  private var height = 62.0
  private let title: String

  private static let width = 720.0
  /// Of the plot: left of it log-odds or names, right of it the leads that lack a value.
  private static let plot = 90.0...620.0
  private static let plotHeight = 200.0
  private static let barHeight = 18.0
  private static let mostBars = 24
  private static let mostTicks = 6
  /// Colours of what speaks for a lead and against it, told apart by those who see no red or green too.
  private static let colours = (up: "#2166ac", down: "#b2182b")

  private static let caption =
    "Log-odds against the average lead: +0.69 doubles the odds. Across, numbers are as wide as the "
    + "leads that have them."

  init(title: String) { self.title = title }

  var text: String {
    let size = "width=\"\(Self.number(Self.width))\" height=\"\(Self.number(height))\""
    let box = "viewBox=\"0 0 \(Self.number(Self.width)) \(Self.number(height))\""
    return """
      <svg xmlns="http://www.w3.org/2000/svg" \(size) \(box) font-family="sans-serif" font-size="12">
      <rect width="100%" height="100%" fill="#fff"/>
      \(Self.label(title, x: 16, y: 26, extra: "font-size=\"16\" font-weight=\"bold\""))
      \(Self.label(Self.caption, x: 16, y: 46, extra: "fill=\"#444\""))
      \(body.joined(separator: "\n"))
      </svg>

      """
  }

  mutating func add(_ curve: ShapeReport.Curve) {
    let strength = NumberText.fixed(curve.strength, 2)
    body.append(
      Self.label(
        "\(curve.feature): ±\(strength) log-odds on average", x: 16, y: height + 14,
        extra: "font-weight=\"bold\""))
    height += 28
    if curve.isOrdered { addSteps(curve) } else { addBars(curve) }
    height += 18
  }

  private mutating func addSteps(_ curve: ShapeReport.Curve) {
    let all = curve.steps + (curve.missing.map { [$0] } ?? [])
    let scale = AxisScale(all.map(\.logOdds))
    let top = height
    func y(_ logOdds: Double) -> Double {
      top + (scale.high - logOdds) / (scale.high - scale.low) * Self.plotHeight
    }
    for tick in scale.ticks {
      let colour = tick == 0 ? "#666" : "#ddd"
      body.append(
        Self.line(Self.plot.lowerBound, y(tick), Self.plot.upperBound, y(tick), colour))
      body.append(
        Self.label(
          NumberText.signed(tick, scale.decimals), x: Self.plot.lowerBound - 8, y: y(tick) + 4,
          extra: "text-anchor=\"end\" fill=\"#444\""))
    }
    let known = max(curve.steps.reduce(0) { $0 + $1.share }, .leastNormalMagnitude)
    let span = Self.plot.upperBound - Self.plot.lowerBound
    var path = ""
    var before = 0.0
    var x = Self.plot.lowerBound
    var lastTick = -Double.infinity
    for (place, step) in curve.steps.enumerated() {
      path += "\(place == 0 ? "M" : "L")\(Self.number(x)) \(Self.number(y(step.logOdds)))"
      before += step.share / known
      x = Self.plot.lowerBound + span * before
      path += "L\(Self.number(x)) \(Self.number(y(step.logOdds)))"
      // Labels of neighbours must not run into each other.
      guard x - lastTick >= span / Double(Self.mostTicks), place < curve.steps.count - 1 else {
        continue
      }
      lastTick = x
      let bottom = top + Self.plotHeight
      body.append(Self.line(x, bottom, x, bottom + 5, "#666"))
      body.append(
        Self.label(
          step.upperBound.map { NumberText.significant($0) } ?? step.label, x: x, y: bottom + 18,
          extra: "text-anchor=\"middle\" fill=\"#444\""))
    }
    body.append(
      "<path d=\"\(path)\" fill=\"none\" stroke=\"\(Self.colours.up)\" stroke-width=\"2\"/>")
    if let missing = curve.missing {
      let place = Self.plot.upperBound + 40
      body.append(
        "<circle cx=\"\(Self.number(place))\" cy=\"\(Self.number(y(missing.logOdds)))\" r=\"4\" "
          + "fill=\"\(Self.colours.up)\"/>")
      body.append(
        Self.label(
          missing.label, x: place, y: top + Self.plotHeight + 18,
          extra: "text-anchor=\"middle\" fill=\"#444\""))
    }
    height += Self.plotHeight + 28
  }

  private mutating func addBars(_ curve: ShapeReport.Curve) {
    let bars = curve.shown(most: Self.mostBars) + (curve.missing.map { [$0] } ?? [])
    let reach = max(bars.reduce(0) { max($0, abs($1.logOdds)) }, 1e-9)
    let middle = 420.0
    for bar in bars {
      let length = abs(bar.logOdds) / reach * 180
      let x = bar.logOdds < 0 ? middle - length : middle
      body.append(
        "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(height + 2))\" "
          + "width=\"\(Self.number(length))\" height=\"\(Self.number(Self.barHeight - 4))\" "
          + "fill=\"\(bar.logOdds < 0 ? Self.colours.down : Self.colours.up)\"/>")
      let name = bar.label.count > 30 ? bar.label.prefix(29) + "…" : bar.label[...]
      body.append(
        Self.label(String(name), x: 16, y: height + 13, extra: "fill=\"#222\""))
      body.append(
        Self.label(
          "\(NumberText.signed(bar.logOdds, 2)) (\(NumberText.percent(bar.share)))", x: 704,
          y: height + 13, extra: "text-anchor=\"end\" fill=\"#444\""))
      height += Self.barHeight
    }
    body.append(
      Self.line(middle, height - Double(bars.count) * Self.barHeight, middle, height, "#666"))
  }

  private static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: String
  ) -> String {
    "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" "
      + "stroke=\"\(colour)\"/>"
  }

  private static func label(_ text: String, x: Double, y: Double, extra: String) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" \(extra)>\(escaped(text))</text>"
  }

  /// A tenth of a pixel is more than anyone sees.
  private static func number(_ value: Double) -> String { NumberText.fixed(value, 1) }

  /// Names come from the user's data.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      // XML has no place for other control characters.
      case _ where character.value < 32: escaped += " "
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}

/// An axis of round numbers that holds some values and 0.
private struct AxisScale {
  let low: Double
  let high: Double
  let ticks: [Double]
  let decimals: Int

  init(_ values: [Double]) {
    let least = min(values.min() ?? 0, 0)
    let most = max(values.max() ?? 0, 0)
    let span = max(most - least, 0.02)
    // The finest of 1, 2 and 5 times a power of ten that makes at most six steps.
    let sizes = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
    let size = sizes.first { span / $0 <= 6 } ?? span
    let first = Int((least / size).rounded(.down))
    let last = max(Int((most / size).rounded(.up)), first + 1)
    ticks = (first...last).map { Double($0) * size }
    low = Double(first) * size
    high = Double(last) * size
    decimals = size >= 1 ? 0 : size >= 0.1 ? 1 : size >= 0.01 ? 2 : 3
  }
}
