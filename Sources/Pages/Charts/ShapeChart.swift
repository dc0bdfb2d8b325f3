import Explanations
import Metrics
import Reports

extension ShapeReport {
  /// The curves as one drawing that stands by itself, a panel each: SVG 1.1 without scripts or fonts of its own,
  /// light or dark as its reader has it.
  ///
  /// Across, a step of an ordered feature is as wide as the share of leads that have it, so that the picture
  /// is not all tail; down, log-odds against the average lead. Categories are bars.
  public func svg(in language: ReasonLanguage = .english) -> String {
    ShapeChart(report: self, text: PageText(language: language)).svg
  }
}

/// What a column does in an additive model, drawn: what is drawn down the page moves the height along.
struct ShapeChart {
  private let title: String
  private let text: PageText
  private let book: PhraseBook?
  private var canvas = SVGCanvas(width: width, height: 0)
  private var y = 28.0

  private static let width = Figure.wide
  private static let margin = 16.0
  private static let plotHeight = 200.0
  private static let barHeight = 20.0
  private static let mostBars = 24
  /// Of names of levels; longer ones are cut, and stand in full in the report.
  private static let mostNameWidth = 300.0
  private static let small = 12.0
  /// How much wider bold letters are; for all paragraphs, so that they end alike.
  private static let bold = 1.12

  init(report: ShapeReport, text: PageText) {
    self.text = text
    book = text.language == .spanish ? .spanish : nil
    title = text(.shapeTitle, ["column": report.column, "model": report.model])
    add(title, "heading", size: 16, leading: 22)
    add(text(.shapeCaption), "small", size: Self.small, leading: 17)
    for curve in report.curves {
      y += 20
      add(
        text(
          .shapeStrength,
          [
            "feature": book?.feature(curve.feature) ?? curve.feature,
            "strength": text.fixed(curve.strength, 2),
          ]), "strong", size: 13, leading: 18)
      if curve.isOrdered { addSteps(curve) } else { addBars(curve) }
    }
    canvas.extend(to: y + 4)
  }

  var svg: String {
    canvas.file(id: "shape", title: title, description: text(.shapeCaption))
  }

  /// A paragraph at the left, in as many lines as it takes.
  private mutating func add(_ words: String, _ name: String, size: Double, leading: Double) {
    for line in SVGCanvas.lines(words, width: Self.width - 2 * Self.margin, size: Self.bold * size)
    {
      canvas.text(Self.margin, y, line, name)
      y += leading
    }
  }

  private func said(_ level: String, of curve: ShapeReport.Curve) -> String {
    (curve.isFlag ? book?(level) : book?.level(level)) ?? level
  }

  private mutating func addSteps(_ curve: ShapeReport.Curve) {
    let values = (curve.steps + [curve.missing].compactMap(\.self)).map(\.logOdds)
    let axis = Self.axis(values)
    let ticks = axis.ticks.map { (value: $0, label: text.signed($0, axis.decimals)) }
    let missing = curve.missing.map { said($0.label, of: curve) }
    let left =
      Self.margin + 10
      + (ticks.map { SVGCanvas.textWidth($0.label, size: Self.small) }.max() ?? 0)
    let right = Self.width - Self.margin
    let missingWidth = missing.map { SVGCanvas.textWidth($0, size: Self.small) + 24 } ?? 0
    let top = y
    let bottom = top + Self.plotHeight
    let down = LinearScale(axis.range, to: (bottom, top))
    let across = LinearScale(0...1, to: (left, right - missingWidth))
    for tick in ticks {
      canvas.line(
        left, down(tick.value), right, down(tick.value), tick.value == 0 ? "axis" : "grid")
      canvas.text(left - 8, down(tick.value) + 4, tick.label, "tick", anchor: .end)
    }
    let known = max(curve.steps.reduce(0) { $0 + $1.share }, .leastNormalMagnitude)
    var points: [(Double, Double)] = []
    var labels: [(x: Double, text: String, isBound: Bool)] = []
    var before = 0.0
    for step in curve.steps {
      let start = across(before)
      before += step.share / known
      let end = across(before)
      points += [(start, down(step.logOdds)), (end, down(step.logOdds))]
      if let bound = step.upperBound {
        labels.append((end, text.brief(bound), true))
      } else if curve.steps.allSatisfy({ $0.upperBound == nil }) {
        let name = SVGCanvas.fitted(said(step.label, of: curve), width: 110, size: Self.small)
        labels.append(((start + end) / 2, name, false))
      }
    }
    addLabels(labels, from: left, to: right - missingWidth, bottom: bottom)
    canvas.path(points, "shape-line")
    if let value = curve.missing, let missing {
      let x = right - missingWidth / 2
      canvas.circle(x, down(value.logOdds), 4.5, "up-bar")
      canvas.text(x, bottom + 18, missing, "tick", anchor: .middle)
    }
    y = bottom + 28
  }

