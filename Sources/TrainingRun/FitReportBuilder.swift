import Features
import Metrics
import ModelFiles
import Models
import Projects
import Reports
import Validation

/// Puts what a fit did and found into a report.
struct FitReportBuilder {
  let leads: AuditedLeads
  let options: TrainingOptions
  let repeated: RepeatedLeads
  let plan: FoldPlan
  let choice: AlgorithmChoice
  let calibrated: CalibratedModel
  let judged: JudgedModel
  let model: LeadModel
  let registered: ModelRegistry.RegisteredModel
  let change: ChangeReport?
  let destinations: TrainingRun.Destinations

  func report() -> FitReport {
    FitReport(
      model: registered.name, data: leads.summary, columns: columnUses,
      audit: AuditSummary(leads.audit.findings),
      warnings: chance + (leads.historySummary?.warnings ?? []) + leads.warnings() + copies
        + aliasedColumns + choice.chosen.side.warnings + calibrated.warnings(unit: leads.roles.unit)
        + unheardLimits
        + (judged.outOfFold.comparison?.warnings ?? []),
      algorithm: model.training.algorithm,
      regression: regression, trees: trees, tables: tables, contest: contest,
      outOfFold: ValidationSummary(
        scheme: plan.foldWords, figures: judged.outOfFold.figures),
      heldOut: judged.heldOut.map {
        ValidationSummary(scheme: plan.heldOutWords(share: options.holdOut), figures: $0.figures)
      },
      calibration: model.calibration?.figures, effects: columnEffects(of: model),
      effectIntervals: logistic?.fit.model.intervalKind == .confidence ? .confidence : .posterior,
      importance: boosting?.importance ?? additive?.importance ?? [],
      comparison: judged.heldOut?.comparison ?? judged.outOfFold.comparison,
      modelFile: registered.path, outOfFoldFile: destinations.outOfFold, nextSteps: nextSteps,
      history: leads.historySummary, smallData: smallData,
      contributions: model.contributions, accounts: model.accounts, change: namedChange)
  }

  /// With the version that the model has got.
  private var namedChange: ChangeReport? {
    var named = change
    named?.after.name = registered.name
    return named
  }

  /// What few conversions can and can't say.
  private var smallData: SmallDataSummary? {
    guard let small = plan.small else { return nil }
    let side = logistic ?? choice.others.lazy.compactMap { $0.side as? LogisticSide.Result }.first
    let findings = side?.small
    return SmallDataSummary(
      standing: small.isHint ? .hint : .few, rarer: small.rarer,
      lostAreRarer: small.lostAreRarer, ample: SmallData.ample, rules: findings?.rules,
      example: middleLead, learningCurve: findings?.learningCurve,
      baseRateLogLoss: judged.outOfFold.figures.baseRateLogLoss)
  }

  /// The probability in the middle of the leads, and its interval.
  private var middleLead: SmallDataSummary.Example? {
    guard let calibration = model.calibration, let interval = calibration.interval else {
      return nil
    }
    let raw = interval.knots[interval.knots.count / 2]
    let logOdds = calibration.calibrator.logOdds(ofRawPrediction: raw)
    let bounds = interval.bounds(rawPrediction: raw, logOdds: logOdds)
    return SmallDataSummary.Example(
      probability: probability(fromRawPrediction: logOdds),
      interval: ConfidenceInterval(
        low: bounds.low, high: bounds.high, level: interval.level))
  }

  /// As the model takes them: of a column that was to be used, it may have found nothing to make.
  private var columnUses: [ColumnUse] {
    let reasons = Dictionary(
      model.training.leftOut.map { ($0.column, $0.reason) }, uniquingKeysWith: { first, _ in first }
    )
    return leads.columnUses.map { use in
      guard use.isUsed, let why = reasons[use.column] else { return use }
      return ColumnUse(column: use.column, kind: use.kind, isUsed: false, why: why)
    }
  }

  private var blend: BlendSide? { choice.chosen.side as? BlendSide }
  private var logistic: LogisticSide.Result? {
    blend?.logistic ?? choice.chosen.side as? LogisticSide.Result
  }
  private var boosting: BoostingSide.Result? {
    blend?.trees ?? choice.chosen.side as? BoostingSide.Result
  }

  private var additive: AdditiveSide.Result? { choice.chosen.side as? AdditiveSide.Result }

  private var regression: FitReport.Regression? {
    logistic.map { side in
      FitReport.Regression(
        coefficientCount: side.fit.model.coefficients.count,
        penalty: side.fit.penalty > 0
          ? FitReport.Penalty(
            value: side.fit.penalty,
            chosenBy: options.penalty == .automatic
              ? "\(plan.folds.count)-fold cross-validation over "
                + "\(side.validation.losses.count) values" : "as given") : nil,
        iterations: side.fit.iterations, converged: side.fit.converged)
    }
  }

  private var trees: FitReport.Trees? {
    boosting.map { side in
      FitReport.Trees(
        count: side.ensemble.trees.count, leaves: side.ensemble.trees.map(\.leafCount).max() ?? 0,
        learningRate: side.record.learningRate,
        chosenBy: "\(plan.folds.count)-fold cross-validation")
    }
  }

  private var tables: FitReport.Tables? {
    additive.map {
      FitReport.Tables(
        curves: $0.model.curves.count, pairs: $0.model.surfaces.count,
        chosenBy: "\(plan.folds.count)-fold cross-validation")
    }
  }

