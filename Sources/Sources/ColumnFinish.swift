import Tables

/// Makes a finished column of what a pass read.
struct ColumnFinish {
  let pass: TablePass
  let column: Int
  let levels: MergedLevels?
  let type: InferredType
  let stated: ColumnType?

  struct Outcome: Sendable {
    var values: ColumnValues
    var numberFormat: NumberFormat?
    var dateOrder: DateOrder?
    var tally = ColumnTally()
    var usualMissingCount = 0
    var usualMissingTokens: [String] = []
    var unparsedCount = 0
    /// Levels that are numbers or dates in a category that is nearly one of those.
    var nearly: (type: ColumnType, others: Int, levels: Int)?

    func notes(_ name: String) -> [TableNote] {
      var notes: [TableNote] = []
      if usualMissingCount > 0 {
        notes.append(
          .usualMissing(column: name, tokens: usualMissingTokens, count: usualMissingCount))
      }
      if unparsedCount > 0 {
        notes.append(.unparsed(column: name, type: values.type, count: unparsedCount))
      }
      if let nearly {
        notes.append(
          .nearly(
            column: name, type: nearly.type, otherLevels: nearly.others, levels: nearly.levels))
      }
      if values.type == .number, tally.evidence.contains(.percent),
        tally.evidence.contains(.withoutPercent)
      {
        notes.append(.mixedPercent(column: name))
      }
      return notes
    }
  }

  func finish() -> Outcome {
    switch pass.plans[column] {
    case .number, .date: finishNumbers()
    case .text: Outcome(values: .text(gatheredText()))
    case .levels: finishLevels()
    case .skip: preconditionFailure("a column that was not read has nothing to finish")
    }
  }

  private func finishNumbers() -> Outcome {
    let numbers = pass.cells[column].numbers
    let tally = pass.tallies[column]
    if type == .flag {
      // A number column of which the first rows held only zeros, or only ones.
      return Outcome(values: .flag(numbers.map { $0.isNaN ? -1 : $0 == 0 ? 0 : 1 }))
    }
    var outcome = Outcome(values: .number(numbers), tally: tally)
    outcome.usualMissingCount = tally.usualMissingCount
    outcome.usualMissingTokens = tally.usualMissingTokens
    outcome.unparsedCount = tally.unparsedCount
    switch type {
    case .date(let order):
      outcome.values = .date(numbers)
      outcome.dateOrder = order
    case .number(let format): outcome.numberFormat = format
    default: break
    }
    return outcome
  }

  private func finishLevels() -> Outcome {
    guard let levels else { preconditionFailure("levels are merged before they are finished") }
    remapCodes(levels)
    let codes = pass.cells[column].codes
    switch type {
    case .flag:
      let values = levels.map { FlagCell.parse($0).value }
      var outcome = Outcome(
        values: .flag(codes.map { $0 < 0 ? -1 : values[Int($0)] }), tally: levels.tally)
      if values.contains(-1) {
        outcome.unparsedCount = codes.count { $0 >= 0 && values[Int($0)] < 0 }
      }
      return outcome
    case .number(let format):
      let values = levels.map { NumberCell($0, decimalMark: format.decimalMark).value }
      var outcome = converted(codes, values, levels) { .number($0) }
      outcome.numberFormat = format
      return outcome
    case .date(let order):
      let values = levels.map { DateCell($0, order: order).seconds }
      var outcome = converted(codes, values, levels) { .date($0) }
      outcome.dateOrder = order
      return outcome
    default: break
    }
    if stated == nil {
      let filled = codes.count { $0 >= 0 }
      if ColumnInference.isFreeText(
        levelCount: levels.count, levelByteCount: levels.byteCount, filledCount: filled)
      {
        return Outcome(values: .text(text(codes, levels)))
      }
    }
    var outcome = Outcome(
      values: .category(CategoryValues(codes: codes, levels: levels.levels)), tally: levels.tally)
    if stated == nil { outcome.nearly = nearlyTyped(levels) }
    return outcome
  }

  private func converted(
    _ codes: [Int32], _ values: [Double], _ levels: MergedLevels,
    _ wrap: ([Double]) -> ColumnValues
  ) -> Outcome {
    var outcome = Outcome(
      values: wrap(codes.map { $0 < 0 ? .nan : values[Int($0)] }), tally: levels.tally)
    let isUsual = levels.map { level in
      var tally = ColumnTally()
      return tally.countUsualMissing(level)
    }
    if isUsual.contains(true) {
      outcome.usualMissingCount = codes.count { $0 >= 0 && isUsual[Int($0)] }
      outcome.usualMissingTokens = levels.tally.usualMissingTokens
    }
    return outcome
  }

  /// Puts each thread's codes in terms of the merged levels.
  private func remapCodes(_ levels: MergedLevels) {
    let starts = pass.blockStarts
    pass.cells[column].codes.withUnsafeMutableBufferPointer { codes in
      for (index, block) in pass.blocks.enumerated() {
        levels.codeMaps[block.worker].withUnsafeBufferPointer { map in
          // Bounds: a block's rows lie inside the column, and its codes are its thread's.
          for row in pass.rows(of: index, starts: starts) where codes[row] >= 0 {
            codes[row] = map[Int(codes[row])]
          }
        }
      }
    }
  }

  private func text(_ codes: [Int32], _ levels: MergedLevels) -> TextValues {
    let cells = levels.map { Array($0) }
    var offsets = [0]
    offsets.reserveCapacity(codes.count + 1)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(levels.byteCount)
    for code in codes {
      if code >= 0 { bytes.append(contentsOf: cells[Int(code)]) }
      offsets.append(bytes.count)
    }
    return TextValues(offsets: offsets, bytes: bytes, missing: codes.map { $0 < 0 })
  }

  private func gatheredText() -> TextValues {
    var offsets = [0]
    offsets.reserveCapacity(pass.rowCount + 1)
    var missing: [Bool] = []
    missing.reserveCapacity(pass.rowCount)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pass.blocks.reduce(0) { $0 + ($1.texts[column]?.bytes.count ?? 0) })
    for block in pass.blocks {
      guard let piece = block.texts[column] else { continue }
      bytes.append(contentsOf: piece.bytes)
      var end = offsets[offsets.count - 1]
      for length in piece.lengths {
        missing.append(length < 0)
        end += Int(max(length, 0))
        offsets.append(end)
      }
    }
    return TextValues(offsets: offsets, bytes: bytes, missing: missing)
  }

  /// Whether a category would be numbers or dates but for a twentieth of its levels.
  private func nearlyTyped(
    _ levels: MergedLevels
  ) -> (type: ColumnType, others: Int, levels: Int)? {
    guard levels.count >= 20 else { return nil }
    let evidence = levels.map { ColumnInference.evidence(of: $0) }
    let few = levels.count / 20
    let notNumbers = evidence.count { $0.contains(.notNumber) }
    if notNumbers > 0 && notNumbers <= few { return (.number, notNumbers, levels.count) }
    let notDates = evidence.count { $0.contains(.notDate) }
    if notDates > 0 && notDates <= few { return (.date, notDates, levels.count) }
    return nil
  }
}
