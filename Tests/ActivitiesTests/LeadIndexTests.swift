import Tables
import Testing

@testable import Activities

@Suite struct LeadIndexTests {
  @Test func findsEachIdAndNoOther() {
    let ids =
      (0..<5_000).map { "lead-\($0)" } + ["", "ñandú", "a somewhat longer identifier, 40 bytes"]
    let index = LeadIndex(ids: ids)
    for (row, id) in ids.enumerated() { #expect(index.row(of: id) == row) }
    for id in ["lead-5000", "lead", "Lead-1", "lead-1 ", "nandu"] {
      #expect(index.row(of: id) == nil)
    }
  }

  @Test func comparesBytesNotLetters() {
    let index = LeadIndex(ids: ["e\u{301}", "\u{e9}"])
    #expect(index.row(of: "e\u{301}") == 0)
    #expect(index.row(of: "\u{e9}") == 1)
  }

  @Test func repeatedIdsGoToTheFirstRow() {
    let index = LeadIndex(ids: ["a", "b", "a"])
    #expect(index.row(of: "a") == 0)
    #expect(index.repeatedCount == 1)
  }
}
