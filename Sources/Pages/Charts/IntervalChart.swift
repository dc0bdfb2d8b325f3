import Metrics

/// Values with their intervals, one row each, against a line that means "no difference".
struct IntervalChart {
  struct Mark {
    let value: Double
    let interval: ConfidenceInterval?
    /// `model`, `rules`, or `quiet` for what says nothing.
    let side: String
  }

  struct Row {
    let label: String
    /// Said under the label where it is remarkable.
    let remark: String
    /// Whether the remark is something to look at.
    let isAlarm: Bool
    let marks: [Mark]
  }

  let rows: [Row]
  /// Where the line stands.
  let reference: Double
  let domain: ClosedRange<Double>
  let axisTitle: String
  let tickText: (Double) -> String

  func figure(id: String, title: String, description: String) -> Figure {
    Figure(id: id, title: title, description: description, draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let isWide = width > 500
    let labelWidth = isWide ? width * 0.44 : 0
    func height(_ row: Row) -> Double {
      let marks = Double(max(1, row.marks.count)) * 14
      if isWide { return max(row.remark.isEmpty ? 30 : 44, marks + 14) }
      return (row.remark.isEmpty ? 24 : 40) + marks + 6
    }
    let bottom = rows.reduce(4) { $0 + height($1) } + 4
    var canvas = SVGCanvas(width: width, height: bottom + 42)
    let x = LinearScale(domain, to: (labelWidth + 14, width - 16))
    for tick in x.ticks(isWide ? 5 : 4) {
      canvas.line(x(tick), 2, x(tick), bottom, "grid")
      canvas.text(x(tick), bottom + 17, tickText(tick), "tick", anchor: .middle)
    }
    canvas.line(x(reference), 2, x(reference), bottom, "reference")
    canvas.text(width - 4, bottom + 36, axisTitle, "axis-title", anchor: .end)
    var top = 4.0
    for row in rows {
      let rowHeight = height(row)
      let textX = isWide ? 0 : 4.0
      let room = isWide ? labelWidth : width - 8
      let hasRemark = !row.remark.isEmpty
      let firstLine = isWide ? top + rowHeight / 2 + (hasRemark ? -3 : 4.5) : top + 16
      canvas.text(textX, firstLine, SVGCanvas.fitted(row.label, width: room), "label")
      if hasRemark {
        canvas.text(
          textX, firstLine + 16, SVGCanvas.fitted(row.remark, width: room, size: 12),
          row.isAlarm ? "remark alarm" : "remark")
      }
      let marksHeight = Double(row.marks.count) * 14
      var y =
        isWide
        ? top + (rowHeight - marksHeight) / 2 + 7 : top + (hasRemark ? 40 : 24) + 7
      for mark in row.marks {
        if let interval = mark.interval {
          canvas.line(x(interval.low), y, x(interval.high), y, "\(mark.side)-whisker")
        }
        if mark.side == "rules" {
          canvas.diamond(x(mark.value), y, 5.5, "rules-dot")
        } else {
          canvas.circle(x(mark.value), y, 4.5, "\(mark.side)-dot")
        }
        y += 14
      }
      top += rowHeight
      canvas.line(0, top, width, top, "row-line")
    }
    return canvas
  }
}
