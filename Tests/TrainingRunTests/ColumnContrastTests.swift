import LogisticTraining
import Models
import Testing

@testable import TrainingRun

@Suite struct ColumnContrastTests {
  private func trial(_ folder: TemporaryFolder) throws -> Trial {
    let path = try folder.write(InventedLeads.header, InventedLeads.rows(600))
    return Trial(path, options: TrainingOptions(algorithms: [.logistic], penalty: .fixed(2))) {
      $0.id = ["lead_id"]
      $0.exclude = ["points"]
    }
  }

  @Test func twoLevelsAreComparedWithEachOther() throws {
    let folder = try TemporaryFolder()
    let result = try trial(folder).side().result
    let contrast = try #require(result.contrasts["called"]?.first)
    #expect(result.contrasts["called"]?.count == 1)
    #expect(contrast.level == "yes" && contrast.against == "no")
    let names = result.fit.model.layout.coefficientNames
    let yes = try #require(names.firstIndex(of: "called = yes"))
    let no = try #require(names.firstIndex(of: "called = no"))
    let coefficients = result.fit.model.coefficients
    #expect(abs(contrast.logOdds - (coefficients[yes] - coefficients[no])) < 1e-12)
    let variance =
      try result.fit.covariance(yes, yes) + result.fit.covariance(no, no)
      - 2 * result.fit.covariance(yes, no)
    #expect(abs(contrast.standardError - variance.squareRoot()) < 1e-12)
    // Each indicator alone shares its level with the intercept, and looks uncertain for that.
    #expect(contrast.standardError < (try result.fit.covariance(yes, yes)).squareRoot())
  }

  @Test(arguments: ["source", "visits", "budget"])
  func levelsAndRangesAreComparedWithTheAverageLead(column: String) throws {
    let folder = try TemporaryFolder()
    let contrasts = try trial(folder).side().result.contrasts[column] ?? []
    #expect(contrasts.count >= 4)
    #expect(contrasts.allSatisfy { $0.against == nil && $0.standardError > 0 })
    let shares = contrasts.map { $0.share ?? 0 }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    let mean = zip(contrasts, shares).reduce(0) { $0 + $1.0.logOdds * $1.1 }
    #expect(abs(mean) < 1e-12)
  }

  @Test func rangesOfANumberFollowItsTrend() throws {
    let folder = try TemporaryFolder()
    let contrasts = try trial(folder).side().result.contrasts["visits"] ?? []
    #expect(zip(contrasts, contrasts.dropFirst()).allSatisfy { $0.logOdds < $1.logOdds })
    #expect(contrasts.last?.level?.hasSuffix("or more") == true)
  }

  @Test func aNumberAloneIsComparedWithAStepInItsOwnUnits() throws {
    let folder = try TemporaryFolder()
    var trial = try trial(folder)
    trial.options.features.numbers = .linear
    let result = try trial.side().result
    let contrast = try #require(result.contrasts["visits"]?.first)
    #expect(result.contrasts["visits"]?.count == 1)
    // Visits are evenly spread from 0 to 12: a standard deviation of about √14.
    #expect(abs((contrast.step ?? 0) - 3.74) < 0.2)
    #expect(contrast.level == nil && contrast.share == nil)
  }

  @Test func theModelFileKeepsThem() throws {
    let folder = try TemporaryFolder()
    let trial = try trial(folder)
    let result = try trial.side().result
    let (report, model) = try trial.fit(folder.path("model"))
    #expect(model.strengths.map(\.column) == result.effects.map(\.source))
    for strength in model.strengths {
      #expect(strength.contrasts == result.contrasts[strength.column])
    }
    let names = report.effects.first { $0.column == "called" }?.oddsRatios.map(\.name)
    #expect(names == ["yes, against no"])
  }
}
