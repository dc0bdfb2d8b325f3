import Foundation
import Rules
import Testing

/// The files that the documentation shows can be read.
@Suite struct RuleDocumentationTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func read(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func theExampleOfTheReferenceIsARuleFile() throws {
    let text = try Self.read("Docs/RuleFile.md")
    let blocks = text.split(separator: "```yaml\n").dropFirst()
      .compactMap { $0.split(separator: "```").first.map(String.init) }
    #expect(blocks.count == 2)
    let file = try RuleFile.parse(blocks[0], fileName: "RuleFile.md")
    #expect(file.warnings.isEmpty)
    #expect(file.categories.map(\.name) == ["fit", "engagement"])
    let rules =
      "groups:\n- name: g\n  category: fit\n  rules:\n"
      + blocks[1].split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    #expect(try RuleFile.parse(rules, fileName: "RuleFile.md").groups[0].rules.count == 5)
  }

  @Test func theBankRulesAreAskedOfTheBankColumns() throws {
    let file = try RuleFile.parse(
      Self.read("datasets/bank/rules.yaml"), fileName: "datasets/bank/rules.yaml")
    #expect(file.warnings.isEmpty)
    let columns: Set = [
      "job", "age", "housing", "loan", "balance", "education", "default", "poutcome", "previous",
      "contact", "month", "campaign",
    ]
    #expect(Set(file.requiredColumns.map(\.name)) == columns)
  }
}
