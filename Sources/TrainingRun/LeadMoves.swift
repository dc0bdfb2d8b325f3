import Explanations
import Features
import Models
import Parallel
import ProjectReading
import Reports
import Tables

/// Which leads two versions of a model score differently, and by which columns.
struct LeadMoves {
  let past: Scores
  private let present: Scores
  private let pastExplainer: LeadExplainer
  private let words: ReasonWords
  private let leads: AuditedLeads
  private let pool: WorkerPool
  private let table: Table
  private let population: ChangeReport.Moves.Population
  /// Where each row stands in what was read, from 0, for leads without an id.
  private let rowNumbers: [Int]

  /// Fewer leads show nothing of a model at large.
  private static let fewest = 50
  /// Leads that are told one by one.
  private static let mostMoved = 20

  /// A version, and how it scores.
  struct Scores {
    let model: LeadModel
    private let scorer: LeadScorer

    init(_ model: LeadModel) {
      self.model = model
      scorer = LeadScorer(model)
    }

    /// Leads a block.
    private static let blockSize = 8_192

    /// Of each row, its probability and its band.
    func leads(_ table: Table, pool: WorkerPool) throws -> [(probability: Double, band: Int)] {
      let blocks = RowBlocks(rowCount: table.rowCount, blockSize: Self.blockSize)
      return try pool.map(blocks.count) { block in
        let scores = try scorer.score(table.gathered(Array(blocks[block])))
        return zip(scores.probabilities, scores.rawPredictions).map {
          (probability: $0, band: model.scale.band(ofRawPrediction: $1))
        }
      }.flatMap { $0 }
    }
  }

  /// Looks at the leads that will be scored, whose outcomes neither version knows; where there are too few of
  /// them at those that were held out, and then at those that the new version was fitted to.
  init(
    past: PastVersion, model: LeadModel, leads: AuditedLeads, heldOut: [Int], training: [Int],
    pool: WorkerPool
  ) {
    self.past = Scores(past.model)
    present = Scores(model)
    pastExplainer = past.explainer
    words = ReasonWords(recipe: model.recipe, language: past.language)
    self.leads = leads
    self.pool = pool
    let all = leads.history.table
    let needed = Set(past.model.requiredColumns + model.requiredColumns)
    let outcomes = leads.history.outcomes
    let open = outcomes.indices.filter { outcomes[$0] < 0 }
    if let scored = leads.read.scored, scored.rowCount >= Self.fewest,
      needed.allSatisfy({ scored[$0]?.type == all[$0]?.type })
    {
      (table, population) = (scored, .open)
      rowNumbers = Array(0..<scored.rowCount)
    } else {
      let chosen: ([Int], ChangeReport.Moves.Population) =
        open.count >= Self.fewest
        ? (open, .open) : heldOut.count >= Self.fewest ? (heldOut, .heldOut) : (training, .training)
      table = all.gathered(chosen.0)
      population = chosen.1
      rowNumbers = chosen.0
    }
  }

  func find() throws -> (moves: ChangeReport.Moves, columns: [ChangeReport.ColumnChange]) {
    let (was, now) = (
      try past.leads(table, pool: pool), try present.leads(table, pool: pool)
    )
    let (before, after) = (was.map(\.probability), now.map(\.probability))
    let rows = before.indices
    let explainers = (
      before: pastExplainer,
      after: try LeadExplainer(present.model, pool: pool)
    )
    let moved = rows.filter { after[$0] != before[$0] }.sorted {
      (-abs(after[$0] - before[$0]), $0) < (-abs(after[$1] - before[$1]), $1)
    }.prefix(Self.mostMoved)
    let parts = try parts(Array(moved), explainers)
    let top = (rows.count + 9) / 10
    let first = (Self.first(top, by: before), Self.first(top, by: after))
    let moves = ChangeReport.Moves(
      population: population, leads: rows.count,
      meanChange: rows.reduce(0) { $0 + abs(after[$1] - before[$1]) } / Double(max(rows.count, 1)),
      otherBand: rows.count { was[$0].band != now[$0].band },
      top: top, topOfBoth: first.0.intersection(first.1).count,
      averageBefore: probability(fromRawPrediction: explainers.before.baseline),
      averageAfter: probability(fromRawPrediction: explainers.after.baseline),
      leadsMoved: zip(moved, parts).map { row, parts in
        ChangeReport.MovedLead(
          lead: name(row), before: before[row], after: after[row], parts: parts)
      })
    return (moves, try columns(explainers))
  }

