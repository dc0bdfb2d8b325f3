import Tables
import Testing

@testable import History

@Suite struct DatedExportTests {
  @Test(arguments: [
    ("leads-2025-01.csv", "2025-02-01"), ("leads-2025-01-31.csv", "2025-02-01"),
    ("a/2020-01-01/export_20241231.csv", "2025-01-01"), ("2024.02.28 leads.xlsx", "2024-02-29"),
    ("leads_202412.csv", "2025-01-01"), ("v2-leads-2024-06.csv.gz", "2024-07-01"),
  ])
  func anExportCountsFromTheEndOfItsDate(name: String, date: String) throws {
    #expect(try DatedExport.time(ofName: name, zone: .utc) == DateCell(date).seconds)
  }

  @Test(arguments: [
    "leads.csv", "2024-02-01/leads.csv", "leads-2024-13.csv", "leads-2024-02-30.csv",
  ])
  func aNameWithoutADateIsRefused(name: String) {
    #expect(throws: HistoryError.undatedExport(name: name)) {
      try DatedExport.time(ofName: name, zone: .utc)
    }
  }
}
