import Metrics
import ModelFiles
import Models
import Reports
import Tables

extension TreeReport {
  /// One tree of a loaded model file.
  /// - Parameter number: from 1.
  /// - Throws: `ScoringError` where there is no such tree.
  public init(_ loaded: LoadedModel, tree number: Int) throws {
    let predictor = loaded.model.predictor
    guard let pipeline = predictor.treePipeline, let ensemble = predictor.trees else {
      throw ScoringError.noTrees(
        model: loaded.name, algorithm: loaded.model.training.algorithm)
    }
    guard ensemble.trees.indices.contains(number - 1) else {
      throw ScoringError.noSuchTree(
        number: number, model: loaded.name, trees: ensemble.trees.count)
    }
    self.init(model: loaded.name, number: number, of: ensemble, pipeline: pipeline)
  }
}

extension ShapeReport {
  /// What one column does in a loaded model file.
  /// - Throws: `ScoringError` where the model has no curves, or none of the column.
  public init(_ loaded: LoadedModel, column: String) throws {
    guard case .additive(let pipeline, let additive) = loaded.model.predictor else {
      throw ScoringError.noCurves(
        model: loaded.name, algorithm: loaded.model.training.algorithm)
    }
    let columns = loaded.model.requiredColumns
    guard columns.contains(column) else {
      throw ScoringError.noSuchCurve(column: column, model: loaded.name, columns: columns)
    }
    self.init(model: loaded.name, column: column, of: additive, pipeline: pipeline)
  }
}

extension InspectReport {
  /// What is in a loaded model file.
  public init(_ loaded: LoadedModel) {
    let model = loaded.model
    let reasons = Dictionary(
      model.training.leftOut.map { ($0.column, $0.reason) }, uniquingKeysWith: { first, _ in first }
    )
    let used = Set(model.requiredColumns)
    let unused = Set(model.schema.columns.map(\.name)).subtracting(used)
    self.init(
      model: loaded.name, file: loaded.path, formatVersion: loaded.formatVersion,
      sha256: loaded.sha256, state: loaded.entry?.state.rawValue, created: loaded.entry?.created,
      algorithm: model.training.algorithm,
      coefficientCount: model.logistic?.coefficients.count,
      trees: model.trees?.trees.count,
      leaves: model.trees?.trees.reduce(0) { $0 + $1.leafCount },
      data: DataSummary(
        source: loaded.entry?.data ?? "history", rows: model.training.rows,
        won: model.training.conversions, lost: model.training.rows - model.training.conversions,
        outcome: model.outcome.words(recipe: model.recipe),
        unit: model.recipe?.history == nil ? nil : "example",
        notes: loaded.warnings
          + [model.recipe?.history?.liveWarning(unlearned: unused)].compactMap(\.self)),
      columns: model.schema.columns.map { column in
        ColumnUse(
          column: column.name, kind: column.type.rawValue, isUsed: used.contains(column.name),
          why: used.contains(column.name)
            ? "" : reasons[column.name] ?? "the same value in every training lead")
      },
      outOfFold: ValidationSummary(
        scheme: model.outOfFold.scheme, figures: model.outOfFold.figures),
      heldOut: model.heldOut.map { ValidationSummary(scheme: $0.scheme, figures: $0.figures) },
      calibration: model.calibration?.figures, effects: columnEffects(of: model),
      effectIntervals: model.logistic?.intervalKind == .posterior ? .posterior : .confidence,
      importance: model.importance, contributions: model.contributions,
      accounts: model.accounts,
      alternatives: model.alternatives, facts: Self.facts(model))
  }
}
