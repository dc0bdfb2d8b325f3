import Explanations
import Foundation
import Testing

@testable import Pages

/// The pages as a real browser lays them out. Runs where Chromium is installed, as `make test` sees to.
@Suite(.serialized, .enabled(if: Browser.path != nil)) struct BrowserTests {
  @Test(
    arguments: ReasonLanguage.allCases,
    [
      Browser.Look(width: 390, isDark: false), .init(width: 390, isDark: true),
      .init(width: 1_280, isDark: false), .init(width: 1_280, isDark: true),
    ])
  func textsKeepApartAndContrast(language: ReasonLanguage, look: Browser.Look) throws {
    let html = try ComparisonPage(SampleComparison.report(), language: language).html
    let outcome = try Browser().measured(html, look: look)
    #expect(outcome.complaints.isEmpty, "\(outcome.complaints.joined(separator: "\n"))")
    // The check has seen the page: its texts and each section's drawings.
    #expect(outcome.texts > 500 && outcome.drawings >= 8)
    #expect(outcome.least >= 3)
  }

  /// Few leads make other drawings: wide intervals, labels nearer to curves.
  @Test(arguments: [false, true])
  func textsOfFewLeadsDoToo(isDark: Bool) throws {
    let html = try ComparisonPage(SampleComparison.report(300), language: .english).html
    let outcome = try Browser().measured(html, look: .init(width: 390, isDark: isDark))
    #expect(outcome.complaints.isEmpty, "\(outcome.complaints.joined(separator: "\n"))")
  }

  @Test(arguments: [
    ("contrast", ""),
    ("overlap", "<p style='margin:0'>aaaa</p><p style='margin:-1.5em 0'>bbbb</p>"),
    ("outside", "<p style='white-space:nowrap;width:9999px;text-align:right'>aaaa</p>"),
    (
      "cut by its box", "<p style='overflow:hidden;width:3em;white-space:nowrap'>aaaa bbbb cccc</p>"
    ),
    ("broken", "<table style='table-layout:fixed;width:2em'><tr><td>aaaaaaaaaaaa</table>"),
    ("cut by its drawing", "<svg viewBox='0 0 50 10'><text x='40' y='9'>aaaa</text></svg>"),
  ])
  func theCheckFindsWhatIsWrong(complaint: String, addition: String) throws {
    var html = try ComparisonPage(SampleComparison.report(300), language: .english).html
    html = html.replacingOccurrences(of: "</main>", with: addition + "</main>")
    if addition.isEmpty {
      html = html.replacingOccurrences(of: "--muted:#55616e", with: "--muted:#b0b0b0")
    }
    let outcome = try Browser().measured(html, look: Browser.Look(width: 390, isDark: false))
    #expect(outcome.complaints.contains { $0.hasPrefix(complaint) }, "\(outcome.complaints)")
  }

  @Test func theConsoleIsSilent() throws {
    let html = try ComparisonPage(SampleComparison.report(), language: .english).html
    #expect(try Browser().console(html) == [])
    // The check hears what there is to hear.
    let loud = html.replacingOccurrences(of: "</body>", with: "<script>x()</script></body>")
    #expect(try Browser().console(loud) != [])
  }
}
