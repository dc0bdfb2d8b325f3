import Metrics
import Models

/// What is in a model file.
public struct InspectReport: Report {
  /// Something else worth showing: an option of the fit, a figure of the file.
  public struct Fact: Codable, Sendable, Equatable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// `bank@v0001`; `nil` for a file outside a registry.
  public let model: String?
  public let file: String
  /// `1.0`.
  public let formatVersion: String
  /// Of the file, in hexadecimal.
  public let sha256: String
  /// `champion`, `candidate` or `retired`; `nil` for a file outside a registry.
  public let state: String?
  /// When it was written, as the registry says; `nil` for a file outside a registry.
  public let created: String?
  public let algorithm: String
  /// `nil` for trees.
  public let coefficientCount: Int?
  /// `nil` for a logistic regression, as `leaves`.
  public let trees: Int?
  /// Of all trees.
  public let leaves: Int?
  /// What it learned from.
  public let data: DataSummary
  public let columns: [ColumnUse]
  public let outOfFold: ValidationSummary?
  public let heldOut: ValidationSummary?
  /// Of the out-of-fold predictions; `nil` where the file has none.
  public let calibration: CalibrationFigures?
  /// The strongest first.
  public let effects: [ColumnEffect]
  public let effectIntervals: EffectIntervals
  /// The most important first; empty where it was not measured.
  public let importance: [ColumnImportance]
  /// What the columns do to the leads at large; `nil` in files that are older.
  public let contributions: ColumnContributions?
  /// How leads of one account go together; `nil` where the fit knew no accounts, and in files that are older.
  public let accounts: AccountDependence?
  /// The algorithms that were fitted on the same folds and not chosen.
  public let alternatives: [AlgorithmFigures]
  public let facts: [Fact]

  public init(
    model: String?, file: String, formatVersion: String, sha256: String, state: String? = nil,
    created: String? = nil, algorithm: String, coefficientCount: Int?, trees: Int? = nil,
    leaves: Int? = nil, data: DataSummary, columns: [ColumnUse],
    outOfFold: ValidationSummary? = nil, heldOut: ValidationSummary? = nil,
    calibration: CalibrationFigures? = nil, effects: [ColumnEffect],
    effectIntervals: EffectIntervals,
    importance: [ColumnImportance] = [], contributions: ColumnContributions? = nil,
    accounts: AccountDependence? = nil,
    alternatives: [AlgorithmFigures] = [], facts: [Fact] = []
  ) {
    self.model = model
    self.file = file
    self.formatVersion = formatVersion
    self.sha256 = sha256
    self.state = state
    self.created = created
    self.algorithm = algorithm
    self.coefficientCount = coefficientCount
    self.trees = trees
    self.leaves = leaves
    self.data = data
    self.columns = columns
    self.outOfFold = outOfFold
    self.heldOut = heldOut
    self.calibration = calibration
    self.effects = effects
    self.effectIntervals = effectIntervals
    self.importance = importance
    self.contributions = contributions
    self.accounts = accounts
    self.alternatives = alternatives
    self.facts = facts
  }
}

extension InspectReport {
  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    page.heading(model.map { "Model \($0)" } ?? "Model file")
    var table = TextTable([.text(""), .text("")])
    table.add(["File", file])
    // A version, and no number with a decimal mark.
    table.add(["Format", "Kelvin \(formatVersion)"])
    table.add(["SHA-256", sha256])
    if let state { table.add(["State", state]) }
    if let created { table.add(["Written", created]) }
    table.add(["Algorithm", algorithm])
    if let coefficientCount { table.add(["Coefficients", NumberText.count(coefficientCount)]) }
    if let trees { table.add(["Trees", NumberText.count(trees)]) }
    if let leaves { table.add(["Leaves", NumberText.count(leaves)]) }
    for fact in facts { table.add([fact.name, fact.value]) }
    page.table(table)
    data.add(to: &page, title: "What it learned from")
    columns.add(to: &page)
    let sets = [("Out of fold", outOfFold), ("Held out", heldOut)]
    let present = sets.compactMap { set in set.1.map { (set.0, $0) } }
    if !present.isEmpty {
      page.heading("Figures")
      for (title, summary) in present { page.paragraph("\(title): \(summary.scheme).") }
      FigureTable(
        unit: data.unitHeading, sets: present.map { ($0.0, $0.1.figures) }
      ).add(to: &page)
    }
    calibration?.add(to: &page, unit: data.unitHeading)
    accounts?.add(to: &page)
    addAlternatives(to: &page)
    contributions?.add(to: &page, types: columns.types, columns: 20)
    importance.add(to: &page, columns: 20)
    if coefficientCount != nil {
      effects.add(to: &page, intervals: effectIntervals, columns: 20, ratios: 6)
    }
    return page.text
  }

  /// What else was fitted on the same folds, beside the chosen algorithm.
  private func addAlternatives(to page: inout TextPage) {
    guard let outOfFold, !alternatives.isEmpty else { return }
    page.heading("Also fitted on the same folds")
    for other in alternatives {
      let difference = FigureText.signed(other.logLossDifference, 4)
      page.paragraph(
        "\(other.algorithm): log loss \(difference) against the model's "
          + "(95% interval \(FigureText.interval(other.interval, decimals: 4, signed: true))).")
    }
    FigureTable(
      unit: data.unitHeading,
      sets: [("The model", outOfFold.figures)]
        + alternatives.map { ($0.algorithm, $0.outOfFold.figures) }
    ).add(to: &page)
  }
}
