import Metrics
import Models
import Tables

extension ColumnContribution {
  /// Which way the column moves the log-odds: `more raises`; `Referral +0.62, Event +0.2; Ads −0.4`.
  /// - Parameter type: of the column; a date rises by being later.
  func words(type: ColumnType?) -> String {
    var parts: [String] = []
    let more = type == .date ? "later" : "more"
    switch direction {
    case .raises: parts.append("\(more) raises")
    case .lowers: parts.append("\(more) lowers")
    case .bothWays: parts.append("both ways")
    case nil: break
    }
    for levels in [raising, lowering] where !levels.isEmpty {
      parts.append(
        levels.map { level in
          // Of a flag the words are ours, whatever its cells say.
          let name = type == .flag ? PhraseBook.current?(level.name) ?? level.name : level.name
          return "\(name) \(NumberText.signed(level.mean, 2))"
        }.joined(separator: ", "))
    }
    if let missing { parts.append("not filled in \(NumberText.signed(missing, 2))") }
    return parts.isEmpty ? "–" : parts.joined(separator: "; ")
  }
}

extension ColumnContributions {
  /// What raises and what lowers the probabilities.
  ///
  /// - Parameters:
  ///   - types: of the columns, by name.
  ///   - columns: columns shown, the first of the list.
  func add(
    to page: inout TextPage, types: [String: ColumnType], columns shown: Int
  ) {
    guard !columns.isEmpty else { return }
    page.heading("What raises and lowers the probabilities")
    page.paragraph(
      "Exact reasons of \(NumberText.count(leads)) of the leads it learned from. Moves: how far the "
        + "column moves a lead's log-odds on average, either way (0.1 is a tenth more or less in odds). "
        + "Direction: where more of it goes, or the values that raise and lower most. It says what the "
        + "model does, not what would happen if the column were changed.")
    var table = TextTable([.names("Column"), .number("Moves"), .text("Direction")])
    for column in columns.prefix(shown) {
      table.add([
        column.column, NumberText.fixed(column.meanSize, 2),
        column.words(type: types[column.column]),
      ])
    }
    page.table(table)
    let hidden = max(0, columns.count - shown)
    if hidden > 0 {
      page.paragraph(
        "Not shown: \(NumberText.counted(hidden, "weaker column")); --json lists all.")
    }
  }
}