  private var contest: AlgorithmContest? {
    guard !choice.others.isEmpty, let logLoss = choice.logLoss else { return nil }
    return AlgorithmContest(
      chosen: .init(algorithm: choice.chosen.side.name, figures: judged.outOfFold.figures),
      interval: logLoss.interval, blend: model.training.blend?.members ?? [],
      others: choice.others.map { other in
        .init(
          contender: .init(algorithm: other.side.name, figures: other.figures),
          logLossDifference: other.difference.value, interval: other.difference.interval)
      }, glassBox: glassBox)
  }

  /// An additive model whose loss can't be told from that of the chosen one.
  private var glassBox: AlgorithmContest.GlassBox? {
    choice.others.first { other in
      other.side.algorithm == .additive && other.difference.interval.map { $0.low <= 0 } ?? false
    }.map {
      AlgorithmContest.GlassBox(
        word: ProjectTraining.Algorithm.additive.rawValue, algorithm: $0.side.name)
    }
  }

  /// What was said of trees alone does nothing in a logistic regression, nor does what was said of
  /// columns that trees do not see.
  private var unheardLimits: [String] {
    let limits = leads.treeLimits
    let columns = Set(limits.monotone.keys).union((limits.interactions ?? []).joined())
    guard !columns.isEmpty else { return [] }
    var warnings: [String] = []
    let other = choice.others.lazy.compactMap { $0.side as? BoostingSide.Result }.first
    if logistic != nil {
      warnings.append(
        "The model is a logistic regression, to which `monotone` and `interactions` do not apply"
          + (other == nil ? "" : "; the trees, which were held to them, did less well")
          + ": fit with --algorithms boosting to hold the model to them.")
    }
    if let trees = boosting ?? other {
      let unseen = columns.subtracting(trees.pipeline.requiredColumns).sorted()
      if !unseen.isEmpty {
        warnings.append(
          "`monotone` and `interactions` do nothing for columns that are left out"
            + (logistic == nil ? "" : ", whichever model wins") + ": "
            + unseen.joined(separator: ", ") + ".")
      }
    }
    return warnings
  }

  /// A model that ranks no better than chance must not look like one that was learned.
  private var chance: [String] {
    guard let auc = judged.outOfFold.figures.auc, let interval = auc.interval, interval.low <= 0.5
    else { return [] }
    if let options = boosting?.optionsAgainstSplits {
      return [
        "No tree has a single split, so every lead gets the same probability: \(options) may prevent "
          + "it. What the columns can tell is not known before that is changed."
      ]
    }
    return [
      "Out of fold it ranks leads no better than chance (AUC \(NumberText.fixed(auc.value, 3)), "
        + "\(NumberText.fixed(interval.low, 3)) to \(NumberText.fixed(interval.high, 3))): these "
        + "columns do not tell who converts. Don't rank leads by it; add columns that say more "
        + "about a lead, or more history."
    ]
  }

  /// Copies of leads: what was done about them, and what can't be.
  private var copies: [String] {
    guard repeated.basis != .examples else { return [] }
    return alikeLeads + repeated.emails.warnings
  }

  private var alikeLeads: [String] {
    guard repeated.rowCount > 0 else { return [] }
    let count =
      "\(NumberText.count(repeated.rowCount)) of the \(NumberText.count(repeated.leadCount)) closed "
      + "leads"
    guard repeated.tellsLeadsApart else {
      return [
        "\(count) are alike in every column, and there is no id column: leads can't be told apart, so "
          + "later comparisons can't refuse those that this model has seen. Give --id COLUMN."
      ]
    }
    let alike =
      repeated.basis == .ids
      ? "share their id (\(leads.roles.ids.joined(separator: ", "))) with another"
      : "are alike in every column, and there is no id column"
    return [
      "\(count) \(alike): they are taken for copies of one lead and kept in one fold."
    ]
  }

  private var aliasedColumns: [String] {
    guard let aliased = logistic?.fit.aliased, !aliased.isEmpty else { return [] }
    return [
      "Left at zero because other columns say the same: "
        + aliased.joined(separator: ", ") + "."
    ]
  }

  /// The rules as `predict` takes them: it reads no project file.
  private var rulesFlag: String {
    leads.rules.map { " --rules \($0)" }
      ?? leads.roles.ruleScore.map { " --rule-score \"\($0)\"" } ?? ""
  }

  private var nextSteps: [String] {
    var steps: [String] = []
    let registry = destinations.registry
    if leads.read.recipe != nil {
      steps.append(
        "kelvin-score predict --model \(registry) \(destinations.projectFlags)\(rulesFlag) "
          + "--out scored.csv")
    } else if let heldOut = destinations.heldOut {
      steps.append(
        "kelvin-score predict --model \(registry) --data \(heldOut)\(rulesFlag) --all "
          + "--out scored.csv")
    } else {
      steps.append(
        "kelvin-score predict --model \(registry) --data new-leads.csv\(rulesFlag) "
          + "--out scored.csv")
    }
    if !plan.heldOutRows.isEmpty {
      steps.append(
        "Fit again without a hold-out for daily use: the model then learns from all \(leads.roles.unit)s."
      )
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
    if let column = additive?.importance.first?.column {
      steps.append("kelvin-score inspect --model \(registry) --shape \"\(column)\"")
    }
    return steps
  }
}
