import Metrics
import Reports

/// The share of buyers found along the list, by each side, with intervals.
struct GainChart {
  let curves: GainCurves
  let headlineShare: Double
  let text: PageText

  func figure(id: String) -> Figure {
    let at = curves.points.last { $0.share <= headlineShare + 1e-9 }
    return Figure(
      id: id, title: text(.gainTitle),
      description: text(
        .gainDescription,
        [
          "share": text.share(headlineShare), "model": text.percent(at?.model ?? 0, 0),
          "rules": text.percent(at?.rules ?? 0, 0),
        ]), draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let isWide = width > 500
    let height = isWide ? 400.0 : 320.0
    var canvas = SVGCanvas(width: width, height: height)
    let x = LinearScale(0...1, to: (46, width - 22))
    let y = LinearScale(0...1, to: (height - 46, 26))
    for tick in x.ticks(isWide ? 10 : 5) {
      canvas.line(x(tick), y(0), x(tick), y(0) + 5, "axis")
      canvas.text(x(tick), y(0) + 19, text.percent(tick, 0), "tick", anchor: .middle)
    }
    for tick in y.ticks(5) {
      canvas.line(x(0), y(tick), x(1), y(tick), tick == 0 ? "axis" : "grid")
      canvas.text(x(0) - 7, y(tick) + 4, text.percent(tick, 0), "tick", anchor: .end)
    }
    canvas.text(x(0), 14, text(.gainY), "axis-title")
    canvas.text(x(1), height - 6, text(.gainX), "axis-title", anchor: .end)
    canvas.line(x(0), y(0), x(1), y(1), "chance")
    let points = curves.points
    band(points.map { ($0.share, $0.rulesInterval) }, x, y, "rules-band", &canvas)
    band(points.map { ($0.share, $0.modelInterval) }, x, y, "model-band", &canvas)
    canvas.path(points.map { (x($0.share), y($0.rules)) }, "rules-line")
    canvas.path(points.map { (x($0.share), y($0.model)) }, "model-line")
    mark(x, y, &canvas)
    return canvas
  }

  private func band(
    _ bounds: [(share: Double, interval: ConfidenceInterval)], _ x: LinearScale, _ y: LinearScale,
    _ name: String, _ canvas: inout SVGCanvas
  ) {
    let upper = bounds.map { (x($0.share), y($0.interval.high)) }
    let lower = bounds.reversed().map { (x($0.share), y($0.interval.low)) }
    canvas.path(upper + lower, name, isClosed: true)
  }

  /// The share of the headline, with what each has found there.
  private func mark(_ x: LinearScale, _ y: LinearScale, _ canvas: inout SVGCanvas) {
    guard let point = curves.points.last(where: { $0.share <= headlineShare + 1e-9 }) else {
      return
    }
    let place = x(point.share)
    canvas.line(place, y(0), place, y(1), "marker")
    canvas.circle(place, y(point.model), 4.5, "model-dot")
    canvas.diamond(place, y(point.rules), 5.5, "rules-dot")
    let labels = [
      (text(.model), point.model, "model-text"), (text(.rules), point.rules, "rules-text"),
    ]
    // The better curve's label stands above its line, to the left; the other's below, to the right.
    let better = point.model >= point.rules ? 0 : 1
    for (index, label) in labels.enumerated() {
      let words = text(.gainLabel, ["side": label.0, "value": text.percent(label.1, 0)])
      let size = SVGCanvas.textWidth(words, size: 14)
      if index == better {
        let right = max(place - 10, x(0) + 4 + size)
        // Above the line all along its width, since that rises to the right.
        let highest =
          curves.points.last { x($0.share) <= right }.map { max($0.model, $0.rules) } ?? label.1
        let baseline = max(y(max(label.1, highest)) - 8, y(1) + 12)
        plate(right - size, baseline, size, &canvas)
        canvas.text(right, baseline, words, label.2 + " label", anchor: .end)
      } else {
        let baseline = min(y(label.1) + 22, y(0) - 8)
        plate(place + 12, baseline, size, &canvas)
        canvas.text(place + 12, baseline, words, label.2 + " label")
      }
    }
  }

  /// Ground for a label where bands of few leads lie one over the other: on both at once its contrast would
  /// be too low.
  private func plate(_ x: Double, _ baseline: Double, _ size: Double, _ canvas: inout SVGCanvas) {
    canvas.rect(x - 3, baseline - 14, size + 6, 19, "plate", radius: 3)
  }
}