  /// Those that keep apart, from the left; at neither end do they leave the plot.
  private mutating func addLabels(
    _ labels: [(x: Double, text: String, isBound: Bool)], from left: Double, to right: Double,
    bottom: Double
  ) {
    var free = left - 20
    for label in labels {
      let half = SVGCanvas.textWidth(label.text, size: Self.small) / 2
      guard label.x - half >= free, label.x + half <= right + 8 else { continue }
      free = label.x + half + 12
      if label.isBound { canvas.line(label.x, bottom, label.x, bottom + 5, "axis") }
      canvas.text(label.x, bottom + 18, label.text, "tick", anchor: .middle)
    }
  }

  private mutating func addBars(_ curve: ShapeReport.Curve) {
    let shown = curve.shown(most: Self.mostBars)
    let bars = (shown + [curve.missing].compactMap(\.self)).map { step in
      (
        step: step,
        name: SVGCanvas.fitted(said(step.label, of: curve), width: Self.mostNameWidth),
        note: "\(text.signed(step.logOdds, 2)) (\(text.percent(step.share)))"
      )
    }
    let nameWidth = bars.map { SVGCanvas.textWidth($0.name) }.max() ?? 0
    let noteWidth = bars.map { SVGCanvas.textWidth($0.note) }.max() ?? 0
    let values = bars.map(\.step.logOdds)
    let low = min(values.min() ?? 0, 0)
    let across = LinearScale(
      low...max(values.max() ?? 0, low + 1e-9, 0),
      to: (Self.margin + nameWidth + 12, Self.width - Self.margin - noteWidth - 12))
    let top = y - 10
    for bar in bars {
      let end = across(bar.step.logOdds)
      canvas.rect(
        min(end, across(0)), y - 9, abs(end - across(0)), Self.barHeight - 6,
        bar.step.logOdds < 0 ? "down-bar" : "up-bar")
      canvas.text(Self.margin, y + 2.5, bar.name, "label")
      canvas.text(Self.width - Self.margin, y + 2.5, bar.note, "note", anchor: .end)
      y += Self.barHeight
    }
    canvas.line(across(0), top, across(0), y - 12, "axis")
    if curve.steps.count > shown.count {
      add(
        text(.shapeHidden, ["count": "\(curve.steps.count - shown.count)"]), "small",
        size: Self.small, leading: 17)
    }
  }

  /// An axis of round numbers that holds some values and 0.
  private static func axis(
    _ values: [Double]
  ) -> (range: ClosedRange<Double>, ticks: [Double], decimals: Int) {
    let least = min(values.min() ?? 0, 0)
    let most = max(values.max() ?? 0, 0)
    let step = LinearScale.roundStep(max(most - least, 0.02) / 5)
    let low = (least / step + 1e-9).rounded(.down) * step
    let high = max((most / step - 1e-9).rounded(.up) * step, low + step)
    let range = low...high
    let ticks = (0...Int(((high - low) / step).rounded())).map { place in
      // 0 is 0, whatever its steps have added up to.
      let value = low + Double(place) * step
      return abs(value) < step / 2 ? 0 : value
    }
    var decimals = 0
    var scaled = step
    while decimals < 4, abs(scaled - scaled.rounded()) > 1e-6 {
      scaled *= 10
      decimals += 1
    }
    return (range, ticks, decimals)
  }
}
