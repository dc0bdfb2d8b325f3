import Reports

/// The grid of grades: the darker a cell, the more of its leads convert.
struct HeatMap {
  let grid: GradeGrid
  let text: PageText

  func figure(id: String, title: String) -> Figure {
    let best = grid.cells.max { ($0.conversionRate ?? -1) < ($1.conversionRate ?? -1) }
    return Figure(
      id: id, title: title,
      description: text(
        .gridDescription,
        ["best": best?.name ?? "–", "rate": text.percent(best?.conversionRate ?? 0)]), draw: draw)
  }

  private func draw(_ width: Double) -> SVGCanvas {
    let isWide = width > 500
    let left = grid.rowCategory == nil ? 2.0 : (isWide ? 120.0 : 34)
    let top = 44.0
    let gap = 3.0
    let columns = Double(grid.columns.count)
    let cellWidth = min(130, (width - left - 4) / columns)
    let cellHeight = isWide ? 58.0 : 52.0
    let lastRow = top + Double(grid.rows.count) * cellHeight
    var canvas = SVGCanvas(width: width, height: lastRow + 6)
    canvas.text(left, 14, grid.columnCategory, "axis-title")
    if let category = grid.rowCategory {
      // On a phone there is no room; the sentence above names both.
      if isWide {
        canvas.text(
          left - 10, 35, SVGCanvas.fitted(category, width: left - 12), "axis-title", anchor: .end)
      }
    }
    for (index, name) in grid.columns.enumerated() {
      canvas.text(
        left + (Double(index) + 0.5) * cellWidth, 35, name, "label strong", anchor: .middle)
    }
    let highest = grid.cells.compactMap(\.conversionRate).max() ?? 1
    // Below this a cell has no room for its number of leads.
    let hasCounts = cellWidth >= 44
    for (rowIndex, name) in grid.rows.enumerated() {
      let y = top + Double(rowIndex) * cellHeight
      canvas.text(left - 10, y + cellHeight / 2 + 5, name, "label strong", anchor: .end)
      for columnIndex in grid.columns.indices {
        let cell = grid.cells[rowIndex * grid.columns.count + columnIndex]
        let x = left + Double(columnIndex) * cellWidth
        guard let rate = cell.conversionRate else {
          canvas.rect(x, y, cellWidth - gap, cellHeight - gap, "empty-cell", radius: 3)
          canvas.text(
            x + (cellWidth - gap) / 2, y + cellHeight / 2 + 4, "–", "note", anchor: .middle)
          continue
        }
        // Never so dark that letters on it lose their contrast.
        let shade = 0.05 + 0.4 * (highest > 0 ? rate / highest : 0)
        canvas.rect(
          x, y, cellWidth - gap, cellHeight - gap, "heat-cell", radius: 3, opacity: shade)
        let middle = x + (cellWidth - gap) / 2
        canvas.text(
          middle, y + cellHeight / 2 + (hasCounts ? -3 : 3), text.percent(rate, 0), "label strong",
          anchor: .middle)
        if hasCounts {
          canvas.text(
            middle, y + cellHeight / 2 + 14, text.wholeCount(cell.leads), "small", anchor: .middle)
        }
      }
    }
    return canvas
  }
}
