import Testing

@testable import Rules

@Suite struct LedgerWordsTests {
  private func line(_ kind: LedgerLine.Kind, _ thousandths: Int) -> LedgerLine {
    LedgerLine(kind: kind, category: "c", group: "g", rule: "r", thousandths: thousandths)
  }

  @Test func aLedgerReadsInEitherLanguage() {
    let ledger = Ledger(
      lines: [line(.points, 12_500), line(.ruleCap, -2_500), line(.disqualifies, 0)],
      total: 10_000, score: 10, grade: nil, stage: nil, isDisqualified: true)
    #expect(ledger.reasons == "disqualified: r; r +12.5; r cap -2.5")
    #expect(ledger.reasons(in: .spanish) == "descartado: r; r +12,5; r (tope) -2,5")
  }

  @Test(
    arguments: [
      LedgerLine.Kind.fade, .decay, .ruleCap, .ruleFloor, .groupCap, .groupFloor, .categoryCap,
      .categoryFloor, .disqualifies,
    ])
  func noEnglishWordIsLeftInSpanish(kind: LedgerLine.Kind) {
    let (english, spanish) = (line(kind, -1).text, line(kind, -1).text(in: .spanish))
    #expect(english != spanish)
    let words = ["cap", "floor", "fade", "decay", "disqualified"]
    #expect(!spanish.split { !$0.isLetter }.contains { words.contains(String($0)) })
  }
}
