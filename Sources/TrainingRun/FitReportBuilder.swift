import Features
import ModelFiles
import Models
import Reports
import Validation

/// Puts what a fit did and found into a report.
struct FitReportBuilder {
  let leads: AuditedLeads
  let options: TrainingOptions
  let plan: FoldPlan
  let side: LogisticSide.Result
  let judged: JudgedModel
  let model: LeadModel
  let registered: ModelRegistry.RegisteredModel
  let destinations: TrainingRun.Destinations

  func report() -> FitReport {
    FitReport(
      model: registered.name, data: leads.summary, columns: leads.columnUses,
      warnings: chance + leads.warnings() + sharedIds + aliasedColumns + side.warnings
        + (judged.outOfFold.comparison?.warnings ?? []),
      algorithm: model.training.algorithm,
      coefficientCount: side.fit.model.coefficients.count, penalty: penalty,
      iterations: side.fit.iterations, converged: side.fit.converged,
      outOfFold: ValidationSummary(
        scheme: plan.foldWords, figures: judged.outOfFold.figures),
      heldOut: judged.heldOut.map {
        ValidationSummary(scheme: plan.heldOutWords(share: options.holdOut), figures: $0.figures)
      },
      effects: columnEffects(of: model),
      effectIntervals: side.fit.model.intervalKind == .posterior ? .posterior : .confidence,
      comparison: judged.heldOut?.comparison ?? judged.outOfFold.comparison,
      modelFile: registered.path, outOfFoldFile: destinations.outOfFold, nextSteps: nextSteps)
  }

  private var penalty: FitReport.Penalty? {
    guard side.fit.penalty > 0 else { return nil }
    return FitReport.Penalty(
      value: side.fit.penalty,
      chosenBy: options.penalty == .automatic
        ? "\(plan.folds.count)-fold cross-validation over \(side.validation.losses.count) values"
        : "as given")
  }

  /// A model that ranks no better than chance must not look like one that was learned.
  private var chance: [String] {
    guard let auc = judged.outOfFold.figures.auc, let interval = auc.interval, interval.low <= 0.5
    else { return [] }
    return [
      "Out of fold it ranks leads no better than chance (AUC \(NumberText.fixed(auc.value, 3)), "
        + "\(NumberText.fixed(interval.low, 3)) to \(NumberText.fixed(interval.high, 3))): these "
        + "columns do not tell who converts. Don't rank leads by it; add columns that say more "
        + "about a lead, or more history."
    ]
  }

  /// Each distinct id of the training leads has one fingerprint.
  private var sharedIds: [String] {
    let shared = model.training.rows - model.sketch.fingerprints.count
    guard model.sketch.basis == .ids, shared > 0 else { return [] }
    return [
      "\(shared) of the \(model.training.rows) leads have an id "
        + "(\(leads.roles.ids.joined(separator: ", "))) that another lead has too: later comparisons "
        + "take leads of one id for one lead."
    ]
  }

  private var aliasedColumns: [String] {
    guard !side.fit.aliased.isEmpty else { return [] }
    return [
      "Left at zero because other columns say the same: "
        + side.fit.aliased.joined(separator: ", ") + "."
    ]
  }

  private var nextSteps: [String] {
    var steps: [String] = []
    let registry = destinations.registry
    if let heldOut = destinations.heldOut {
      steps.append(
        "kelvin-score predict --model \(registry) --data \(heldOut) --all --out scored.csv")
    } else {
      steps.append("kelvin-score predict --model \(registry) --data new-leads.csv --out scored.csv")
    }
    if judged.outOfFold.comparison == nil {
      steps.append(
        "Add --rules rules.yaml to see whether your points or the model find the buyers.")
    } else if let file = destinations.outOfFold {
      steps.append("kelvin-score compare --out-of-fold \(file)")
    } else {
      steps.append(
        "Add --out-of-fold FILE, then kelvin-score compare --out-of-fold FILE: rules and model in "
          + "full.")
    }
    steps.append("kelvin-score inspect --model \(registry)")
    return steps
  }
}
