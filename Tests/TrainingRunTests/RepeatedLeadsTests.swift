import Parallel
import Tables
import Testing

@testable import TrainingRun

@Suite struct RepeatedLeadsTests {
  private let pool = WorkerPool(threadCount: 2)

  private func table(ids: [String], numbers: [Double]) -> Table {
    var offsets = [0]
    var bytes: [UInt8] = []
    for id in ids {
      bytes += id.utf8
      offsets.append(bytes.count)
    }
    return Table(
      columns: [
        Column(
          name: "id",
          values: .text(
            TextValues(
              offsets: offsets, bytes: bytes,
              missing: [Bool](repeating: false, count: ids.count)))),
        Column(name: "x", values: .number(numbers)),
      ], rowCount: ids.count)
  }

  @Test func copiesShareANumberAndSingleLeadsHaveNone() throws {
    let leads = try RepeatedLeads(
      table: table(
        ids: ["a", "b", "c", "a", "d", "b", "a"], numbers: Array(0..<7).map(Double.init)),
      rows: [0, 1, 2, 3, 4, 5, 6], ids: ["id"], features: ["x"], pool: pool)
    #expect(leads.rowCount == 5)
    #expect(leads.codes[0] == leads.codes[3] && leads.codes[3] == leads.codes[6])
    #expect(leads.codes[1] == leads.codes[5])
    #expect(leads.codes[0] != leads.codes[1])
    #expect(leads.codes[2] == -1 && leads.codes[4] == -1)
    #expect(leads.tellsLeadsApart)
    #expect(leads.clusters(accounts: nil) == leads.codes)
  }

  private func emails(_ addresses: [String]) -> Table {
    let levels = Array(Set(addresses)).sorted()
    let codes = addresses.map { Int32(levels.firstIndex(of: $0) ?? -1) }
    return Table(
      columns: table(
        ids: addresses.indices.map { "\($0)" }, numbers: addresses.indices.map(Double.init)
      ).columns + [
        Column(
          name: "email", values: .category(CategoryValues(codes: codes, levels: levels)))
      ], rowCount: addresses.count)
  }

  @Test func leadsOfOneAddressAreKeptTogether() throws {
    let addresses = ["ana@a.com", "bo@b.com", "Ana@a.com", "cy@c.com", "dee@d.com"]
    let leads = try RepeatedLeads(
      table: emails(addresses), rows: [0, 1, 2, 3, 4], ids: ["id"], features: ["x"], pool: pool)
    #expect(leads.rowCount == 0)
    #expect(leads.clusters(accounts: nil) == [0, -1, 0, -1, -1])
    // Accounts 1 and 2 are one cluster by way of Ana.
    #expect(leads.clusters(accounts: [1, 1, 2, 2, -1]) == [0, 0, 0, 0, -1])
    #expect(
      leads.emails.warnings == [
        "2 closed leads share an e-mail address with another (“email”): they are taken for one lead "
          + "and kept in one fold."
      ])
  }

  @Test func placeholdersAreNobodysAddress() throws {
    let addresses = [String](repeating: "no@no.com", count: 60) + ["ana@a.com", "ana@a.com"]
    let leads = try RepeatedLeads(
      table: emails(addresses), rows: Array(0..<62), ids: ["id"], features: ["x"], pool: pool)
    #expect(leads.emails.placeholderRowCount == 60)
    let clusters = try #require(leads.clusters(accounts: nil))
    #expect(clusters.count { $0 >= 0 } == 2)
    #expect(
      leads.emails.warnings.last
        == "In “email”, one address stands in 60 rows: taken for placeholders, which make no leads "
        + "the same.")
  }

  @Test func withoutCopiesAccountsStayAsTheyAre() throws {
    let leads = try RepeatedLeads(
      table: table(ids: ["a", "b", "c"], numbers: [1, 1, 1]), rows: [0, 1, 2], ids: ["id"],
      features: ["x"], pool: pool)
    #expect(leads.clusters(accounts: nil) == nil)
    #expect(leads.clusters(accounts: [3, -1, 3]) == [3, -1, 3])
  }

  @Test func copiesJoinTheAccountsThatTheyStandIn() throws {
    let leads = try RepeatedLeads(
      table: table(ids: ["a", "b", "a", "c", "d", "e"], numbers: [0, 1, 2, 3, 4, 5]),
      rows: [0, 1, 2, 3, 4, 5], ids: ["id"], features: ["x"], pool: pool)
    // Lead a stands in accounts 1 and 2, so both are one cluster; d and e have none.
    let clusters = try #require(leads.clusters(accounts: [1, 1, 2, 2, -1, -1]))
    #expect(Set(clusters[0...3]).count == 1)
    #expect(clusters[4] == -1 && clusters[5] == -1)
  }

  @Test func coarseColumnsAreNotTakenForCopies() throws {
    let count = 200
    let ids = (0..<count).map { "\($0)" }
    let coarse = try RepeatedLeads(
      table: table(ids: ids, numbers: (0..<count).map { Double($0 % 5) }),
      rows: Array(0..<count), ids: [], features: ["x"], pool: pool)
    #expect(!coarse.tellsLeadsApart)
    #expect(coarse.clusters(accounts: nil) == nil)
    var numbers = (0..<count).map(Double.init)
    numbers[7] = numbers[6]
    let fine = try RepeatedLeads(
      table: table(ids: ids, numbers: numbers), rows: Array(0..<count), ids: [],
      features: ["x"], pool: pool)
    #expect(fine.tellsLeadsApart)
    #expect(fine.rowCount == 2)
    #expect(fine.clusters(accounts: nil)?.filter { $0 >= 0 }.count == 2)
  }
}
