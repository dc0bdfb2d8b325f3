import Metrics

extension CalibrationFigures {
  /// How the probabilities lie against what happened: the line, the parts of the Brier score, the table.
  /// - Parameter unit: `Leads` or `Examples`.
  func add(to page: inout TextPage, unit: String) {
    page.heading("Do the probabilities mean what they say?")
    page.paragraph(lineWords)
    page.paragraph(
      "On average they lie \(NumberText.percent(ici.value, 2)) off the smoothed conversion rate (ICI, "
        + "95% interval \(FigureText.percentInterval(ici.interval))). Of the Brier score "
        + "\(NumberText.fixed(brier.score, 4)), \(NumberText.fixed(reliability.value, 4)) "
        + "(\(FigureText.interval(reliability.interval, decimals: 4))) is miscalibration; telling leads "
        + "apart saves \(NumberText.fixed(resolution.value, 4)) "
        + "(\(FigureText.interval(resolution.interval, decimals: 4))) of the base rate's "
        + "\(NumberText.fixed(brier.uncertainty, 4)).")
    bins.add(to: &page, unit: unit)
  }

  private var lineWords: String {
    func figure(_ estimate: Estimate) -> String {
      "\(NumberText.signed(estimate.value, 3)) "
        + "(\(FigureText.interval(estimate.interval, decimals: 3, signed: true)))"
    }
    var words = "Calibration intercept \(figure(line.inTheLarge)); 0 is right"
    if let slope = line.slope {
      words +=
        ". Slope \(NumberText.fixed(slope.value, 3)) "
        + "(\(FigureText.interval(slope.interval, decimals: 3))); 1 is right"
    }
    return words + ". " + verdict
  }

  /// What is wrong, where something is beyond its interval.
  private var verdict: String {
    var faults: [String] = []
    if !line.inTheLarge.interval.contains(0) {
      faults.append("too \(line.inTheLarge.value < 0 ? "high" : "low") on the whole")
    }
    if let slope = line.slope, !slope.interval.contains(1) {
      faults.append(slope.value < 1 ? "too extreme" : "too timid")
    }
    return faults.isEmpty
      ? "Nothing speaks against the probabilities."
      : "The probabilities are \(faults.joined(separator: " and "))."
  }
}

extension [ReliabilityBin] {
  /// A line a bin, from the lowest probability to the highest.
  func add(to page: inout TextPage, unit: String) {
    guard !isEmpty else { return }
    var table = TextTable([
      .text("Probability"), .number(unit), .number("Mean\nprobability"),
      .number("Conversions"), .number("Conversion\nrate"), .number("95% interval"),
    ])
    for bin in self {
      table.add([
        NumberText.percent(bin.lowestProbability) + " to "
          + NumberText.percent(bin.highestProbability), NumberText.count(bin.leads),
        NumberText.percent(bin.meanProbability), NumberText.count(bin.conversions),
        NumberText.percent(bin.conversionRate), FigureText.percentInterval(bin.interval),
      ])
    }
    page.table(table)
  }
}
