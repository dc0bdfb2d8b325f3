/// What `kelvin-train fit` did and found.
public struct FitReport: Report {
  /// The strength of the penalty and where it came from.
  public struct Penalty: Codable, Sendable, Equatable {
    /// L2, on standardised columns.
    public let value: Double
    /// `5-fold cross-validation over 12 values`, `as given`.
    public let chosenBy: String

    public init(value: Double, chosenBy: String) {
      self.value = value
      self.chosenBy = chosenBy
    }
  }

  /// `bank@v0001`.
  public let model: String
  public let data: DataSummary
  public let columns: [ColumnUse]
  public let warnings: [String]
  /// `logistic regression`, `logistic regression, Firth with FLIC`.
  public let algorithm: String
  /// Coefficients beside the intercept.
  public let coefficientCount: Int
  /// `nil` for an unpenalised fit.
  public let penalty: Penalty?
  public let iterations: Int
  /// A fit that did not converge is written and said so.
  public let converged: Bool
  /// `nil` where validation was not asked for.
  public let outOfFold: ValidationSummary?
  /// `nil` without a hold-out.
  public let heldOut: ValidationSummary?
  /// The strongest first.
  public let effects: [ColumnEffect]
  public let effectIntervals: EffectIntervals
  /// Beside the rules, where there are any.
  public let comparison: ComparisonReport?
  /// The path of the model file.
  public let modelFile: String
  /// Where the out-of-fold predictions were written, if they were asked for.
  public let outOfFoldFile: String?
  /// Commands or sentences, in order.
  public let nextSteps: [String]

  public init(
    model: String, data: DataSummary, columns: [ColumnUse], warnings: [String], algorithm: String,
    coefficientCount: Int, penalty: Penalty?, iterations: Int, converged: Bool,
    outOfFold: ValidationSummary?, heldOut: ValidationSummary?, effects: [ColumnEffect],
    effectIntervals: EffectIntervals, comparison: ComparisonReport?, modelFile: String,
    outOfFoldFile: String?, nextSteps: [String]
  ) {
    self.model = model
    self.data = data
    self.columns = columns
    self.warnings = warnings
    self.algorithm = algorithm
    self.coefficientCount = coefficientCount
    self.penalty = penalty
    self.iterations = iterations
    self.converged = converged
    self.outOfFold = outOfFold
    self.heldOut = heldOut
    self.effects = effects
    self.effectIntervals = effectIntervals
    self.comparison = comparison
    self.modelFile = modelFile
    self.outOfFoldFile = outOfFoldFile
    self.nextSteps = nextSteps
  }
}

extension FitReport {
  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    data.add(to: &page, title: "History")
    if !warnings.isEmpty {
      page.heading("Warnings")
      page.list(warnings)
    }
    columns.add(to: &page)
    page.heading("Model \(model)")
    page.paragraph(
      "\(algorithm), \(NumberText.counted(coefficientCount, "coefficient")), \(penaltyWords), "
        + convergenceWords)
    page.blank()
    let sets = [("Out of fold", outOfFold), ("Held out", heldOut)]
    let present = sets.compactMap { set in set.1.map { (set.0, $0) } }
    for (title, summary) in present { page.paragraph("\(title): \(summary.scheme).") }
    FigureTable(sets: present.map { ($0.0, $0.1.figures) }).add(to: &page)
    effects.add(to: &page, intervals: effectIntervals)
    comparison?.add(to: &page)
    page.heading("Written")
    page.list([modelFile] + (outOfFoldFile.map { ["\($0) (out-of-fold predictions)"] } ?? []))
    if !nextSteps.isEmpty {
      page.heading("What to do next")
      page.list(nextSteps)
    }
    return page.text
  }

  private var penaltyWords: String {
    guard let penalty else { return "no penalty" }
    return "L2 penalty \(NumberText.significant(penalty.value)) (\(penalty.chosenBy))"
  }

  private var convergenceWords: String {
    converged
      ? "converged in \(NumberText.counted(iterations, "step"))."
      : "NOT converged after \(NumberText.counted(iterations, "step")): do not trust the coefficients."
  }
}
