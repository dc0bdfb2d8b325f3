import Testing

@testable import Tables

@Suite struct NumberCellTests {
  private let comma = UInt8(ascii: ",")
  private let point = UInt8(ascii: ".")

  @Test(arguments: [
    ("12", 12.0), ("-12.5", -12.5), ("+3", 3), ("0.125", 0.125), (".5", 0.5), ("12.", 12),
    ("1,234.5", 1234.5), ("1,234,567", 1_234_567), ("1 234.5", 1234.5), ("1'234", 1234),
    ("1.5e3", 1500), ("2E-3", 0.002), ("$1,234.50", 1234.5), ("12 %", 12), ("12%", 12),
    ("€ 5", 5), ("5€", 5), ("EUR 7.5", 7.5), ("7.5 USD", 7.5), ("-$3", -3), ("$-3", -3),
    ("(1,200)", -1200), ("£9", 9), ("1\u{A0}000", 1000), ("1\u{202F}000\u{202F}€", 1000),
    ("\u{2212}4", -4),
  ])
  func readsPointNumbers(_ text: String, _ value: Double) {
    #expect(NumberCell(text, decimalMark: point).value == value)
  }

  @Test(arguments: [
    ("1.234,56 €", 1234.56), ("12,5", 12.5), ("1.500", 1500), ("-0,5", -0.5), ("1 234,5", 1234.5),
    ("1.234.567", 1_234_567), ("12 %", 12), ("3,5 %", 3.5),
  ])
  func readsCommaNumbers(_ text: String, _ value: Double) {
    #expect(NumberCell(text, decimalMark: comma).value == value)
  }

  @Test(arguments: [
    "", "-", "abc", "1.2.3", "12a", "1,23,456.7", "1e", "e5", "1..2", "--5", "5-", "$", "%", "1 2",
    "1.234,567,8", "12:30", "1/2", "nan", "inf", "0x10", "1e99999", "€$5", ".", ",", "1 %  %",
  ])
  func refusesWhatIsNoNumber(_ text: String) {
    #expect(NumberCell(text).evidence.contains(.notNumber))
  }

  @Test(arguments: [
    ("1.500", CellEvidence.unclearPoint), ("1,500", .unclearComma), ("0.500", .decimalPoint),
    ("1234.567", .decimalPoint), ("12.50", .decimalPoint), ("1.234.567", .pointGroups),
    ("08001", .code), ("9007199254740993", .code), ("12345678901234567890123", .code),
    ("+34600123456", .code), ("1 500", .spaceGroups), ("1'500", .apostropheGroups),
  ])
  func showsHowNumbersAreWritten(_ text: String, _ evidence: CellEvidence) {
    #expect(NumberCell(text).evidence.isSuperset(of: evidence))
  }

  @Test func aCellOfTheOtherMarkHasNoValue() {
    #expect(NumberCell("1,5", decimalMark: point).value.isNaN)
    #expect(NumberCell("1.5", decimalMark: comma).value.isNaN)
    #expect(NumberCell("1.234,5", decimalMark: point).value.isNaN)
  }
}

