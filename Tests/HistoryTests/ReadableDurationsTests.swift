import Testing

@testable import History

@Suite struct ReadableDurationsTests {
  private let day = 86_400.0

  @Test func lengthsAreRoundedToWhatPeoplePlanBy() {
    #expect(ReadableDurations.nearest(8 * day) == 7 * day)
    #expect(ReadableDurations.nearest(27 * day) == 30 * day)
    #expect(ReadableDurations.atMost(29 * day) == 21 * day)
    #expect(ReadableDurations.atMost(-1) == 0)
    #expect(ReadableDurations.atLeast(61 * day) == 90 * day)
    #expect(ReadableDurations.atLeast(4_000.5 * day) == 4_001 * day)
  }

  @Test(arguments: [(0.0, "0d"), (604_800, "7d"), (43_200, "12h"), (1_800, "30min"), (1.5, "1.5s")])
  func wordsAreThoseOfAProjectFile(_ seconds: Double, _ words: String) {
    #expect(ReadableDurations.words(seconds) == words)
  }
}
