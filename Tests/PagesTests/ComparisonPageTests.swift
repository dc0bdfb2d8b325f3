import Comparison
import Explanations
import Foundation
import Reports
import Testing

@testable import Pages

@Suite struct ComparisonPageTests {
  private func page(_ language: ReasonLanguage) throws -> String {
    try ComparisonPage(SampleComparison.report(), language: language).html
  }

  /// The tags of a page in order, names alone; those that close begin with a slash.
  private func tags(_ html: String) -> [(name: String, text: Substring)] {
    html.split(separator: "<").dropFirst().compactMap { part in
      guard let end = part.firstIndex(of: ">") else { return nil }
      let inside = part[..<end]
      let name = inside.prefix { $0.isLetter || $0.isNumber || $0 == "/" }
      return (String(name), inside)
    }
  }

  /// What a reader sees, and what is read aloud: text and labels.
  private func visibleText(_ html: String) -> String {
    let body = html.components(separatedBy: "<body>").last ?? ""
    var text = ""
    for part in body.split(separator: "<") {
      guard let end = part.firstIndex(of: ">") else { continue }
      if let label = part[..<end].components(separatedBy: "aria-label=\"").dropFirst().first {
        text += " " + (label.split(separator: "\"").first ?? "")
      }
      text += " " + part[part.index(after: end)...]
    }
    return text
  }

  @Test(arguments: ReasonLanguage.allCases)
  func tagsAreBalancedAndIdsUnique(language: ReasonLanguage) throws {
    let html = try page(language)
    let single: Set<String> = ["meta", "line", "rect", "circle", "path", "doctype", ""]
    var open: [String] = []
    var ids: [String] = []
    var referred: [String] = []
    for tag in tags(html) where !single.contains(tag.name) {
      if tag.name.hasPrefix("/") {
        #expect(open.popLast() == String(tag.name.dropFirst()), "\(tag.text)")
      } else {
        open.append(tag.name)
      }
      let parts = tag.text.components(separatedBy: "\"")
      for (index, part) in parts.enumerated() where index + 1 < parts.count {
        if part.hasSuffix(" id=") { ids.append(parts[index + 1]) }
        if part.hasSuffix("labelledby=") {
          referred += parts[index + 1].split(separator: " ").map(String.init)
        }
      }
    }
    #expect(open.isEmpty)
    #expect(Set(ids).count == ids.count)
    #expect(Set(referred).isSubset(of: ids) && referred.count >= 20)
  }

  @Test func nothingComesFromElsewhereAndNothingRuns() throws {
    let html = try page(.english)
    for word in ["<script", "http:", "https:", " src=", "@import", "url(", "href="] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
    #expect(html.utf8.count < 300_000)
  }

  @Test func coordinatesAreNumbers() throws {
    let html = try page(.english)
    for word in ["nan", "inf\"", "inf ", "Optional("] { #expect(!html.contains(word), "\(word)") }
  }

  @Test func namesAreEscaped() throws {
    let html = try page(.english)
    #expect(!html.contains("<b>&") && !html.contains("<xpart"))
    #expect(html.contains("xqz &lt;b&gt;&amp;&quot;1&quot;"))
  }

  @Test func spanishPagesHoldNoEnglish() throws {
    let html = try page(.spanish)
    #expect(html.contains("<html lang=\"es\">"))
    let left = Set(PhraseTests.words(visibleText(html)).filter(PhraseTests.english.contains))
    #expect(left.isEmpty, "\(left)")
  }

  @Test func spanishNumbersHaveSpanishMarks() throws {
    let text = visibleText(try page(.spanish))
    #expect(text.contains("\u{A0}%") && !text.contains("0%"))
    #expect(text.contains("1.250,5"))
  }

  @Test func everyFigureHasATableAndAHelp() throws {
    let html = try page(.english)
    let sections = html.components(separatedBy: "<section>").dropFirst()
    #expect(sections.count == 12)
    for section in sections {
      #expect(section.contains("<table>"))
      #expect(section.contains("How to read this"))
    }
  }

  @Test func theAnswerIsThatOfTheReport() throws {
    let report = try SampleComparison.report()
    let html = ComparisonPage(report, language: .english).html
    let index = try #require(report.tops.firstIndex { $0.share == report.headlineShare })
    let found = Int(report.byModel.topShares[index].conversions.rounded())
    #expect(html.contains("<span class=\"model\">\(found)</span>"))
  }

  @Test func leadsThatAllConvertedHaveAPageToo() throws {
    let report = try compare(
      labels: [1, 1], probabilities: [0.5, 0.6], ruleScores: [1, 2], population: .outOfFold)
    #expect(ComparisonPage(report, language: .english).html.contains("nothing to rank"))
    #expect(ComparisonPage(report, language: .spanish).html.contains("no hay nada que ordenar"))
  }

  @Test func aComparisonWithoutDetailsHasItsTables() throws {
    let report = try compare(
      labels: [1, 0, 1, 0], probabilities: [0.5, 0.6, 0.9, 0.1], ruleScores: [1, 2, 3, 4],
      population: .heldOut)
    #expect(ComparisonPage(report, language: .english).html.contains("All figures"))
  }
}
