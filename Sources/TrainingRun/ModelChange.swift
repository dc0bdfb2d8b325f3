import Metrics
import Models
import Parallel
import Reports
import Validation

/// What a new model does otherwise than a version before it.
struct ModelChange {
  let past: PastVersion
  let model: LeadModel
  let leads: AuditedLeads
  let plan: FoldPlan
  let judged: JudgedModel
  let pool: WorkerPool

  /// Leads of either outcome that a judgement needs: below, its interval is wider than what versions differ by.
  static let fewestOutcomes = 20

  /// The new version is not named yet: it has no number before it is written.
  func report() throws -> ChangeReport {
    let rows = judged.outOfFold.rows + (judged.heldOut?.rows ?? [])
    let after = judged.outOfFold.probabilities + (judged.heldOut?.probabilities ?? [])
    let seen = try past.hasSeen(rows: rows, leads: leads, plan: plan, pool: pool)
    let new = rows.indices.filter { seen?[$0] == false }
    let moves = LeadMoves(
      past: past, model: model, leads: leads, heldOut: judged.heldOut?.rows ?? [],
      training: plan.trainingRows, pool: pool)
    let judgement = try judgement(
      rows: new.map { rows[$0] }, after: new.map { after[$0] }, scores: moves.past)
    let found = try moves.find()
    return ChangeReport(
      before: version(past.model, name: past.loaded.name),
      after: version(model, name: "the new version"),
      judgement: judgement,
      fairness: fairness(
        seen: seen, isJudged: judgement != nil, before: past.loaded.name),
      moves: found.moves, columns: found.columns,
      options: OptionChanges(before: past.model, after: model).all)
  }

  private func version(_ model: LeadModel, name: String) -> ChangeReport.Version {
    ChangeReport.Version(
      name: name, algorithm: model.training.algorithm, leads: model.training.rows,
      outOfFold: ValidationSummary(
        scheme: model.outOfFold.scheme, figures: model.outOfFold.figures))
  }

  /// - Parameters:
  ///   - rows: of the table, that neither version was fitted to.
  ///   - after: the new version's probabilities of them, out of fold or held out.
  private func judgement(
    rows: [Int], after: [Double], scores: LeadMoves.Scores
  ) throws -> ChangeReport.Judgement? {
    let history = leads.history
    let labels = rows.map { UInt8(history.outcomes[$0] == 1 ? 1 : 0) }
    let won = labels.count { $0 == 1 }
    guard min(won, labels.count - won) >= Self.fewestOutcomes else { return nil }
    let weights = history.weights.map { all in rows.map { all[$0] } }
    let before = try scores.leads(history.table.gathered(rows), pool: pool).map(\.probability)
    guard
      let figuresBefore = ProbabilityFigures(
        labels: labels, probabilities: before, weights: weights),
      let figuresAfter = ProbabilityFigures(
        labels: labels, probabilities: after, weights: weights),
      let difference = logLossDifference(
        labels: labels, first: after, second: before, weights: weights,
        clusters: plan.clusters.map { all in rows.map { all[$0] } })
    else { return nil }
    return ChangeReport.Judgement(
      before: figuresBefore, after: figuresAfter, logLossDifference: difference,
      auc: pairedAUCTest(labels: labels, first: after, second: before, weights: weights))
  }

  /// What of the judgement is fair, and what is not.
  private func fairness(
    seen: [Bool]?, isJudged: Bool, before: String
  ) -> [String] {
    let unit = leads.roles.unit
    guard let seen else {
      return [
        "Which of these \(unit)s \(before) was fitted to can't be told (it knows no ids of them, or "
          + "cells are read otherwise now), and of those its predictions would be flattered: no "
          + "figures of it are made on them."
      ]
    }
    let old = seen.count { $0 }
    let new = seen.count - old
    var sentences: [String] = []
    if isJudged {
      sentences.append(
        "\(before) is judged as it was written; the new version by the models of its folds, each on \(unit)s "
          + "kept from it" + (plan.heldOutRows.isEmpty ? "." : ", and on the hold-out as written."))
      if plan.folds.scheme != .forward {
        sentences.append(
          "The folds are drawn at random, so the new version had other \(unit)s of the same time to "
            + "learn from, and \(before) had to look ahead: where customs change, that favours the new "
            + "one. With a date of creation (created) the folds look ahead too.")
      }
    }
    if old > 0 {
      sentences.append(
        "\(before) was fitted to \(NumberText.count(old)) of the \(NumberText.count(seen.count)) "
          + "\(unit)s that are judged out of fold or held out: it knows their outcomes, which would "
          + "flatter it, so they are left out"
          + (isJudged
            ? "."
            : "; \(new == 0 ? "none are" : "the other \(NumberText.count(new)) are too few") left to "
              + "judge both by (at least \(Self.fewestOutcomes) won and as many lost)."))
    }
    if !isJudged {
      let isSame =
        seen.allSatisfy { $0 } && past.model.training.rows == model.training.rows
        && past.model.training.conversions == model.training.conversions
      sentences.append(
        isSame
          ? "Both were fitted to the same \(unit)s, and each was judged on them out of fold: figures "
            + "are of like with like where the folds are alike, but without an interval of the "
            + "difference; one of the size of a figure's own interval means nothing."
          : "Each was judged on \(unit)s of its own: figures differ by the \(unit)s as well as by the "
            + "versions.")
    }
    let otherwise = past.columnsReadOtherwise(leads.history.source.schema)
    if !otherwise.isEmpty {
      sentences.append(
        "Cells of \(otherwise.joined(separator: ", ")) are read otherwise now (missing tokens, "
          + "decimal mark, order of dates) than when \(before) was fitted: it is asked about them as "
          + "they are read now.")
    }
    if past.model.recipe?.history?.definition.horizon
      != model.recipe?.history?.definition.horizon
    {
      sentences.append(
        "Their horizons differ: a probability of \(before) is one of another length of time.")
    }
    return sentences
  }
}
