import Reports
import Rules

/// What became of a sheet of points.
public struct ImportReport: Report {
  /// Where the rule file is.
  public let file: String
  /// How many rules it holds.
  public let rules: Int
  /// The rows that are no rules.
  public let unread: [RuleSheet.UnreadRow]
  /// Rows that could not be read at all, and were to be left out.
  public let skippedRows: Int

  public init(_ reading: RuleSheet.Reading, file: String, skippedRows: Int) {
    self.file = file
    rules = reading.ruleCount
    unread = reading.unread
    self.skippedRows = skippedRows
  }

  public func text(width: Int) -> String {
    var lines = ["\(rules) rule\(rules == 1 ? "" : "s") written to \(file)."]
    if skippedRows > 0 {
      lines.append(
        "\(skippedRows) row\(skippedRows == 1 ? "" : "s") left out that can't be read.")
    }
    if !unread.isEmpty {
      lines.append("Not read, and to be written by hand (empty rows are not counted):")
      lines += unread.map { "  \($0)" }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
