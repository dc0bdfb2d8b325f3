import Audit
import Metrics
import Tables

extension EmailGroups {
  private var columnWords: String { columns.map { "“\($0)”" }.joined(separator: ", ") }

  private var placeholderWords: String {
    placeholderCount == 1
      ? "one address stands in \(NumberText.count(placeholderRowCount)) rows"
      : "\(NumberText.count(placeholderCount)) addresses stand in more than "
        + "\(Self.placeholderLimit) rows each"
  }

  /// What was done about leads that share an address.
  var warnings: [String] {
    var warnings: [String] = []
    if rowCount > 0 {
      warnings.append(
        "\(NumberText.count(rowCount)) closed leads share an e-mail address with another "
          + "(\(columnWords)): they are taken for one lead and kept in one fold.")
    }
    if placeholderCount > 0 {
      warnings.append(
        "In \(columnWords), \(placeholderWords): taken for placeholders, which make no leads the same."
      )
    }
    return warnings
  }

  var findings: [Finding] {
    var findings: [Finding] = []
    if rowCount > 0 {
      findings.append(
        Finding(
          severity: .note, kind: .duplicateLeads, columns: columns,
          finding: "leads with the same e-mail address",
          evidence: "\(NumberText.count(rowCount)) closed leads share theirs with another",
          figures: ["rows": Double(rowCount)],
          action: "taken for one lead and kept in one fold"))
    }
    if placeholderCount > 0 {
      findings.append(
        Finding(
          severity: .note, kind: .duplicateLeads, columns: columns,
          finding: "e-mail addresses that are placeholders", evidence: placeholderWords,
          figures: ["addresses": Double(placeholderCount), "rows": Double(placeholderRowCount)],
          action:
            "they make no leads the same; empty the cells, or name the addresses with --missing"
        ))
    }
    return findings
  }
}
