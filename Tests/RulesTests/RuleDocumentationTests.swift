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

  /// The rule files, and the lists of rules, that a page shows.
  private static func examples(_ text: String) -> [String] {
    text.split(separator: "```yaml\n").dropFirst().compactMap { part in
      guard let block = part.split(separator: "```").first.map(String.init) else { return nil }
      if block.contains("groups:") { return block }
      return "groups:\n- name: g\n  category: fit\n  rules:\n"
        + block.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }
  }

  @Test func theExamplesOfTheReferenceAreRuleFiles() throws {
    let examples = Self.examples(try Self.read("Docs/RuleFile.md"))
    let files = try examples.map { try RuleFile.parse($0, fileName: "RuleFile.md") }
    #expect(files.count == 3)
    // A list of rules alone need not fill a scale.
    for (file, text) in zip(files, examples) where text.contains("scale:") {
      #expect(file.warnings.isEmpty)
    }
    #expect(files[0].categories.map(\.name) == ["fit", "engagement"])
    #expect(files[1].groups[0].rules.count == 5)
  }

  /// What stands first in a row of a table, up to what explains it, stands in an example too.
  @Test func everyKeyOfTheReferenceStandsInAnExampleThatLoads() throws {
    let text = try Self.read("Docs/RuleFile.md")
    let examples = Self.examples(text).joined()
    let reference = text.components(separatedBy: "## Keys").last ?? ""
    var keys: Set<String> = []
    for row in reference.split(separator: "\n") where row.hasPrefix("| `") {
      let cell = row.split(separator: "|").first.map(String.init) ?? ""
      for match in cell.matches(of: #/`\{?([a-z_]+)/#) { keys.insert(String(match.1)) }
    }
    #expect(keys.count > 35)
    for key in keys.sorted() { #expect(examples.contains("\(key):"), "\(key)") }
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