  /// What names a row.
  private func name(_ row: Int) -> [String] {
    let ids = leads.roles.ids.compactMap { table[$0]?.values }
    return ids.isEmpty ? ["\(rowNumbers[row] + 1)"] : ids.map { $0.idText(row) }
  }

  private static func first(_ count: Int, by scores: [Double]) -> Set<Int> {
    Set(scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }.prefix(count))
  }

  private typealias Explainers = (before: LeadExplainer, after: LeadExplainer)

  /// Columns of either version, those of the new one first.
  private func columnNames(_ explainers: Explainers) -> [String] {
    let after = Set(explainers.after.columns)
    return explainers.after.columns + explainers.before.columns.filter { !after.contains($0) }
  }

  /// What each column gives after, less what it gave before; rows × columns, in their order.
  private func differences(
    _ before: Explanations, _ after: Explanations, columns: [String]
  ) -> [[Double]] {
    func places(_ explanations: Explanations) -> [Int?] {
      columns.map { explanations.columns.firstIndex(of: $0) }
    }
    let (old, new) = (places(before), places(after))
    return (0..<after.rowCount).map { row in
      let (was, now) = (before.contributions(row: row), after.contributions(row: row))
      return columns.indices.map { column in
        (new[column].map { now[now.startIndex + $0] } ?? 0)
          - (old[column].map { was[was.startIndex + $0] } ?? 0)
      }
    }
  }

  /// Of chosen rows, what moved them, the largest first.
  private func parts(_ rows: [Int], _ explainers: Explainers) throws -> [[ExplainReport.Part]] {
    let part = table.gathered(rows)
    let names = columnNames(explainers)
    let found = differences(
      try explainers.before.explain(part, pool: pool),
      try explainers.after.explain(part, pool: pool),
      columns: names)
    return found.enumerated().map { row, differences in
      differences.indices
        .sorted { (-abs(differences[$0]), $0) < (-abs(differences[$1]), $1) }
        .compactMap { place in
          part[names[place]].map { column in
            ExplainReport.Part(
              column: column.name,
              text: words.phrase(column, row: row, isFor: differences[place] > 0),
              contribution: differences[place])
          }
        }
    }
  }

  private func columns(_ explainers: Explainers) throws -> [ChangeReport.ColumnChange] {
    let rows = evenlySpread(table.rowCount, atMost: ContributionSample.most)
    let part = table.gathered(rows)
    let (before, after) = (
      try explainers.before.explain(part, pool: pool),
      try explainers.after.explain(part, pool: pool)
    )
    let names = columnNames(explainers)
    let differences = differences(before, after, columns: names)
    func byName(_ explanations: Explanations) -> [String: ColumnContribution] {
      Dictionary(
        explanations.columnContributions(of: part).columns.map { ($0.column, $0) },
        uniquingKeysWith: { first, _ in first })
    }
    let (old, new) = (byName(before), byName(after))
    let why = Dictionary(
      present.model.training.leftOut.map { ($0.column, $0.reason) },
      uniquingKeysWith: { first, _ in first })
    return names.enumerated().map { place, name in
      ChangeReport.ColumnChange(
        column: name, type: part[name]?.type, before: old[name], after: new[name],
        moves: differences.reduce(0) { $0 + abs($1[place]) } / Double(max(differences.count, 1)),
        whyGone: new[name] == nil ? why[name] ?? "the same value in every training lead" : nil)
    }.enumerated().sorted {
      (-$0.element.moves, $0.offset) < (-$1.element.moves, $1.offset)
    }.map(\.element)
  }
}
