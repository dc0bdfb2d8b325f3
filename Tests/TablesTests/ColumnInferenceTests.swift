import Testing

@testable import Tables

@Suite struct ColumnInferenceTests {
  private func decide(_ cells: [String], fileMark: UInt8 = UInt8(ascii: ".")) -> InferredType {
    ColumnInference.decide(
      cells.reduce(into: CellEvidence()) { $0.formUnion(ColumnInference.evidence(of: $1)) },
      fileDecimalMark: fileMark)
  }

  private func number(_ decimal: Character, _ grouping: Character? = nil) -> InferredType {
    .number(
      NumberFormat(
        decimalMark: decimal.asciiValue!, groupingMark: grouping.map { $0.asciiValue! }))
  }

  @Test func numbers() {
    #expect(decide(["1", "20"]) == number("."))
    #expect(decide(["1", "20"], fileMark: UInt8(ascii: ",")) == number(","))
    #expect(decide(["1.500", "2.25"]) == number("."))
    #expect(decide(["1.500", "2,25"]) == number(",", "."))
    #expect(decide(["1,500", "2,500,000"]) == number(".", ","))
    #expect(decide(["1 500", "1,250"]) == number(",", " "))
    #expect(decide(["12", "N/A"]) == number("."))
    #expect(decide(["0", "0"]) == number("."))
  }

  @Test func aThousandOrOneAndAHalfIsAQuestion() {
    #expect(decide(["1.500", "20"]) == .unclearNumber(mark: UInt8(ascii: ".")))
    #expect(decide(["1,500", "20"]) == .unclearNumber(mark: UInt8(ascii: ",")))
  }

  @Test func contradictionsAndCodesAreLevels() {
    #expect(decide(["1.5", "1,5"]) == .levels)
    #expect(decide(["08001", "28013"]) == .levels)
    #expect(decide(["9007199254740993", "1"]) == .levels)
    #expect(decide(["1", "2", "x"]) == .levels)
    #expect(decide(["N/A"]) == .levels)
    #expect(decide([]) == .levels)
  }

  @Test func flags() {
    for cells in [
      ["yes", "No"], ["sí", "no"], ["SI", "NO"], ["TRUE", "false"], ["Verdadero", "Falso"],
      ["0", "1"], ["Y", "N"], ["S", "N"], ["No"], ["T", "F"],
    ] {
      #expect(decide(cells) == .flag, "\(cells)")
    }
    for cells in [
      ["yes", "0"], ["S"], ["N"], ["yes", "no", "maybe"], ["y", "no"], ["yes", "N/A"],
    ] {
      #expect(decide(cells) == .levels, "\(cells)")
    }
    #expect(decide(["0", "1", "2"]) == number("."))
  }

  @Test func dates() {
    #expect(decide(["2024-03-07", "2024-03-08 10:00"]) == .date(.iso))
    #expect(decide(["01/02/2024", "25/02/2024"]) == .date(.dayFirst))
    #expect(decide(["01/02/2024", "02/25/2024"]) == .date(.monthFirst))
    #expect(decide(["01/02/2024", "2024-03-07", "25/02/2024"]) == .date(.dayFirst))
    #expect(decide(["01/02/2024", "03/04/2024"]) == .unclearDate)
    #expect(decide(["25/02/2024", "02/25/2024"]) == .levels)
    #expect(decide(["25/02/2024", "x"]) == .levels)
    #expect(decide(["2024-03-07", "-"]) == .date(.iso))
  }

  @Test func freeTextHasManyLongLevels() {
    #expect(
      ColumnInference.isFreeText(levelCount: 900, levelByteCount: 900 * 30, filledCount: 1000))
    #expect(!ColumnInference.isFreeText(levelCount: 900, levelByteCount: 9000, filledCount: 1000))
    #expect(!ColumnInference.isFreeText(levelCount: 90, levelByteCount: 9000, filledCount: 90))
    #expect(
      ColumnInference.isFreeText(levelCount: 20_000, levelByteCount: 160_000, filledCount: 20_000))
    #expect(
      !ColumnInference.isFreeText(levelCount: 20_000, levelByteCount: 160_000, filledCount: 40_000))
  }
}

@Suite struct LevelDictionaryTests {
  @Test func codesFollowFirstSight() {
    let dictionary = LevelDictionary()
    var generator = SeededGenerator(seed: 3)
    var expected: [String: Int32] = [:]
    for step in 0..<20_000 {
      let length = Int.random(in: 0...40, using: &generator)
      let letters = Int.random(in: 1...2, using: &generator)
      let text = String(
        (0..<length).map { _ in
          Character(Unicode.Scalar(UInt8(97 + Int.random(in: 0..<letters, using: &generator))))
        })
      let padded = Array(text.utf8) + [UInt8](repeating: UInt8(step & 0xFF), count: 16)
      let code = padded.withUnsafeBufferPointer {
        dictionary.code($0.baseAddress!, length, position: step)
      }
      if let known = expected[text] {
        #expect(code == known)
      } else {
        #expect(Int(code) == expected.count)
        #expect(dictionary.firstPositions[Int(code)] == step)
        #expect(dictionary.level(Int(code)) == text)
        expected[text] = code
      }
    }
    #expect(dictionary.count == expected.count)
    dictionary.reset()
    #expect(dictionary.count == 0)
  }
}