@Suite struct NumberKernelTests {
  /// Cells in the layout of a block, one a row.
  static func convert(
    _ cells: [String], decimalMark: UInt8 = UInt8(ascii: "."), missing: [String] = []
  ) -> (values: [Double], tally: ColumnTally) {
    var bytes = [UInt8](repeating: 0x37, count: CellBlock.padding)
    var ends = [UInt32(bytes.count - 1)]
    for cell in cells {
      bytes += Array(cell.utf8)
      ends.append(UInt32(bytes.count))
      bytes.append(0x0A)
    }
    bytes += [UInt8](repeating: 0x37, count: CellBlock.padding)
    var tally = ColumnTally()
    var values = [Double](repeating: 0, count: cells.count)
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        values.withUnsafeMutableBufferPointer { values in
          NumberKernel.convert(
            CellBlock(
              bytes: bytes.baseAddress!, ends: ends.baseAddress!, rowCount: cells.count,
              columnCount: 1, mayEndInCarriageReturn: true),
            column: 0, decimalMark: decimalMark, missing: MissingTokens(missing),
            infersTypes: true, into: values.baseAddress!, tally: &tally)
        }
      }
    }
    return (values, tally)
  }

  @Test func randomNumbersAreCorrectlyRounded() {
    var generator = SeededGenerator(seed: 11)
    var cells: [String] = []
    for _ in 0..<20_000 {
      let digits = Int.random(in: 1...19, using: &generator)
      var text = Bool.random(using: &generator) ? "-" : ""
      text += String(Int.random(in: 1...9, using: &generator))
      for _ in 1..<digits + 1 { text += String(Int.random(in: 0...9, using: &generator)) }
      let places = Int.random(in: 0...digits, using: &generator)
      if places > 0 && places < text.count - 1 {
        text.insert(".", at: text.index(text.endIndex, offsetBy: -places))
      }
      if Int.random(in: 0..<8, using: &generator) == 0 {
        text += "e\(Int.random(in: -320...300, using: &generator))"
      }
      cells.append(text)
    }
    for _ in 0..<20_000 {
      let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
      if value.isFinite { cells.append(value.description) }
      cells.append(Double.random(in: -1...1, using: &generator).description)
    }
    // Halfway between two doubles, and next to it.
    for _ in 0..<2_000 {
      let whole = UInt64.random(in: 1 << 52..<1 << 53, using: &generator)
      cells += ["\(whole).5", "\(whole).49", "\(whole).51", "\(whole / 1_000_000).5"]
      cells.append("0.\(UInt64.random(in: 1...UInt64.max / 20, using: &generator))")
      cells.append("0.0000\(UInt64.random(in: 1...UInt64.max / 20, using: &generator))")
    }
    let values = Self.convert(cells).values
    for (cell, value) in zip(cells, values) where Double(cell)!.isFinite {
      #expect(value == Double(cell)!, "\(cell)")
    }
  }

  /// The kernel's quick path and the general reader see the same in every short string of the
  /// characters that numbers are made of.
  @Test func theQuickPathAgreesWithTheGeneralReader() {
    var generator = SeededGenerator(seed: 5)
    let alphabets = ["0011234567899..,,-+ e%", "01234567890123456789.,"].map { Array($0) }
    for mark in [UInt8(ascii: "."), UInt8(ascii: ",")] {
      for round in 0..<40_000 {
        let alphabet = alphabets[round % 2]
        let length = Int.random(in: 1...26, using: &generator)
        let text = String((0..<length).map { _ in alphabet.randomElement(using: &generator)! })
        let trimmed = text.trimmingSpaces
        let (values, tally) = Self.convert([text], decimalMark: mark)
        guard !trimmed.isEmpty else { continue }
        let general = NumberCell(trimmed, decimalMark: mark)
        #expect(
          values[0].bitPattern == general.value.bitPattern
            || values[0].isNaN && general.value.isNaN, "\(text)")
        if general.evidence.contains(.notNumber) {
          #expect(tally.evidence == ColumnInference.evidence(of: trimmed), "\(text)")
        } else {
          #expect(tally.evidence == general.evidence, "\(text)")
        }
      }
    }
  }

  @Test func missingTokensThatAreNumbersAreMissing() {
    let (values, tally) = Self.convert(["-1", "5", " -1 ", "", "N/A", "x"], missing: ["-1"])
    #expect(values[1] == 5)
    #expect(values.indices.filter { values[$0].isNaN } == [0, 2, 3, 4, 5])
    #expect(tally.usualMissingCount == 1)
    #expect(tally.usualMissingTokens == ["N/A"])
    #expect(tally.unparsedCount == 1)
  }

  @Test(arguments: ["Infinity", "-Infinity", "inf", "-Inf", "NaN"])
  func anInfinityLeavesAColumnOfNumbersOne(cell: String) {
    let (values, tally) = Self.convert(["1.5", cell, "2"])
    #expect(values[0] == 1.5 && values[1].isNaN && values[2] == 2)
    #expect(tally.usualMissingTokens == [cell] && tally.unparsedCount == 0)
    guard case .number = ColumnInference.decide(tally.evidence) else {
      Issue.record("a category")
      return
    }
  }
}

extension String {
  var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
