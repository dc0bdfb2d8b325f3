import Metrics
import Parallel
import Reports

/// Judges rule score and model on the same leads, with all that can be told of them.
///
/// - Parameters:
///   - describe: what a list shows of the leads of these rows, one each, in their order; `nil` for no
///     lists of leads.
/// - Throws: `ComparisonError`, and what `describe` throws.
public func compare(
  _ leads: ComparedLeads, population: ComparisonReport.Population, model: String? = nil,
  rules: String? = nil, cautions: [ComparisonCaution] = [],
  options: ComparisonOptions = ComparisonOptions(), pool: WorkerPool,
  describe: (([Int]) throws -> [LeadDescription])? = nil
) throws -> ComparisonReport {
  if let capacity = options.capacity,
    !(capacity.leads > 0 && capacity.outOf.map { $0 >= capacity.leads } ?? true)
  {
    throw ComparisonError.capacity(leads: capacity.leads, outOf: capacity.outOf)
  }
  var report = try compare(
    labels: leads.labels, probabilities: leads.probabilities, ruleScores: leads.ruleScores,
    weights: leads.weights, population: population, model: model, rules: rules,
    shares: options.shares, headlineShare: options.headlineShare, cautions: cautions,
    combined: leads.combined)
  let byModel = Ranking(
    labels: leads.labels, scores: leads.probabilities, weights: leads.weights)
  let byRules = Ranking(labels: leads.labels, scores: leads.ruleScores, weights: leads.weights)
  let draws = options.draws(leads: leads.labels.count)
  let parts = PartComparer(leads: leads, headlineShare: options.headlineShare)
  let judge = RuleJudge(leads: leads)
  report.details = ComparisonDetails(
    seed: options.seed, draws: draws,
    curves: GainBootstrap(
      labels: leads.labels, weights: leads.weights, byModel: byModel, byRules: byRules,
      seed: options.seed, draws: draws
    ).curves(pool: pool),
    reliability: byModel.reliabilityTable(),
    capacity: CapacityPlanner(
      leads: leads, byModel: byModel, byRules: byRules, options: options
    ).plan(),
    contact: contact(leads, parts),
    swaps: try describe.flatMap { describe in
      try SwapFinder(leads: leads, byModel: byModel, byRules: byRules)
        .lists(share: options.headlineShare, count: options.swaps, describe: describe)
    },
    stages: leads.stages.map(parts.stages) ?? [], grid: leads.grades.map(parts.grid),
    rules: judge.figures(), overlaps: judge.overlaps(), lateColumns: leads.lateColumns,
    movement: leads.decisions.map { MovementFinder(leads: leads, decisions: $0).movement() },
    segments: leads.segments.map(parts.segment))
  return report
}

private func contact(_ leads: ComparedLeads, _ parts: PartComparer) -> ContactFigures {
  guard let contacted = leads.contacted else { return ContactFigures(column: nil, contacted: nil) }
  let rows = contacted.flags.indices.filter { contacted.flags[$0] }
  return ContactFigures(
    column: contacted.name,
    contacted: rows.isEmpty ? nil : parts.part(contacted.name, rows: rows),
    moment: leads.contactMoment)
}
