import Explanations
import Models
import Parallel
import ScoringRun
import Sources
import Testing

@testable import TrainingRun

@Suite struct ReasonsTests {
  private static let trees: TrainingOptions = {
    var options = TrainingOptions(algorithms: [.boosting])
    options.boosting.rounds = 30
    return options
  }()

  @Test(arguments: [TrainingOptions(algorithms: [.logistic], penalty: .fixed(3)), trees])
  func contributionsAddUpToTheScoresLogOdds(options: TrainingOptions) throws {
    let fitted = try FittedModel(options: options)
    let (table, raw) = try fitted.table()
    let explainer = try LeadExplainer(fitted.loaded.model)
    let explanations = try explainer.explain(table, pool: fitted.pool)
    #expect(explanations.columns == fitted.loaded.model.requiredColumns)
    for row in raw.indices {
      let sum = explanations.contributions(row: row).reduce(explanations.baseline, +)
      #expect(abs(sum - raw[row]) < 1e-9)
    }
    // Over the leads that the model was fitted to, nothing is left: they are what is told against. Trees
    // see a part of them each.
    let mean = raw.reduce(0, +) / Double(raw.count)
    #expect(abs(mean - explanations.baseline) < (fitted.loaded.model.trees == nil ? 1e-9 : 0.2))
  }

  @Test func reasonsAreWrittenBesideTheScores() throws {
    let fitted = try FittedModel()
    let (_, lines) = try fitted.predict(InventedLeads.header, fitted.rows)
    #expect(
      lines[0]
        == "lead_id,probability,probability_low,probability_high,score,times_average,band,novelty,"
        + "reasons_for,reasons_against,model")
    let written = zip(
      FittedModel.cells(lines, "reasons_for"), FittedModel.cells(lines, "reasons_against"))
    for (row, reasons) in zip(fitted.rows, written) {
      // What the lead has in a column, whichever side it is on.
      let all = (reasons.0 + "; " + reasons.1).split(separator: "; ")
      #expect(all.count <= 6)
      for reason in all where reason.hasPrefix("source = ") {
        #expect(reason.hasPrefix("source = \(row[1]): "))
      }
    }
    let none = try fitted.predict(InventedLeads.header, fitted.rows) { $0.reasons = 0 }.lines
    #expect(
      none[0]
        == "lead_id,probability,probability_low,probability_high,score,times_average,band,novelty,"
        + "model")
    let one = try fitted.predict(InventedLeads.header, fitted.rows) {
      $0.reasons = 1
      $0.language = .spanish
      $0.columns = ["reasons_for", "reasons_against", "reasons_json"]
    }.lines
    #expect(one[0] == "lead_id,reasons_for,reasons_against,reasons_json")
    #expect(FittedModel.cells(one, "reasons_for").allSatisfy { !$0.contains(";") })
    #expect(one.contains { $0.contains("called = sí: ") })
  }

  @Test func oneLeadIsExplainedBesideItsRules() throws {
    let fitted = try FittedModel()
    let path = try fitted.folder.write(InventedLeads.header, fitted.rows, "new.csv")
    let run = try ExplainRun(
      fitted.loaded, rules: .column(name: "points"), options: ExplainRun.Options(),
      pool: fitted.pool)
    let report = try run.run(["L123"], data: .csv(path: path))
    let (_, raw) = try fitted.table()
    #expect(report.lead == ["L123"])
    #expect(report.probability == probability(fromRawPrediction: raw[123]))
    #expect(report.rules?.points == Double(fitted.rows[123][5]))
    let sum = report.parts.reduce(report.averageLogOdds) { $0 + $1.contribution }
    #expect(abs(sum - raw[123]) < 1e-9)
    let text = report.text(width: 100)
    #expect(text.contains("source = \(fitted.rows[123][1])"))
    #expect(throws: ScoringError.noSuchLead(path: path, columns: ["lead_id"])) {
      try run.run(["nobody"], data: .csv(path: path))
    }
    #expect(throws: ScoringError.otherIdCount(given: 2, columns: ["lead_id"])) {
      try run.run(["L1", "L2"], data: .csv(path: path))
    }
  }

  /// Models of format 1.2 and before do not hold what reasons are told against.
  @Test func aModelWithoutMeansScoresWithoutReasons() throws {
    let fitted = try FittedModel()
    let old = try fitted.withoutMeans()
    let (report, lines) = try old.predict(InventedLeads.header, fitted.rows)
    #expect(lines[0] == "lead_id,probability,score,times_average,band,model")
    #expect(report.warnings.contains { $0.contains("without reasons") })
    #expect(throws: ExplanationError.noFeatureMeans) {
      try old.predict(InventedLeads.header, fitted.rows) { $0.columns = ["reasons_for"] }
    }
  }
}
