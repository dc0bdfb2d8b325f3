import Foundation
import Testing

/// `inspect` on the frozen files of both kinds.
@Suite struct InspectTests {
  private static func fixture(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "ModelFilesTests/Fixtures/\(name)").path
  }

  @Test func oneTreeIsShownAsTextAndJSON() throws {
    let place = try Workspace()
    let trees = Self.fixture("format-1.1-trees.kelvin")
    let text = try place.score("inspect", "--model", trees, "--tree", "1")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("Tree 1 of 30"))
    let json = try place.score("inspect", "--model", trees, "--tree", "2", "--json").json()
    #expect(json["leaves"] as? Int == 1)
  }

  @Test func aTreeThatIsNotThereIsAUsageError() throws {
    let place = try Workspace()
    let trees = try place.score(
      "inspect", "--model", Self.fixture("format-1.1-trees.kelvin"), "--tree", "31")
    #expect(trees.status == 64)
    #expect(trees.errors.contains("has trees 1 to 30"))
    let logistic = try place.score(
      "inspect", "--model", Self.fixture("format-1.0.kelvin"), "--tree", "1")
    #expect(logistic.status == 64)
    #expect(logistic.errors.contains("has no trees"))
    #expect(logistic.output.isEmpty)
  }
}
