import Metrics
import Models

extension [ColumnImportance] {
  /// What the model looks at.
  /// - Parameter columns: columns shown, the first of the list.
  func add(to page: inout TextPage, columns: Int) {
    guard !isEmpty else { return }
    page.heading("What the model looks at")
    page.paragraph(
      "Share of gain: how much of what the trees learned came from splits on the column. Loss without "
        + "it: by how much the out-of-fold log loss rises when the column's cells are shuffled among "
        + "the leads; near 0, the model could do without the column.")
    var table = TextTable([
      .names("Column"), .number("Share\nof gain"), .number("Loss\nwithout it"),
      .number("95% interval"),
    ])
    for column in prefix(columns) {
      table.add([
        column.column, column.gainShare.map { NumberText.percent($0) } ?? "–",
        FigureText.signed(column.logLossIncrease, 4),
        FigureText.interval(column.interval, decimals: 4, signed: true),
      ])
    }
    page.table(table)
    let hidden = Swift.max(0, count - columns)
    if hidden > 0 {
      page.paragraph(
        "Not shown: \(NumberText.counted(hidden, "weaker column")); --json lists all.")
    }
  }
}
