import Testing

@testable import Tables

@Suite struct EmailGroupsTests {
  private func column(_ name: String, _ cells: [String?]) -> Column {
    var bytes: [UInt8] = []
    var offsets = [0]
    for cell in cells {
      bytes += Array((cell ?? "").utf8)
      offsets.append(bytes.count)
    }
    return Column(
      name: name,
      values: .text(TextValues(offsets: offsets, bytes: bytes, missing: cells.map { $0 == nil })))
  }

  private func groups(_ columns: Column..., limit: Int = 50) -> EmailGroups {
    let table = Table(columns: columns, rowCount: columns[0].count)
    return EmailGroups(table: table, rows: Array(0..<table.rowCount), placeholderLimit: limit)
  }

  @Test(arguments: [
    ("Ana@Example.com", "ana@example.com"), ("  <ana@example.com> ", "ana@example.com"),
    ("mailto:ana@example.com", "ana@example.com"), ("a.na+news@gmail.com", "ana@gmail.com"),
    ("ana@googlemail.com", "ana@gmail.com"), ("a.na+x@outlook.com", "a.na@outlook.com"),
    ("ana+x@example.com", "ana+x@example.com"), ("+x@gmail.com", "+x@gmail.com"),
    ("D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e"),
    ("unknown", nil), ("ana at example.com", nil), ("ana@localhost", nil), ("", nil),
    ("a@b@example.com", nil),
  ])
  func spellingsOfAnAddressAreTheSame(_ cell: String, _ normalized: String?) {
    #expect(EmailAddress(cell)?.normalized == normalized)
  }

  @Test func leadsOfOneAddressAreOneGroup() {
    let found = groups(
      column(
        "Correo electrónico",
        ["ana@a.com", "bo@b.com", "ANA@a.com ", nil, "none", "none", "bo@b.com", "cy@c.com"]))
    #expect(found.columns == ["Correo electrónico"])
    #expect(found.codes == [0, 1, 0, -1, -1, -1, 1, -1])
    #expect(found.rowCount == 4)
    #expect(found.placeholderCount == 0)
  }

  @Test func addressesMeetAcrossColumns() {
    let found = groups(
      column("email", ["ana@a.com", "bo@b.com", "cy@c.com", "dee@d.com"]),
      column("work email", ["bo@b.com", nil, "x@x.com", "ana@a.com"]))
    #expect(found.codes == [0, 0, -1, 0])
  }

  @Test func anAddressThatStandsEverywhereIsAPlaceholder() {
    let found = groups(
      column("email", ["no@no.com", "no@no.com", "ana@a.com", "NO@no.com", "ana@a.com"]), limit: 2)
    #expect(found.codes == [-1, -1, 2, -1, 2])
    #expect(found.placeholderCount == 1)
    #expect(found.placeholderRowCount == 3)
  }

  @Test func aRowWithAnAddressTwiceCountsOnce() {
    let found = groups(
      column("email", ["ana@a.com", "ana@a.com", "bo@b.com"]),
      column("email 2", ["ana@a.com", "ana@a.com", "x@x.com"]), limit: 2)
    #expect(found.placeholderCount == 0)
    #expect(found.codes == [0, 0, -1])
  }

  @Test(arguments: ["owner_email", "Email del comercial", "notes"])
  func addressesOfOurOwnPeopleAndFreeTextGroupNothing(_ name: String) {
    let cells = ["call ana", "b", "call ana", "c"]
    let found = groups(
      column(name, name == "notes" ? cells : ["me@us.com", "me@us.com", "it@us.com", "me@us.com"]))
    #expect(found.columns.isEmpty)
    #expect(found.rowCount == 0)
  }

  @Test func onlyTheRowsAskedForCount() {
    let column = column("email", ["ana@a.com", "bo@b.com", "ana@a.com", "bo@b.com"])
    let found = EmailGroups(table: Table(columns: [column], rowCount: 4), rows: [0, 1, 3])
    #expect(found.codes == [-1, 1, 1])
  }

  @Test func groupsDoNotDependOnTheOrderOfJoining() {
    var one = RowUnion(rowCount: 6)
    for (a, b) in [(4, 5), (1, 4), (0, 2)] { one.join(a, b) }
    var other = RowUnion(rowCount: 6)
    for (a, b) in [(2, 0), (5, 1), (1, 4)] { other.join(a, b) }
    #expect(one.groups() == [0, 1, 0, -1, 1, 1])
    #expect(other.groups() == one.groups())
  }
}
