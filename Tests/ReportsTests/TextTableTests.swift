import Testing

@testable import Reports

@Suite struct TextTableTests {
  @Test func textStandsLeftAndNumbersRight() {
    var table = TextTable([.text("Name"), .number("Leads"), .number("Mean\nrate")])
    table.add(["añejo", "1,200", "3%"])
    table.add(["b", "7", "12%"])
    #expect(
      table.lines() == [
        "              Mean",
        "Name   Leads  rate",
        "─────  ─────  ────",
        "añejo  1,200    3%",
        "b          7   12%",
      ])
  }

  @Test func longTextIsWrappedToTheWidth() {
    var table = TextTable([.text("Column"), .number("N"), .text("Why")])
    table.add(["a", "1", "left out because it is the same in every row of the history"])
    let lines = table.lines(width: 40, indent: 2)
    #expect(lines.allSatisfy { TextWidth.of($0) <= 40 })
    #expect(
      lines == [
        "  Column  N  Why",
        "  ──────  ─  ───────────────────────────",
        "  a       1  left out because it is the",
        "             same in every row of the",
        "             history",
      ])
  }

  @Test func aCellThatIsSetInStaysSetInWhereItWraps() {
    var table = TextTable([.text(""), .number("Value")])
    table.add(["  of the base rate alone", "0.3575"])
    #expect(
      table.lines(width: 26) == [
        "                     Value", "──────────────────  ──────", "  of the base rate  0.3575",
        "  alone",
      ])
  }

  @Test func wideCharactersTakeTwoColumns() {
    var table = TextTable([.text("x"), .number("n")])
    table.add(["会社", "1"])
    table.add(["ab", "2"])
    #expect(table.lines() == ["x     n", "────  ─", "会社  1", "ab    2"])
  }

  @Test func wordsLongerThanTheColumnAreCut() {
    #expect(TextWidth.wrapped("abcdefghij kl", width: 4) == ["abcd", "efgh", "ij", "kl"])
    #expect(TextWidth.wrapped("会社会", width: 1) == ["会", "社", "会"])
    #expect(TextWidth.wrapped("", width: 4) == [""])
  }

  @Test func emptyHeadingsLeaveTheRuleOut() {
    var table = TextTable([.text(""), .text("")])
    table.add(["File", "a.kelvin"])
    #expect(table.lines() == ["File  a.kelvin"])
  }
}
