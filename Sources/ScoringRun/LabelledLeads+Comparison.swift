import Comparison
import Explanations
import History
import Models
import Parallel
import ProjectReading
import Reports
import Rules
import Tables

extension LabelledLeads {
  /// Rules and model on these leads with all that can be told; of leads whose cells were kept.
  ///
  /// - Parameter language: that of the reasons in the lists of leads.
  /// - Throws: `ScoringError.noRules` without rules, `ComparisonError` for columns that can't serve.
  public func comparison(
    _ options: ComparisonOptions, language: ReasonLanguage = .english, pool: WorkerPool
  ) throws -> ComparisonReport {
    guard let ruleScores else { throw ScoringError.noRules }
    guard let table else { return try comparison() }
    let model = loaded.model
    var leads = ComparedLeads(
      labels: labels, probabilities: probabilities, ruleScores: ruleScores)
    leads.combined = combined
    switch rules {
    case .file(let scorer, _):
      let outcome = model.outcome.column
      if let verdicts {
        leads.add(
          scorer.file, scores: verdicts.scores, outcome: outcome, ledgers: verdicts.forEachLedger)
      } else {
        let bound = try scorer.bind(table)
        leads.add(
          scorer.file, scores: bound.scores(), outcome: outcome, ledgers: bound.forEachLedger)
      }
    case .column(let name):
      leads.lateColumns = ComparedLeads.lateColumns([name], outcome: model.outcome.column)
    case nil: break
    }
    if let event = facets?.contactEvent, let contacted {
      leads.contacted = (event.name, contacted)
      leads.contactMoment = event.moment
    }
    if model.recipe?.history != nil {
      leads.decisions = ComparedLeads.Decisions(
        table: table, names: names(table), moment: ExampleTable.decisionTimeColumn,
        age: ExampleTable.ageColumn)
    }
    try leads.add(
      facets ?? ComparisonFacets(), table: table, candidates: segmentCandidates(table))
    return try compare(
      leads, population: population, model: modelName, rules: rulesName, cautions: cautions,
      options: options, pool: pool
    ) { rows in
      try describe(rows, table: table, language: language, pool: pool)
    }
  }

  /// What names the lead of each row.
  private func names(_ table: Table) -> [String] {
    let ids = loaded.model.idColumns.compactMap { table[$0]?.values }
    return (0..<table.rowCount).map { row in ids.map { $0.idText(row) }.joined(separator: " ") }
  }

  /// The model's columns, and the moment of the decision.
  private func segmentCandidates(_ table: Table) -> [String] {
    let model = loaded.model
    let taken = Set(model.idColumns + [model.outcome.column])
    let names = [ProjectLeads.momentColumn] + model.requiredColumns
    return names.filter { !taken.contains($0) && table[$0] != nil }
  }

  private func describe(
    _ rows: [Int], table: Table, language: ReasonLanguage, pool: WorkerPool
  ) throws -> [LeadDescription] {
    let part = table.gathered(rows)
    let reasons = try modelReasons(part, language: language, pool: pool)
    var ruleReasons = [String](repeating: "", count: rows.count)
    let ledgerWords = LedgerWords(language)
    if let verdicts {
      ruleReasons = rows.map { verdicts.ledger($0).reasons(in: ledgerWords) }
    } else if case .file(let scorer, _)? = rules {
      try scorer.bind(part).forEachLedger { ruleReasons[$0] = $1.reasons(in: ledgerWords) }
    }
    let ids = loaded.model.idColumns.compactMap { part[$0]?.values }
    return rows.indices.map { index in
      LeadDescription(
        id: ids.isEmpty
          ? String(places[rows[index]] + 1) : ids.map { $0.idText(index) }.joined(separator: " "),
        reasons: reasons[index], ruleReasons: ruleReasons[index])
    }
  }

  /// Empty for a model that can tell none.
  private func modelReasons(
    _ table: Table, language: ReasonLanguage, pool: WorkerPool
  ) throws -> [String] {
    // The model knew these leads: what it says of them now is not what it said out of fold.
    guard table.rowCount > 0, predictions == nil,
      let teller = try? LeadReasons(loaded.model, language: language, pool: pool)
    else { return [String](repeating: "", count: table.rowCount) }
    let reasons = try teller.reasons(table)
    return (0..<table.rowCount).map { row in
      let texts = reasons.texts(row: row)
      return [texts.reasonsFor, texts.reasonsAgainst].filter { !$0.isEmpty }
        .joined(separator: "; ")
    }
  }
}
