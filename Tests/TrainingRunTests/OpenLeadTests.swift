import Features
import Testing

@testable import TrainingRun

@Suite struct OpenLeadTests {
  /// Deals of which the open ones alone lack an account, as CRMs have it: the account is linked when a
  /// deal moves on.
  private func deals(open: Int) -> [[String]] {
    var random = SeededNumbers(seed: 5)
    let accounts = ["Acme", "Bluth", "Cyberdyne", "Duff"]
    let closed = (0..<400).map { row -> [String] in
      let visits = Int.random(in: 0...9, using: &random)
      let won = random.unit() < 0.3 + 0.04 * Double(visits)
      return ["D\(row)", accounts[row % 4], "\(visits)", won ? "Won" : "Lost"]
    }
    let stages = ["Engaging", "Prospecting", ""]
    return closed
      + (0..<open).map { row in
        ["O\(row)", "", "\(row % 10)", stages[row % 3]]
      }
  }

  private func trial(_ folder: TemporaryFolder, open: Int, name: String) throws -> Trial {
    let path = try folder.write(["id", "company", "visits", "stage"], deals(open: open), name)
    return Trial(path, target: "stage", won: ["Won"], lost: ["Lost"]) { $0.id = ["id"] }
  }

  @Test func aMissingAccountDoesNotLose() throws {
    let folder = try TemporaryFolder()
    let (report, model) = try trial(folder, open: 200, name: "deals.csv").fit(folder.path("model"))
    #expect(report.data.open == 200)
    #expect(model.training.rows == 400)
    #expect(report.outOfFold?.figures.leads == 400)
    let encoder = try #require(model.predictor.pipeline?.category("company"))
    #expect(!encoder.hasMissing)
    #expect(encoder.levels.sorted() == ["Acme", "Bluth", "Cyberdyne", "Duff"])
    #expect(
      !(try #require(model.logistic)).layout.coefficientNames.contains { $0.contains("missing") })
  }

  @Test func openLeadsChangeNothing() throws {
    let folder = try TemporaryFolder()
    let with = try trial(folder, open: 200, name: "deals.csv").fit(folder.path("with"))
    let without = try trial(folder, open: 0, name: "closed.csv").fit(folder.path("without"))
    #expect(with.model.predictor.pipeline == without.model.predictor.pipeline)
    #expect(with.model.logistic == without.model.logistic)
    #expect(with.model.scale == without.model.scale)
    #expect(with.report.outOfFold == without.report.outOfFold)
  }
}
