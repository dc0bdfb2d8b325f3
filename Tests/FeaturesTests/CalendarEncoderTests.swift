import Testing

@testable import Features

@Suite struct CalendarEncoderTests {
  /// Walks the calendar day by day.
  @Test func monthsFollowTheGregorianCalendar() {
    func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    var year = 1970
    var month = 1
    var dayOfMonth = 1
    for day in 0..<80_000 {
      #expect(CalendarEncoder.month(ofDay: day) == month)
      let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      dayOfMonth += 1
      if dayOfMonth > lengths[month - 1] {
        dayOfMonth = 1
        month += 1
      }
      if month > 12 {
        month = 1
        year += 1
      }
    }
    #expect(CalendarEncoder.month(ofDay: -1) == 12)
    #expect(CalendarEncoder.month(ofDay: -719_468) == 3)
  }

  @Test func partsOfKnownMoments() {
    func code(_ part: CalendarEncoder.Part, _ seconds: Double) -> UInt16 {
      CalendarEncoder(column: "d", part: part, hasMissing: true).code(seconds)
    }
    // 2024-02-29 23:59:59, a Thursday.
    let leapDay = 1_709_251_199.0
    #expect(code(.weekday, leapDay) == 3)
    #expect(code(.month, leapDay) == 1)
    #expect(code(.hour, leapDay) == 23)
    // 1969-12-31 00:00:00, a Wednesday.
    #expect(code(.weekday, -86_400) == 2)
    #expect(code(.month, -86_400) == 11)
    #expect(code(.hour, -86_400) == 0)
    #expect(code(.month, .nan) == 12)
  }
}
