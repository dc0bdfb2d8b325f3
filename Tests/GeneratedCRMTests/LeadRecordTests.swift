import Testing
import Vocabulary

@testable import GeneratedCRM

/// A CRM of some hundred leads, made once for the suites here.
enum SmallCRM {
  static let records: [LeadRecord] = {
    var creation = LeadCreation(seed: 11, leadCount: 1_200)
    return (0..<1_200).map { index in
      let lead = creation.lead(index)
      let record = LeadRecord(lead, seed: 11, account: lead.account.map { creation.accounts[$0] })
      if case .won(let time) = record.history.outcome {
        creation.won(account: lead.account, at: time)
      }
      return record
    }
  }()
}

@Suite struct LeadRecordTests {
  private static func cell(_ record: LeadRecord, _ column: String) -> CRMCell? {
    CRMTable.leads.columns.firstIndex { $0.name == column }.map { record.row[$0] }
  }

  @Test func onboardingOwnerIsFilledInAfterWinsAlone() {
    var won = 0
    var filled = 0
    for record in SmallCRM.records {
      let isFilled = Self.cell(record, "onboarding_owner") != .empty
      if case .won = record.history.outcome {
        won += 1
        filled += isFilled ? 1 : 0
      } else {
        #expect(!isFilled)
      }
      #expect(!record.changes.contains { $0.field == "onboarding_owner" })
    }
    // 97% of them, but for the wins of the last days.
    #expect(won > 80 && Double(filled) > 0.88 * Double(won))
  }

  @Test func logHasLateAndPlannedEventsAndNoneRecordedAfterTheExport() {
    let activities = SmallCRM.records.flatMap(\.activities)
    #expect(activities.allSatisfy { $0.recordedAt < CRMClock.export })
    #expect(activities.contains { $0.recordedAt > $0.occurredAt + CRMClock.day })
    #expect(activities.contains { $0.occurredAt > CRMClock.export })
    #expect(
      activities.filter { $0.occurredAt > CRMClock.export }.allSatisfy {
        [.call, .webinar].contains($0.kind)
      })
  }

  @Test func nothingHappensBeforeTheLeadIsThere() {
    for record in SmallCRM.records {
      #expect(
        record.activities.allSatisfy {
          $0.occurredAt >= record.lead.createdAt && $0.recordedAt >= record.lead.createdAt
        })
      #expect(record.activities.first?.occurredAt == record.lead.createdAt)
      #expect(record.changes.allSatisfy { $0.changedAt >= record.lead.createdAt })
    }
  }

  @Test func fieldsFallSilentAndLevelsAppearLate() {
    let half = CRMClock.start + CRMClock.year
    for record in SmallCRM.records {
      if record.lead.createdAt >= 1_740_787_200 {
        #expect(Self.cell(record, "size_band") == .empty)
      }
      if record.lead.createdAt < half { #expect(record.lead.source != .videoAds) }
      #expect(Self.cell(record, "fax") == .empty)
    }
    #expect(SmallCRM.records.contains { $0.lead.source == .videoAds })
  }

  @Test func somePeopleStandThereTwice() {
    let addresses = SmallCRM.records.map(\.lead.email)
    let different = Set(addresses).count
    #expect(different < addresses.count - 10)
    #expect(different > addresses.count * 9 / 10)
  }

  @Test func titlesReadBackAsTheSeniorityAndDepartmentThatTheyWereMadeOf() {
    let vocabulary = TitleVocabulary.standard
    for record in SmallCRM.records {
      let reading = vocabulary.reading(record.lead.title)
      let seniority = record.lead.seniority == .unknown ? nil : record.lead.seniority.rawValue
      let department = record.lead.department == .unknown ? nil : record.lead.department.rawValue
      #expect(reading.seniority?.rawValue == seniority, "\(record.lead.title)")
      #expect(reading.department?.rawValue == department, "\(record.lead.title)")
    }
  }
}
