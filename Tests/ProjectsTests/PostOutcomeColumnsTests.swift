import Projects
import Testing

@Suite struct PostOutcomeColumnsTests {
  @Test(
    arguments: [
      "Close Date", "close_date", "closedate", "CLOSE DATE", "closeDate", "Close_Date__c",
      "Fecha de cierre", "fecha_cierre", "Motivo de pérdida", "MOTIVO DE PERDIDA",
      "Motivo de pe\u{301}rdida", "Closed Lost Reason", "Closed Won Reason", "Lost reason",
      "amount",
      "close_value", "Days to Close", "First Deal Created Date", "Recent Deal Amount",
      "Lifecycle Stage", "lifecyclestage", "Became a Customer Date", "Stage Duration",
      "Probability", "Forecast category", "Number of Associated Deals", "Total Revenue",
      "HubSpot Score", "hubspot score", "hs_date_entered_closedwon", "Date entered 'MQL' (Ventas)",
      "Asymmetrique Activity Index", "Last Notable Activity", "duration", "Etapa del ciclo de vida",
    ])
  func columnsFilledAfterTheOutcomeAreKnown(_ name: String) {
    #expect(postOutcomeColumn(named: name) != nil)
  }

  @Test(
    arguments: [
      "Create Date", "age", "balance", "Lead Source", "campaign", "Date entered", "City", "",
      "engage_date", "Industry", "customerID", "tenure", "Total Time Spent on Website", "previous",
    ])
  func columnsKnownBeforeAreNot(_ name: String) {
    #expect(postOutcomeColumn(named: name) == nil)
  }

  @Test func theListIsLargeAndHasNoDoubles() {
    let names = PostOutcomeColumn.all.map(\.name)
    #expect(names.count > 250)
    #expect(Set(names).count == names.count)
    for system in PostOutcomeColumn.System.allCases {
      #expect(PostOutcomeColumn.all.contains { $0.system == system })
    }
    for column in PostOutcomeColumn.all where !column.name.hasSuffix("…") {
      #expect(postOutcomeColumn(named: column.name) != nil)
    }
  }
}
