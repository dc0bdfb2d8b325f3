import Metrics
import Models

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

  /// What a model of trees is made of.
  public struct Trees: Codable, Sendable, Equatable {
    public let count: Int
    /// The most that one of them has.
    public let leaves: Int
    public let learningRate: Double
    /// `5-fold cross-validation`.
    public let chosenBy: String

    public init(count: Int, leaves: Int, learningRate: Double, chosenBy: String) {
      self.count = count
      self.leaves = leaves
      self.learningRate = learningRate
      self.chosenBy = chosenBy
    }
  }

  /// What an additive model is made of.
  public struct Tables: Codable, Sendable, Equatable {
    public let curves: Int
    public let pairs: Int
    /// Of the rounds: `5-fold cross-validation`.
    public let chosenBy: String

    public init(curves: Int, pairs: Int, chosenBy: String) {
      self.curves = curves
      self.pairs = pairs
      self.chosenBy = chosenBy
    }
  }

  /// What a logistic regression is made of.
  public struct Regression: Codable, Sendable, Equatable {
    /// Coefficients beside the intercept.
    public let coefficientCount: Int
    /// `nil` for an unpenalised fit.
    public let penalty: Penalty?
    public let iterations: Int
    /// A fit that did not converge is written and said so.
    public let converged: Bool

    public init(coefficientCount: Int, penalty: Penalty?, iterations: Int, converged: Bool) {
      self.coefficientCount = coefficientCount
      self.penalty = penalty
      self.iterations = iterations
      self.converged = converged
    }
  }

  /// `bank@v0001`.
  public let model: String
  public let data: DataSummary
  /// `nil` where leads were learned from as they stand.
  public let history: HistorySummary?
  public let columns: [ColumnUse]
  /// What the audit found before anything was fitted.
  public let audit: AuditSummary
  public let warnings: [String]
  /// `logistic regression`, `logistic regression, Firth with FLIC`.
  public let algorithm: String
  /// `nil` for a model of trees.
  public let regression: Regression?
  /// `nil` for a logistic regression.
  public let trees: Trees?
  /// `nil` for any but an additive model.
  public let tables: Tables?
  /// `nil` where one algorithm alone was fitted.
  public let contest: AlgorithmContest?
  /// What few conversions can and can't say; `nil` where there are enough.
  public let smallData: SmallDataSummary?
  /// `nil` where validation was not asked for.
  public let outOfFold: ValidationSummary?
  /// `nil` without a hold-out.
  public let heldOut: ValidationSummary?
  /// Of the out-of-fold predictions; `nil` where there was too little to judge.
  public let calibration: CalibrationFigures?
  /// The strongest first; empty for a model of trees.
  public let effects: [ColumnEffect]
  public let effectIntervals: EffectIntervals
  /// What the columns do to the leads at large; `nil` for a model that can tell no reasons.
  public let contributions: ColumnContributions?
  /// How leads of one account go together; `nil` without accounts.
  public let accounts: AccountDependence?
  /// What changed since another version; `nil` where none was asked about.
  public let change: ChangeReport?
  /// How much a model of trees leans on each column, the most first; empty for a logistic regression.
  public let importance: [ColumnImportance]
  /// Beside the rules, where there are any.
  public let comparison: ComparisonReport?
  /// The path of the model file.
  public let modelFile: String
  /// Where the out-of-fold predictions were written, if they were asked for.
  public let outOfFoldFile: String?
  /// Commands or sentences, in order.
  public let nextSteps: [String]

  public init(
    model: String, data: DataSummary, columns: [ColumnUse],
    audit: AuditSummary = AuditSummary([]), warnings: [String], algorithm: String,
    regression: Regression?, trees: Trees?, tables: Tables? = nil, contest: AlgorithmContest?,
    outOfFold: ValidationSummary?, heldOut: ValidationSummary?,
    calibration: CalibrationFigures? = nil, effects: [ColumnEffect],
    effectIntervals: EffectIntervals, importance: [ColumnImportance], comparison: ComparisonReport?,
    modelFile: String,
    outOfFoldFile: String?, nextSteps: [String], history: HistorySummary? = nil,
    smallData: SmallDataSummary? = nil, contributions: ColumnContributions? = nil,
    accounts: AccountDependence? = nil,
    change: ChangeReport? = nil
  ) {
    self.contributions = contributions
    self.accounts = accounts
    self.change = change
    self.smallData = smallData
    self.history = history
    self.model = model
    self.data = data
    self.columns = columns
    self.audit = audit
    self.warnings = warnings
    self.algorithm = algorithm
    self.regression = regression
    self.trees = trees
    self.tables = tables
    self.contest = contest
    self.outOfFold = outOfFold
    self.heldOut = heldOut
    self.calibration = calibration
    self.effects = effects
    self.effectIntervals = effectIntervals
    self.importance = importance
    self.comparison = comparison
    self.modelFile = modelFile
    self.outOfFoldFile = outOfFoldFile
    self.nextSteps = nextSteps
  }
}

