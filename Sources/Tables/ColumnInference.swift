/// What the cells of a whole column say that it is.
public enum InferredType: Sendable, Equatable {
  case number(NumberFormat)
  case flag
  case date(DateOrder)
  /// Levels: a category, or free text if there are too many of them.
  case levels
  /// Numbers such as `1.500` that may be 1.5 or 1500 throughout.
  case unclearNumber(mark: UInt8)
  /// Dates such as `03/07/2024` that may be in March or July throughout.
  case unclearDate
}

/// The rules by which a column's cells decide its type.
public enum ColumnInference {
  /// Everything that one filled cell could be.
  ///
  /// - Parameter cell: bytes without surrounding spaces, neither empty nor a declared missing token.
  public static func evidence(of cell: UnsafeBufferPointer<UInt8>) -> CellEvidence {
    let number = NumberCell(cell, decimalMark: UInt8(ascii: ".")).evidence
    if !number.contains(.notNumber) { return number }
    if MissingTokens.usualIndex(cell) != nil { return .usualMissing }
    let flag = FlagCell.parse(cell).evidence
    if !flag.contains(.notFlag) { return flag.union([.notNumber, .notDate]) }
    let date = DateCell(cell, order: .iso).evidence
    if !date.contains(.notDate) { return date }
    return .notAnything
  }

  public static func evidence(of text: String) -> CellEvidence {
    var text = text
    return text.withUTF8 { evidence(of: $0) }
  }

  /// The type that a column's evidence stands for.
  ///
  /// - Parameter fileDecimalMark: what columns of whole numbers take over, which show none themselves.
  public static func decide(
    _ evidence: CellEvidence, fileDecimalMark: UInt8 = UInt8(ascii: ".")
  ) -> InferredType {
    if isFlag(evidence) { return .flag }
    if !evidence.isDisjoint(with: .anyDate), !evidence.contains(.notDate) {
      return dateOrder(evidence)
    }
    if !evidence.isDisjoint(with: .anyNumber), !evidence.contains(.notNumber),
      !evidence.contains(.code)
    {
      return numberFormat(evidence, fileDecimalMark: fileDecimalMark)
    }
    return .levels
  }

  /// A flag has one way of spelling yes and no. A single letter or digit needs its counterpart: a
  /// column of nothing but `0` is a number, one of nothing but `S` a category; words need none.
  private static func isFlag(_ evidence: CellEvidence) -> Bool {
    guard !evidence.contains(.notFlag), !evidence.contains(.usualMissing) else { return false }
    let found = evidence.intersection(.anyFlag)
    if found == [.digitNo, .digitYes] || found == [.letterNo, .letterYes]
      || found == [.letterTrue, .letterFalse] || found == .truthWord
    {
      return true
    }
    return found == .wordNo || found == .wordYes || found == [.wordNo, .wordYes]
  }

  /// Cells that stand year first need no order and go with any.
  public static func dateOrder(_ evidence: CellEvidence) -> InferredType {
    switch (evidence.contains(.dayFirstDate), evidence.contains(.monthFirstDate)) {
    case (true, true): .levels
    case (true, false): .date(.dayFirst)
    case (false, true): .date(.monthFirst)
    case (false, false): evidence.contains(.unclearDate) ? .unclearDate : .date(.iso)
    }
  }

  /// How a column of numbers writes them; `.levels` if its cells contradict each other.
  public static func numberFormat(
    _ evidence: CellEvidence, fileDecimalMark: UInt8
  ) -> InferredType {
    let point = UInt8(ascii: ".")
    let comma = UInt8(ascii: ",")
    // A space or apostrophe groups thousands: a lone point or comma beside it is the decimal mark.
    let groupsOtherwise = !evidence.isDisjoint(with: [.spaceGroups, .apostropheGroups])
    var isPoint = evidence.contains(.decimalPoint) || evidence.contains(.commaGroups)
    var isComma = evidence.contains(.decimalComma) || evidence.contains(.pointGroups)
    if groupsOtherwise {
      isPoint = isPoint || evidence.contains(.unclearPoint)
      isComma = isComma || evidence.contains(.unclearComma)
    }
    if isPoint && isComma { return .levels }
    let unclearPoint = evidence.contains(.unclearPoint)
    let unclearComma = evidence.contains(.unclearComma)
    if !isPoint && !isComma && (unclearPoint || unclearComma) {
      return .unclearNumber(mark: unclearPoint ? point : comma)
    }
    let mark = isPoint ? point : isComma ? comma : fileDecimalMark
    let other = mark == point ? comma : point
    let otherGroups =
      mark == point
      ? evidence.contains(.commaGroups) || unclearComma
      : evidence.contains(.pointGroups) || unclearPoint
    var marks: [UInt8] = []
    if otherGroups { marks.append(other) }
    if evidence.contains(.spaceGroups) { marks.append(0x20) }
    if evidence.contains(.apostropheGroups) { marks.append(UInt8(ascii: "'")) }
    guard marks.count <= 1 else { return .levels }
    return .number(NumberFormat(decimalMark: mark, groupingMark: marks.first))
  }

  /// The decimal mark that a column's own cells settle, if they do.
  public static func settledDecimalMark(_ evidence: CellEvidence) -> UInt8? {
    guard !evidence.isDisjoint(with: [.decimalPoint, .decimalComma, .pointGroups, .commaGroups])
    else { return nil }
    guard case .number(let format) = decide(evidence) else { return nil }
    return format.decimalMark
  }

  /// Whether levels are free text rather than a category: more than 100 of them, different in more
  /// than half of the filled cells, and either sentences (20 bytes and more on average) or so many
  /// (over 10,000) that no level could be learned from.
  public static func isFreeText(
    levelCount: Int, levelByteCount: Int, filledCount: Int
  ) -> Bool {
    levelCount > 100 && levelCount * 2 > filledCount
      && (levelByteCount >= levelCount * 20 || levelCount > 10_000)
  }
}
