import Testing

@testable import Reports

@Suite struct InspectFactsTests {
  @Test(arguments: [
    ([], ""), ([4], "4"), ([1, 2], "1, 2"), ([1, 3, 4, 5], "1, 3–5"),
    (Array(2...202), "2–202"), ([1, 2, 3, 7, 9, 10], "1–3, 7, 9, 10"),
  ])
  func numbersThatFollowEachOtherAreRanges(numbers: [Int], text: String) {
    #expect(InspectReport.runs(numbers) == text)
  }

  @Test func rangesOfMembersAreSaidInSpanish() {
    #expect(PhraseBook.spanish("202; without pairs: 2–202") == "202; sin pares: 2–202")
  }
}
