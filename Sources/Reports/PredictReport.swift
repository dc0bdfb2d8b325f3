import Metrics

/// What `kelvin-score predict` did.
public struct PredictReport: Report {
  /// Something counted in one column.
  public struct ColumnCount: Codable, Sendable, Equatable {
    public let column: String
    public let count: Int

    public init(column: String, count: Int) {
      self.column = column
      self.count = count
    }
  }

  /// `bank@v0001`.
  public let model: String
  /// Where the leads came from: `new.csv`.
  public let source: String
  /// Rows read, scored or not.
  public let rows: Int
  public let scored: Int
  /// Won and lost leads, which are not scored unless asked for.
  public let skippedClosed: Int
  /// Rows that could not be read and were left out (`--skip-bad-rows`).
  public let skippedRows: Int
  /// Cells with a level that the model has not seen; scored as levels pooled at the fit.
  public let unseenLevels: [ColumnCount]
  /// Cells that did not parse; scored as missing.
  public let unparsedCells: [ColumnCount]
  /// Columns that the model does not know; ignored.
  public let extraColumns: [String]
  /// The mean probability of the leads scored; `nil` where none was.
  public let meanProbability: Double?
  /// The conversion rate of the model's history.
  public let trainingBaseRate: Double?
  public private(set) var warnings: [String]
  /// How the leads were put together from several tables; empty for one as it stands.
  public let notes: [String]
  /// Of accounts, where they were asked for.
  public let accounts: AccountScores?
  /// Where the scores were written.
  public let output: String

  public init(
    model: String, source: String, rows: Int, scored: Int, skippedClosed: Int = 0,
    skippedRows: Int = 0, unseenLevels: [ColumnCount] = [], unparsedCells: [ColumnCount] = [],
    extraColumns: [String] = [], meanProbability: Double? = nil, trainingBaseRate: Double? = nil,
    warnings: [String] = [], notes: [String] = [], accounts: AccountScores? = nil,
    output: String
  ) {
    self.model = model
    self.source = source
    self.rows = rows
    self.scored = scored
    self.skippedClosed = skippedClosed
    self.skippedRows = skippedRows
    self.unseenLevels = unseenLevels
    self.unparsedCells = unparsedCells
    self.extraColumns = extraColumns
    self.meanProbability = meanProbability
    self.trainingBaseRate = trainingBaseRate
    self.warnings = warnings
    self.notes = notes
    self.accounts = accounts
    self.output = output
    if let farFromHistory { self.warnings.insert(farFromHistory, at: 0) }
  }
}

extension PredictReport {
  /// Fewer leads may be far from history by chance.
  private static let fewestLeads = 30
  /// Leads of another campaign lie off by half or double; beyond this something else is the matter.
  private static let farRatio = 3.0

  /// What is to be asked before the scores are used, where they lie far from all of history; `nil`
  /// otherwise.
  public var farFromHistory: String? {
    guard let meanProbability, let trainingBaseRate, scored >= Self.fewestLeads,
      meanProbability > 0, trainingBaseRate > 0
    else { return nil }
    let ratio = meanProbability / trainingBaseRate
    guard ratio > Self.farRatio || ratio < 1 / Self.farRatio else { return nil }
    let times = NumberText.plain((10 * max(ratio, 1 / ratio)).rounded() / 10)
    return
      "The mean probability of the \(NumberText.count(scored)) leads scored, "
      + "\(NumberText.percent(meanProbability, 2)), is \(times) times "
      + "\(ratio > 1 ? "above" : "below") what history converted "
      + "(\(NumberText.percent(trainingBaseRate))). Either these leads are others than those it learned "
      + "from, or it learned from a column that is filled in when a lead closes: look at the leaks and "
      + "suspects of kelvin-train audit before the scores are used."
  }

  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    // What may be wrong with all scores goes before them.
    if farFromHistory != nil { addWarnings(to: &page) }
    page.heading(
      "Scored \(NumberText.count(scored)) of \(NumberText.counted(rows, "lead")) with \(model)")
    var lines = ["From \(source) to \(output)."]
    if skippedClosed > 0 {
      lines.append(
        "Closed (won or lost) and not scored: \(NumberText.count(skippedClosed)); --all scores them too."
      )
    }
    if skippedRows > 0 {
      lines.append("Could not be read and left out: \(NumberText.counted(skippedRows, "row")).")
    }
    if let meanProbability {
      let history = trainingBaseRate.map { "; \(NumberText.percent($0)) of the history converted" }
      lines.append(
        "Mean probability \(NumberText.percent(meanProbability))\(history ?? ""). Expected "
          + "conversions: \(NumberText.wholeCount(meanProbability * Double(scored))).")
    }
    if !extraColumns.isEmpty {
      lines.append("Columns that the model does not know: \(extraColumns.joined(separator: ", ")).")
    }
    page.list(lines + (accounts?.lines ?? []) + notes)
    if farFromHistory == nil { addWarnings(to: &page) }
    add(unparsedCells, title: "Cells that did not parse, taken as missing", to: &page)
    add(unseenLevels, title: "Levels that the model has not seen", to: &page)
    return page.text
  }

  private func addWarnings(to page: inout TextPage) {
    guard !warnings.isEmpty else { return }
    page.heading("Warnings")
    page.list(warnings)
  }

  private func add(_ counts: [ColumnCount], title: String, to page: inout TextPage) {
    guard !counts.isEmpty else { return }
    page.heading(title)
    var table = TextTable([.names("Column"), .number("Cells"), .number("Share of leads")])
    for entry in counts {
      table.add([
        entry.column, NumberText.count(entry.count),
        NumberText.percent(of: entry.count, in: rows),
      ])
    }
    page.table(table)
  }
}
