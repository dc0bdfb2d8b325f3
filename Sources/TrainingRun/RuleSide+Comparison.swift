import Comparison
import History
import Parallel
import ProjectReading
import Reports
import Rules
import Tables

extension RuleSide {
  /// What a comparison is made of, beside the scores.
  struct Setting {
    let history: LeadHistory
    let roles: LeadRoles
    /// Columns that may part the leads, the likeliest first.
    let candidates: [String]
    let facets: ComparisonFacets
    /// One a row of the table: who was contacted, by activities; `nil` where they do not say it.
    let contacted: [Bool]?
    let ledgerWords: LedgerWords
    let seed: UInt64
    let pool: WorkerPool
  }

  /// Rules and model on some of the leads, with all that can be told of them.
  /// - Parameters:
  ///   - rows: rows of the table.
  ///   - probabilities: one a row of `rows`.
  ///   - combined: the model and the rules together, likewise.
  func comparison(
    rows: [Int], labels: [UInt8], probabilities: [Double], weights: [Double]?,
    combined: CombinedScores?, population: ComparisonReport.Population, in setting: Setting
  ) throws -> ComparisonReport {
    let outcome = setting.history.outcome.column
    let source = setting.history.table
    let table = source.gathered(rows)
    var leads = ComparedLeads(
      labels: labels, probabilities: probabilities, ruleScores: rows.map { scores[$0] },
      weights: weights)
    leads.combined = combined
    if let scorer {
      if let verdicts {
        let own = verdicts.gathered(rows)
        leads.add(
          scorer.file, scores: own.scores, outcome: outcome, ledgers: own.forEachLedger)
      } else {
        let bound = try scorer.bind(table)
        leads.add(
          scorer.file, scores: bound.scores(), outcome: outcome, ledgers: bound.forEachLedger)
      }
    } else {
      leads.lateColumns = ComparedLeads.lateColumns([name], outcome: outcome)
    }
    let ids = setting.roles.ids.compactMap { table[$0]?.values }
    if setting.roles.areExamples {
      leads.decisions = ComparedLeads.Decisions(
        table: table,
        names: rows.indices.map { row in ids.map { $0.idText(row) }.joined(separator: " ") },
        moment: ExampleTable.decisionTimeColumn,
        age: ExampleTable.ageColumn)
    }
    if let event = setting.facets.contactEvent, let contacted = setting.contacted {
      leads.contacted = (event.name, rows.map { contacted[$0] })
      leads.contactMoment = event.moment
    }
    // The moment of the decision first, as a comparison by the model file has it.
    let moments = [ExampleTable.decisionTimeColumn].filter {
      setting.roles.areExamples && table[$0] != nil
    }
    try leads.add(setting.facets, table: table, candidates: moments + setting.candidates)
    var options = ComparisonOptions()
    options.seed = setting.seed
    return try compare(
      leads, population: population, rules: name, cautions: cautions, options: options,
      pool: setting.pool
    ) { found in
      var ruleReasons = [String](repeating: "", count: found.count)
      if let verdicts {
        ruleReasons = found.map { verdicts.ledger(rows[$0]).reasons(in: setting.ledgerWords) }
      } else if let scorer {
        let part = table.gathered(found)
        try scorer.bind(part).forEachLedger {
          ruleReasons[$0] = $1.reasons(in: setting.ledgerWords)
        }
      }
      return found.enumerated().map { index, row in
        LeadDescription(
          id: ids.isEmpty
            ? String(rows[row] + 1) : ids.map { $0.idText(row) }.joined(separator: " "),
          reasons: "", ruleReasons: ruleReasons[index])
      }
    }
  }
}
