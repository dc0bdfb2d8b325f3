/// Reads the cells of a column as dates.
public enum DateKernel {
  /// - Parameters: as `NumberKernel.convert`; `output` receives seconds since 1970, NaN for missing.
  public static func convert(
    _ block: CellBlock, column: Int, order: DateOrder, missing: MissingTokens, infersTypes: Bool,
    into output: UnsafeMutablePointer<Double>, tally: inout ColumnTally
  ) {
    // Bounds: rows below `block.rowCount`, for which the caller gives room.
    for row in 0..<block.rowCount {
      let cell = block.cell(row: row, column: column)
      guard !cell.isEmpty, !missing.contains(cell) else {
        output[row] = .nan
        continue
      }
      let date = DateCell(cell, order: order)
      output[row] = date.seconds
      if !date.evidence.contains(.notDate) {
        tally.evidence.formUnion(date.evidence)
        if date.seconds.isNaN { tally.unparsedCount += 1 }
      } else if !tally.countUsualMissing(cell) {
        tally.unparsedCount += 1
        tally.evidence.formUnion(
          infersTypes ? ColumnInference.evidence(of: cell) : [.notDate])
      }
    }
  }
}
