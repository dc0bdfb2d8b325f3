import Tables
import Testing

@Suite struct CalendarMonthTests {
  @Test(arguments: [
    (0.0, "1970-01"), (-1, "1969-12"), (951_782_400, "2000-02"), (951_868_800, "2000-03"),
    (1_767_225_599, "2025-12"), (1_767_225_600, "2026-01"), (-62_135_596_800, "0001-01"),
  ]) func monthsAreThoseOfTheCivilCalendar(_ seconds: Double, _ month: String) {
    #expect(CalendarMonth(seconds: seconds)?.description == month)
  }

  @Test func neighboursDifferByOne() throws {
    let december = try #require(CalendarMonth(seconds: 1_767_225_599))
    let january = try #require(CalendarMonth(seconds: 1_767_225_600))
    #expect(january.index - december.index == 1 && december < january)
  }

  @Test func whatIsNoDateHasNoMonth() {
    #expect(CalendarMonth(seconds: .nan) == nil)
    #expect(CalendarMonth(seconds: .infinity) == nil)
  }
}
