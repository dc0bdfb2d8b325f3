import Metrics
import Testing

@Suite struct NumberTextTests {
  @Test func countsHaveThousandsSeparated() {
    #expect(NumberText.count(0) == "0")
    #expect(NumberText.count(999) == "999")
    #expect(NumberText.count(1_000) == "1,000")
    #expect(NumberText.count(-1_234_567) == "-1,234,567")
    #expect(NumberText.count(Int.min) == "-9,223,372,036,854,775,808")
    #expect(NumberText.count(1_234.0) == "1,234")
    #expect(NumberText.count(18.333) == "18.3")
  }

  @Test func fixedRoundsAndKeepsItsZeros() {
    #expect(NumberText.fixed(0.125, 2) == "0.13")
    #expect(NumberText.fixed(-0.004, 2) == "0.00")
    #expect(NumberText.fixed(1_999.999, 2) == "2,000.00")
    #expect(NumberText.fixed(3.04, 3) == "3.040")
    #expect(NumberText.fixed(.infinity, 2) == "∞")
    #expect(NumberText.fixed(.nan, 2) == "not a number")
    #expect(NumberText.fixed(1e300, 1) == "1e+300")
  }

  @Test func signsAreShownForBoth() {
    #expect(NumberText.signed(0.0812, 3) == "+0.081")
    #expect(NumberText.signed(-0.0812, 3) == "-0.081")
    #expect(NumberText.signed(0.04, 1) == "0.0")
    #expect(NumberText.signed(-0.04, 1) == "0.0")
  }

  @Test func sharesShowTheDecimalsTheyNeed() {
    #expect(NumberText.share(0.2) == "20%")
    #expect(NumberText.share(0.3) == "30%")
    #expect(NumberText.share(0.025) == "2.5%")
    #expect(NumberText.percent(0.11526) == "11.5%")
  }

  @Test func somethingRareIsNotShownAsNothing() {
    #expect(NumberText.percent(of: 4, in: 12_000) == "<0.1%")
    #expect(NumberText.percent(of: 0, in: 12_000) == "0.0%")
    #expect(NumberText.percent(of: 31, in: 12_000) == "0.3%")
    #expect(NumberText.percent(of: 0, in: 0) == "0.0%")
  }

  @Test func oneIsSingular() {
    #expect(NumberText.counted(1, "lead") == "1 lead")
    #expect(NumberText.counted(1_130, "lead") == "1,130 leads")
    #expect(NumberText.counted(2, "category", "categories") == "2 categories")
  }

  @Test func plainNumbersShowNoEmptyDecimals() {
    #expect(NumberText.plain(25) == "25")
    #expect(NumberText.plain(12.5) == "12.5")
    #expect(NumberText.plain(-0.75) == "-0.75")
    #expect(NumberText.plain(1.0 / 3) == "0.333")
  }

  @Test func threeDigitsMatter() {
    #expect(NumberText.significant(0) == "0")
    #expect(NumberText.significant(1_234.5) == "1,235")
    #expect(NumberText.significant(123.4) == "123")
    #expect(NumberText.significant(12.34) == "12.3")
    #expect(NumberText.significant(9.996) == "10.0")
    #expect(NumberText.significant(1.234) == "1.23")
    #expect(NumberText.significant(0.1234) == "0.123")
    #expect(NumberText.significant(0.001_234) == "0.00123")
    #expect(NumberText.significant(-0.000_012_3) == "-1.2e-5")
    #expect(NumberText.significant(2.5e15) == "2.5e15")
  }

  @Test func smallPValuesAreNotSpelledOut() {
    #expect(NumberText.pValue(0.000_4) == "p < 0.001")
    #expect(NumberText.pValue(0.024) == "p = 0.024")
    #expect(NumberText.pValue(0.31) == "p = 0.31")
    #expect(NumberText.pValue(1) == "p = 1.00")
  }
}