extension FitReport {
  /// The answer first: what was learned and how good it is, then what it rests on.
  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    page.heading("Model \(model)")
    page.paragraph(answer)
    if let comparison { page.paragraph(comparison.headline) }
    if let contest { page.paragraph(contest.sentence) }
    if let combined = comparison?.combined { page.paragraph(combined.sentence) }
    smallData?.add(to: &page)
    if let regression, !regression.converged {
      page.paragraph(
        "NOT converged after \(NumberText.counted(regression.iterations, "step")): do not trust this "
          + "model.")
    }
    audit.add(to: &page)
    if !warnings.isEmpty {
      page.heading("Warnings")
      page.list(warnings)
    }
    data.add(to: &page, title: "History")
    history?.add(to: &page)
    page.paragraph(columnWords)
    addFigures(to: &page)
    calibration?.add(to: &page, unit: data.unitHeading)
    accounts?.add(to: &page)
    change?.add(to: &page, unit: data.unitName)
    contributions?.add(to: &page, types: columns.types, columns: 6)
    effects.add(to: &page, intervals: effectIntervals, columns: 6, ratios: 5)
    importance.add(to: &page, columns: 10)
    page.heading("Written")
    page.list([modelFile] + (outOfFoldFile.map { ["\($0) (out-of-fold predictions)"] } ?? []))
    if !nextSteps.isEmpty {
      page.heading("What to do next")
      page.list(nextSteps)
    }
    return page.text
  }

  /// The leads to judge by: those held out where there are some.
  private var judged: ValidationSummary? { heldOut ?? outOfFold }

  /// What working the top of the list finds, in a sentence.
  private var answer: String {
    guard let figures = judged?.figures, let top = figures.topShares.last else {
      return "\(algorithm), not validated."
    }
    let unit = "\(data.unitName)s"
    let leads =
      heldOut == nil
      ? "\(NumberText.count(figures.leads)) \(unit), each scored by a model fitted without it"
      : "\(NumberText.count(figures.leads)) \(unit) that it was not fitted to"
    var text =
      "On \(leads), the \(NumberText.share(top.share)) that it puts first "
      + "(\(NumberText.count(top.leads)) \(unit)) hold \(NumberText.wholeCount(top.conversions)) of the "
      + "\(NumberText.count(figures.conversions)) that converted"
    if let lift = top.lift {
      text += ": \(NumberText.fixed(lift, 1)) times as many as \(unit) taken at random"
    }
    return text + "."
  }

  /// `20 columns are used, 18 left out: 15 excluded, …`, by reason.
  private var columnWords: String {
    let used = columns.count(where: \.isUsed)
    let left = columns.filter { !$0.isUsed }
    var reasons: [(reason: String, columns: [String])] = []
    for column in left {
      if let index = reasons.firstIndex(where: { $0.reason == column.why }) {
        reasons[index].columns.append(column.column)
      } else {
        reasons.append((column.why, [column.column]))
      }
    }
    let words = reasons.map { reason, names in
      let shown = names.prefix(3).joined(separator: ", ")
      return names.count > 3
        ? "\(shown) and \(names.count - 3) more (\(reason))" : "\(shown) (\(reason))"
    }
    let start = "\(NumberText.counted(used, "column")) used, \(left.count) left out"
    return words.isEmpty ? start + "." : "\(start): \(words.joined(separator: "; "))."
  }

  private func addFigures(to page: inout TextPage) {
    page.heading("How good it is")
    page.paragraph(([algorithm] + structureWords).joined(separator: ", ") + ".")
    let schemes = [("Out of fold", outOfFold), ("Held out", heldOut)]
    for (title, summary) in schemes {
      if let summary { page.paragraph("\(title): \(summary.scheme).") }
    }
    var sets = outOfFold.map { [("Out of fold", $0.figures)] } ?? []
    if let contest {
      // The best other one alone: more columns leave no room on a terminal.
      sets = [contest.chosen, contest.others[0].contender].map { contender in
        // No wider than the figures below it: three such columns must leave room on 80.
        let name = TextWidth.wrapped(contender.algorithm, width: 19).joined(separator: "\n")
        return ("Out of fold:\n\(name)", contender.figures)
      }
    }
    if let heldOut { sets.append(("Held out", heldOut.figures)) }
    FigureTable(unit: data.unitHeading, sets: sets).add(to: &page)
  }

  private var structureWords: [String] {
    if let trees, let regression {
      return [
        "\(NumberText.counted(trees.count, "tree")) of at most "
          + "\(NumberText.counted(trees.leaves, "leaf", "leaves")) (\(trees.chosenBy))",
        NumberText.counted(regression.coefficientCount, "coefficient")
          + (regression.penalty.map { " with L2 penalty \(NumberText.significant($0.value))" } ?? ""),
      ]
    }
    if let trees {
      return [
        "\(NumberText.counted(trees.count, "tree")) (\(trees.chosenBy)) of at most "
          + NumberText.counted(trees.leaves, "leaf", "leaves"),
        "learning rate \(NumberText.significant(trees.learningRate))",
      ]
    }
    if let tables {
      return [
        NumberText.counted(tables.curves, "curve"),
        "\(NumberText.counted(tables.pairs, "pair")) of columns (\(tables.chosenBy))",
      ]
    }
    guard let regression else { return [] }
    let coefficients = NumberText.counted(regression.coefficientCount, "coefficient")
    guard let penalty = regression.penalty else { return [coefficients, "no penalty"] }
    return [
      coefficients, "L2 penalty \(NumberText.significant(penalty.value)) (\(penalty.chosenBy))",
    ]
  }
}
