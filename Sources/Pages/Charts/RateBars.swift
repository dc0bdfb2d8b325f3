import Metrics
import Reports

/// Conversion rates as bars, each with its interval, its number of leads, and what the model expects.
struct RateBars {
  struct Row {
    let label: String
    /// `nil` without leads.
    let rate: Double?
    let interval: ConfidenceInterval?
    /// What the model expects, on average; `nil` to leave it out.
    let expected: Double?
    /// Said at the right: the rate and of how many.
    let note: String
    /// `model`, `rules` or `both`: how the bar is coloured.
    let side: String
  }

  let rows: [Row]
  let text: PageText

  func figure(id: String, title: String, description: String) -> Figure {
    Figure(id: id, title: title, description: description, draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let isWide = width > 500
    // On a phone the label stands above its bar.
    let labelWidth =
      isWide
      ? min(240, 14 + (rows.map { SVGCanvas.textWidth($0.label) }.max() ?? 0)) : 0
    let noteWidth = 10 + (rows.map { SVGCanvas.textWidth($0.note) }.max() ?? 0)
    let rowHeight = isWide ? 34.0 : 50.0
    let height = Double(rows.count) * rowHeight + 30
    var canvas = SVGCanvas(width: width, height: height)
    let highest = rows.compactMap { max($0.interval?.high ?? 0, $0.expected ?? 0) }.max() ?? 1
    let end = min(1, LinearScale.roundEnd(highest))
    let x = LinearScale(0...end, to: (max(labelWidth, 18), width - noteWidth - 6))
    let bottom = Double(rows.count) * rowHeight + 4
    for tick in x.ticks(isWide ? 5 : 3) {
      canvas.line(x(tick), 4, x(tick), bottom, tick == 0 ? "axis" : "grid")
      canvas.text(
        x(tick), bottom + 18, text.percent(tick, end < 0.04 ? 1 : 0), "tick", anchor: .middle)
    }
    for (index, row) in rows.enumerated() {
      let top = Double(index) * rowHeight + (isWide ? 4 : 20)
      let middle = top + (isWide ? 17 : 14)
      if isWide {
        canvas.text(
          labelWidth - 10, middle + 4.5, SVGCanvas.fitted(row.label, width: labelWidth - 12),
          "label", anchor: .end)
      } else {
        canvas.text(4, top - 1, SVGCanvas.fitted(row.label, width: width - 12), "label")
      }
      canvas.text(width - 4, middle + 4.5, row.note, "note", anchor: .end)
      guard let rate = row.rate else { continue }
      canvas.rect(x(0), middle - 9, x(rate) - x(0), 18, "\(row.side)-bar", radius: 2)
      if let interval = row.interval {
        canvas.whisker(x(interval.low), x(interval.high), y: middle, "whisker")
      }
      if let expected = row.expected { canvas.circle(x(expected), middle, 4.5, "expected-dot") }
    }
    return canvas
  }
}
