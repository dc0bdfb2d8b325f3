import Metrics

/// What `kelvin-train evaluate` found: a model against leads whose outcome is known.
public struct EvaluationReport: Report {
  /// `bank@v0001`.
  public let model: String
  public let data: DataSummary
  public let population: ComparisonReport.Population
  public let figures: ProbabilityFigures
  /// From the lowest probability to the highest.
  public let reliability: [ReliabilityBin]
  /// The same with intercept, slope and index; `nil` where they were not computed.
  public let calibration: CalibrationFigures?
  /// By tenths of the leads, best scored first.
  public let gain: [GainBand]
  /// Beside the rules, where there are any.
  public let comparison: ComparisonReport?
  public let warnings: [String]

  public init(
    model: String, data: DataSummary, population: ComparisonReport.Population,
    figures: ProbabilityFigures, reliability: [ReliabilityBin],
    calibration: CalibrationFigures? = nil,
    gain: [GainBand],
    comparison: ComparisonReport? = nil, warnings: [String] = []
  ) {
    self.model = model
    self.data = data
    self.population = population
    self.figures = figures
    self.reliability = reliability
    self.calibration = calibration
    self.gain = gain
    self.comparison = comparison
    self.warnings = warnings
  }
}

extension EvaluationReport {
  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    page.heading("Model \(model)")
    data.add(to: &page, title: data.unitHeading)
    if !warnings.isEmpty {
      page.heading("Warnings")
      page.list(warnings)
    }
    page.heading("Figures")
    FigureTable(unit: data.unitHeading, sets: [(population.title, figures)]).add(to: &page)
    addReliability(to: &page)
    addGain(to: &page)
    comparison?.add(to: &page)
    return page.text
  }

  private func addReliability(to page: inout TextPage) {
    if let calibration { return calibration.add(to: &page, unit: data.unitHeading) }
    guard !reliability.isEmpty else { return }
    page.heading("Do the probabilities mean what they say?")
    reliability.add(to: &page, unit: data.unitHeading)
  }

  private func addGain(to page: inout TextPage) {
    guard !gain.isEmpty else { return }
    page.heading("Conversions by tenth of the list, best scored first")
    var table = TextTable([
      .text("Tenth"), .number(data.unitHeading), .number("Conversions"), .number("Rate"),
      .number("Lift"),
      .number("So far"), .number("Lift\nso far"),
    ])
    for band in gain {
      table.add([
        String(band.number), NumberText.count(band.leads), NumberText.count(band.conversions),
        NumberText.percent(band.conversionRate), FigureText.lift(band.lift),
        band.cumulativeGain.map { NumberText.percent($0, 0) } ?? "–",
        FigureText.lift(band.cumulativeLift),
      ])
    }
    page.table(table)
  }
}

extension ComparisonReport.Population {
  /// As a column heading.
  var title: String {
    switch self {
    case .heldOut: "Held out"
    case .outOfFold: "Out of fold"
    case .newData: "New data"
    }
  }
}
