import Foundation
import Projects
import Testing

/// The files that the documentation shows can be read.
@Suite struct ProjectDocumentationTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func read(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func theExampleOfTheReferenceIsAProjectFile() throws {
    let text = try Self.read("Docs/ProjectFile.md")
    let blocks = text.split(separator: "```yaml\n").dropFirst()
      .compactMap { $0.split(separator: "```").first.map(String.init) }
    #expect(blocks.count == 1)
    for block in blocks {
      let project = try Project.parse(block, fileName: "Docs/ProjectFile.md")
      #expect(project.columns.count == 4)
      #expect(project.outcome?.won == ["Won"])
    }
  }

  @Test func theBankProjectIsRead() throws {
    let project = try Project.parse(
      Self.read("datasets/bank/kelvin.yaml"), fileName: "datasets/bank/kelvin.yaml")
    #expect(project.outcome?.column == "y")
    #expect(project.rules?.resolved == "datasets/bank/rules.yaml")
  }
}
