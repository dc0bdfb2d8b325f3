import Foundation
import Testing

@testable import Reports

/// What commands say of their progress is told in other languages too.
@Suite struct ProgressPhraseTests {
  /// Every stage that a source file names, its places filled with 7.
  private static func stages() throws -> [String] {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources").resolvingSymlinksInPath()
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var stages: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains("Progress") else { continue }
      for match in text.matches(of: #/stage(?: =|:) "((?:[^"\\]|\\\([^"]*?\))*)"/#) {
        stages.insert(String(match.1).replacing(#/\\\((?:[^()]|\([^()]*\))*\)/#, with: "7"))
      }
    }
    return stages.sorted()
  }

  @Test func everyStageIsSaidInSpanish() throws {
    let stages = try Self.stages()
    #expect(stages.count >= 15 && stages.contains("judging the model"), "\(stages)")
    #expect(stages.contains("growing trees, fold 7 of 7"), "\(stages)")
    for stage in stages {
      let spanish = PhraseBook.spanishProgress(stage)
      #expect(spanish != stage, "\(stage)")
      #expect(PhraseBookTests.englishWords(spanish).isEmpty, "\(spanish)")
    }
    #expect(PhraseBook.spanishProgress("3 of 12") == "3 de 12")
    #expect(
      PhraseBook.spanishProgress("reading judging the model.csv") == "leyendo judging the model.csv"
    )
  }
}
