import Metrics

/// Why one lead has its probability, beside why it has its points.
public struct ExplainReport: Report {
  /// A column's part in the log-odds.
  public struct Part: Codable, Sendable, Equatable {
    public let column: String
    /// What the lead has there, in words.
    public let text: String
    /// Log-odds.
    public let contribution: Double

    public init(column: String, text: String, contribution: Double) {
      self.column = column
      self.text = text
      self.contribution = contribution
    }
  }

  /// The rules' ledger.
  public struct Rules: Codable, Sendable, Equatable {
    /// Each with its points, adding up to them.
    public let lines: [String]
    public let points: Double
    public let score: Double
    public let grade: String?
    public let stage: String?
    public let disqualified: Bool

    public init(
      lines: [String], points: Double, score: Double, grade: String?, stage: String?,
      disqualified: Bool
    ) {
      self.lines = lines
      self.points = points
      self.score = score
      self.grade = grade
      self.stage = stage
      self.disqualified = disqualified
    }
  }

  /// `bank@v0001`.
  public let model: String
  /// What names the lead: one a column of the id, or its row.
  public let lead: [String]
  public let probability: Double
  /// The probability that contributions are told against: that of the average lead.
  public let averageProbability: Double
  /// The log-odds of that probability.
  public let averageLogOdds: Double
  /// What all columns give, by size; they add up to the lead's log-odds less the average's.
  public let parts: [Part]
  /// Contributions that are shown one by one.
  public let shown: Int
  /// `nil` without a rule file.
  public let rules: Rules?
  public let warnings: [String]

  public init(
    model: String, lead: [String], probability: Double, averageProbability: Double,
    averageLogOdds: Double, parts: [Part], shown: Int, rules: Rules?, warnings: [String]
  ) {
    self.model = model
    self.lead = lead
    self.probability = probability
    self.averageProbability = averageProbability
    self.averageLogOdds = averageLogOdds
    self.parts = parts
    self.shown = shown
    self.rules = rules
    self.warnings = warnings
  }
}

extension ExplainReport {
  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    page.heading("Lead \(lead.joined(separator: ", ")) by \(model)")
    var lines = [
      "Probability \(NumberText.percent(probability)); the average lead of the history stands at "
        + "\(NumberText.percent(averageProbability))."
    ]
    if let rules {
      let marks = [rules.grade.map { "grade \($0)" }, rules.stage.map { "stage \($0)" }]
        .compactMap(\.self).map { ", \($0)" }.joined()
      lines.append(
        "Rules: \(NumberText.plain(rules.points)) points, score \(NumberText.plain(rules.score))"
          + marks + (rules.disqualified ? "; disqualified." : "."))
    }
    page.list(lines)
    page.heading(rules == nil ? "Reasons" : "Reasons of the model, and the rules’ ledger")
    var model = parts.prefix(shown).map { ($0.text, NumberText.signed($0.contribution, 2)) }
    let rest = parts.dropFirst(shown)
    if !rest.isEmpty {
      model.append(
        (
          NumberText.counted(rest.count, "other column"),
          NumberText.signed(rest.reduce(0) { $0 + $1.contribution }, 2)
        ))
    }
    model.append(
      ("in all", NumberText.signed(parts.reduce(0) { $0 + $1.contribution }, 2)))
    let ledger = rules?.lines ?? []
    var table = TextTable(
      [.text("Model"), .number("Log-odds")] + (rules == nil ? [] : [.text("Rules")]))
    for row in 0..<max(model.count, ledger.count) {
      let reason = row < model.count ? model[row] : ("", "")
      let rule = row < ledger.count ? ledger[row] : ""
      table.add([reason.0, reason.1] + (rules == nil ? [] : [rule]))
    }
    page.table(table)
    if !warnings.isEmpty {
      page.heading("Warnings")
      page.list(warnings)
    }
    return page.text
  }
}
