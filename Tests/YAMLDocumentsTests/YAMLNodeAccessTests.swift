import Testing
import YAMLDocuments

@Suite struct YAMLNodeAccessTests {
  private func node(_ text: String) throws -> YAMLNode {
    try YAMLDocument.parse("v: \(text)", fileName: "t.yaml").mapping().required("v")
  }

  @Test func numbersAreReadStrictly() throws {
    #expect(try node("12").number() == 12)
    #expect(try node("-1.5e2").number() == -150)
    #expect(try node("'3'").number() == 3)
    for text in ["0x10", "nan", "inf", "1,5", "1e999", "abc", "", "[1]", "1_000"] {
      #expect(throws: YAMLError.self) { try node(text).number() }
    }
  }

  @Test func thousandthsAreExact() throws {
    let cases = [
      "0": 0, "1": 1_000, "-2.5": -2_500, "+0.001": 1, ".5": 500, "5.": 5_000, "0.3000": 300,
      "1000000": 1_000_000_000,
    ]
    for (text, expected) in cases { #expect(try node(text).thousandths() == expected) }
    for text in ["0.0001", "1e3", "1000000.001", "", ".", "-", "1.2.3", "x", "1 000"] {
      #expect(throws: YAMLError.self) { try node(text).thousandths() }
    }
  }

  @Test func sharesAreReadWithAndWithoutSign() throws {
    #expect(try node("25%").percent() == 0.25)
    #expect(try node("12.5 %").percent() == 0.125)
    #expect(try node("0.25").percent() == 0.25)
    for text in ["25", "101%", "-1%", "%", "x%"] {
      #expect(throws: YAMLError.self) { try node(text).percent() }
    }
  }

  @Test func durationsAreSeconds() throws {
    #expect(try node("90d").duration() == 90 * 86_400)
    #expect(try node("0d").duration() == 0)
    #expect(try node("2w").duration() == 14 * 86_400)
    #expect(try node("12h").duration() == 43_200)
    for text in ["90", "d", "-1d", "1.5d", "99999999999999999999d", "9999999999999w", "3y"] {
      #expect(throws: YAMLError.self) { try node(text).duration() }
    }
  }

  @Test func errorsSayWhatWasExpectedAndFound() throws {
    let error = #expect(throws: YAMLError.self) { try node("{a: 1}").number() }
    #expect(
      error.map { "\($0)" }
        == "t.yaml, line 1, column 4 (v): expected a number, found a mapping of 1.")
    let nothing = #expect(throws: YAMLError.self) { try node("").string() }
    #expect(nothing.map { "\($0)" }?.hasSuffix("expected text, found nothing.") == true)
  }

  @Test func nearestNameAllowsASlipAndNoMore() {
    #expect(nearestName(to: "exlude", among: ["exclude", "include"]) == "exclude")
    #expect(nearestName(to: "Region", among: ["region_code", "region"]) == "region")
    #expect(nearestName(to: "leadid", among: ["lead_id"]) == "lead_id")
    #expect(nearestName(to: "nmae", among: ["name"]) == "name")
    #expect(nearestName(to: "colour", among: ["date", "id"]) == nil)
    #expect(nearestName(to: "", among: ["a"]) == nil)
    #expect(nearestName(to: String(repeating: "x", count: 1_000), among: ["x"]) == nil)
  }
}
