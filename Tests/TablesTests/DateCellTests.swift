import Testing

@testable import Tables

@Suite struct DateCellTests {
  @Test(arguments: [
    ("1970-01-01", 0.0), ("2024-03-07", 1_709_769_600), ("2024/03/07", 1_709_769_600),
    ("2024-03-07T10:00:00Z", 1_709_805_600), ("2024-03-07 10:00", 1_709_805_600),
    ("2024-03-07T10:00:00.250+01:00", 1_709_802_000.25),
    ("2024-03-07T10:00:00-0530", 1_709_825_400), ("2024-03-07 10:00:00+02", 1_709_798_400),
    ("1969-12-31", -86_400), ("2000-02-29", 951_782_400),
    ("2024-03-07 10:00:00 UTC", 1_709_805_600),
  ])
  func readsIsoDates(_ text: String, _ seconds: Double) {
    #expect(DateCell(text).seconds == seconds)
    #expect(DateCell(text).evidence.contains(.isoDate))
  }

  @Test(arguments: [
    ("07/03/2024", DateOrder.dayFirst), ("03/07/2024", .monthFirst), ("7-3-2024", .dayFirst),
    ("07.03.2024", .dayFirst), ("7/3/24", .dayFirst), ("3/7/24", .monthFirst),
    ("2024-03-07", .dayFirst), ("2024-03-07", .monthFirst),
  ])
  func readsDaysUnderAnOrder(_ text: String, _ order: DateOrder) {
    #expect(DateCell(text, order: order).seconds == 1_709_769_600)
  }

  @Test func readsHalfDays() {
    #expect(DateCell("3/7/2024, 2:05 PM", order: .monthFirst).seconds == 1_709_769_600 + 50_700)
    #expect(DateCell("3/7/2024 12:05 AM", order: .monthFirst).seconds == 1_709_769_600 + 300)
    #expect(DateCell("7/3/2024 12:05 p. m.", order: .dayFirst).seconds == 1_709_769_600 + 43_500)
  }

  @Test func shortYearsTurnAtSixtyNine() {
    #expect(DateCell("01/01/68", order: .dayFirst).seconds > 0)
    #expect(DateCell("01/01/69", order: .dayFirst).seconds < 0)
  }

  @Test(arguments: [
    ("25/03/2024", CellEvidence.dayFirstDate), ("03/25/2024", .monthFirstDate),
    ("03/07/2024", .unclearDate), ("2024-13-01", .notDate), ("31/02/2024", .notDate),
    ("29/02/2023", .notDate), ("2024-03-07x", .notDate), ("2024-03-07 25:00", .notDate),
    ("2024-03-07 10:61", .notDate), ("1.2.34", .notDate), ("12/2024", .notDate), ("2024", .notDate),
    ("2024-03/07", .notDate), ("10:30", .notDate), ("2024-03-07 13:00 PM", .notDate),
    ("192.168.10.12", .notDate), ("99-99-99", .notDate),
  ])
  func tellsWhichOrderIsPossible(_ text: String, _ evidence: CellEvidence) {
    #expect(DateCell(text).evidence.contains(evidence))
  }

  /// Counting day by day through four centuries.
  @Test func daysFollowEachOther() {
    var expected = DateCell.days(year: 1799, month: 12, day: 31)
    for year in 1800..<2200 {
      for month in 1...12 {
        for day in 1...DateCell.dayCount(year: year, month: month) {
          expected += 1
          #expect(DateCell.days(year: year, month: month, day: day) == expected)
        }
      }
    }
  }
}

@Suite struct FlagCellTests {
  @Test(arguments: ["yes", "Sí", "SI", "sí", "SÍ", "TRUE", "Verdadero", "1", "y", "S", "t"])
  func readsYes(_ text: String) { #expect(FlagCell.value(text) == 1) }

  @Test(arguments: ["no", "NO", "False", "FALSO", "0", "n", "F"])
  func readsNo(_ text: String) { #expect(FlagCell.value(text) == 0) }

  @Test(arguments: ["", "2", "nope", "yesno", "s.", "vero", "01", "unknown", "falsy"])
  func refusesTheRest(_ text: String) { #expect(FlagCell.value(text) == -1) }
}
