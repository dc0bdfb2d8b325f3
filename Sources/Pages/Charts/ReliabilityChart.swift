import Metrics
import Reports

/// What a score promises against what happened: groups of leads with intervals.
struct ReliabilityChart {
  struct Point {
    let score: Double
    let rate: Double
    let interval: ConfidenceInterval
  }

  let points: [Point]
  /// Whether the score is a probability, to be held against the diagonal.
  let isProbability: Bool
  let xTitle: String
  let text: PageText

  func figure(id: String, title: String, description: String) -> Figure {
    Figure(id: id, title: title, description: description, draw: draw)
  }

  /// A round end of the axis of rates, and of probabilities beside it.
  private var rateEnd: Double {
    let highest = points.map { max($0.interval.high, isProbability ? $0.score : 0) }.max() ?? 1
    return min(1, LinearScale.roundEnd(highest))
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let height = 300.0
    var canvas = SVGCanvas(width: width, height: height)
    let rateEnd = rateEnd
    let lowest = min(0, points.map(\.score).min() ?? 0)
    let highest = isProbability ? rateEnd : LinearScale.roundEnd(points.map(\.score).max() ?? 1)
    let x = LinearScale(lowest...max(highest, lowest + 1e-9), to: (46, width - 22))
    let y = LinearScale(0...rateEnd, to: (height - 46, 28))
    let decimals = rateEnd < 0.04 ? 1 : 0
    for tick in x.ticks(4) {
      canvas.line(x(tick), y(0), x(tick), y(0) + 5, "axis")
      canvas.text(
        x(tick), y(0) + 19, isProbability ? text.percent(tick, decimals) : text.plain(tick), "tick",
        anchor: .middle)
    }
    for tick in y.ticks(4) {
      canvas.line(x(lowest), y(tick), width - 22, y(tick), tick == 0 ? "axis" : "grid")
      canvas.text(x(lowest) - 7, y(tick) + 4, text.percent(tick, decimals), "tick", anchor: .end)
    }
    canvas.text(x(lowest), 14, text(.conversionRate), "axis-title")
    canvas.text(width - 22, height - 6, xTitle, "axis-title", anchor: .end)
    if isProbability { canvas.line(x(0), y(0), x(highest), y(min(highest, rateEnd)), "chance") }
    let side = isProbability ? "model" : "rules"
    for point in points {
      let place = x(point.score)
      canvas.line(place, y(point.interval.low), place, y(point.interval.high), "\(side)-whisker")
    }
    canvas.path(points.map { (x($0.score), y($0.rate)) }, "\(side)-thin")
    for point in points {
      if isProbability {
        canvas.circle(x(point.score), y(point.rate), 4.5, "model-dot")
      } else {
        canvas.diamond(x(point.score), y(point.rate), 5.5, "rules-dot")
      }
    }
    return canvas
  }
}
