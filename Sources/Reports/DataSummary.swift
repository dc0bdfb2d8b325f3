import Metrics

/// What was read: rows and their outcomes.
public struct DataSummary: Codable, Sendable, Equatable {
  /// Where the leads came from, as the user named it: `leads.csv`.
  public let source: String
  /// Rows read, bad ones that were skipped not counted.
  public let rows: Int
  public let won: Int
  public let lost: Int
  /// Neither won nor lost yet; never trained on.
  public let open: Int
  /// Rows that could not be read and were left out (`--skip-bad-rows`).
  public let skippedRows: Int
  /// How the outcome was read: `y = yes is won, y = no is lost`.
  public let outcome: String?
  /// What a row is: `lead`, or `example` of a lead as of a decision.
  public let unit: String?
  /// What else there is to know: separator and encoding, a decimal comma, ambiguous dates.
  public let notes: [String]

  public init(
    source: String, rows: Int, won: Int, lost: Int, open: Int = 0, skippedRows: Int = 0,
    outcome: String? = nil, unit: String? = nil, notes: [String] = []
  ) {
    self.source = source
    self.rows = rows
    self.won = won
    self.lost = lost
    self.open = open
    self.skippedRows = skippedRows
    self.outcome = outcome
    self.unit = unit
    self.notes = notes
  }
}

extension DataSummary {
  /// What a row is called: `lead` or `example`.
  var unitName: String { unit ?? "lead" }

  /// The rows as the heading of a column.
  var unitHeading: String { unitName.capitalisedFirst + "s" }

  func add(to page: inout TextPage, title: String) {
    page.heading(title)
    let known = won + lost
    var line =
      "\(NumberText.counted(rows, unitName)) from \(source): \(NumberText.count(won)) won"
    // Every example has an outcome: it was won in time, or it was not.
    line +=
      unit == nil
      ? ", \(NumberText.count(lost)) lost, \(NumberText.count(open)) open"
      : ", \(NumberText.count(lost)) not"
    if known > 0 {
      line += "; \(NumberText.percent(Double(won) / Double(known)))"
      line += unit == nil ? " of those decided were won" : " were won"
    }
    page.paragraph(line + ".")
    if let outcome { page.paragraph("Outcome: \(outcome).") }
    if skippedRows > 0 {
      page.paragraph("Could not be read and left out: \(NumberText.counted(skippedRows, "row")).")
    }
    page.list(notes)
  }
}
