import Metrics

/// How examples were made of a history, and what that means for the figures.
public struct HistorySummary: Codable, Sendable, Equatable {
  /// Counts of a month of decisions.
  public struct Month: Codable, Sendable, Equatable {
    /// `2025-03`.
    public let month: String
    public let examples: Int
    /// Examples that met the target.
    public let won: Int
    /// Decisions whose horizon had not passed by the end of the data, won or not: left out.
    public let immature: Int

    public init(month: String, examples: Int, won: Int, immature: Int) {
      self.month = month
      self.examples = examples
      self.won = won
      self.immature = immature
    }
  }

  /// What a preset asks, and then what it chose, a line each; empty without one.
  public let target: [String]
  /// What was read, decided and left out, a line each.
  public let lines: [String]
  /// What makes live figures worse than these, the worst first.
  public let warnings: [String]
  public let months: [Month]

  public init(
    target: [String] = [], lines: [String], warnings: [String] = [], months: [Month] = []
  ) {
    self.target = target
    self.lines = lines
    self.warnings = warnings
    self.months = months
  }
}

extension HistorySummary {
  func add(to page: inout TextPage) {
    if let question = target.first {
      page.heading(question)
      page.list(Array(target.dropFirst()))
    }
    page.heading("Examples")
    page.list(lines)
    let shown = months.filter { $0.immature > 0 }
    guard !shown.isEmpty else { return }
    page.blank()
    page.paragraph("Months with decisions too young to know their outcome:")
    var table = TextTable([
      .text("Month"), .number("Examples"), .number("Won"), .number("Immature, left out"),
    ])
    for month in shown {
      table.add([
        month.month, NumberText.count(month.examples), NumberText.count(month.won),
        NumberText.count(month.immature),
      ])
    }
    page.table(table)
  }

  /// What makes live figures worse, under a heading of its own; nothing where there is none.
  func addWarnings(to page: inout TextPage) {
    guard !warnings.isEmpty else { return }
    page.heading("Warnings")
    page.list(warnings)
  }
}
