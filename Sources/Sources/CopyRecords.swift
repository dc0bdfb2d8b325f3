import Tables

/// Writes the header and chosen rows of a CSV file to another, byte for byte.
///
/// Records keep their quoting and line ends; a last line that has no line end gets one. Compressed files
/// are written uncompressed. Nothing is left behind if anything goes wrong.
///
/// - Parameters:
///   - dialect: as found when the file was read.
///   - skipBadRows: as when the file was read, so that rows are counted alike.
///   - isChosen: told the index of a row of the table as it was read.
/// - Returns: how many rows were written.
/// - Throws: `SourceError`.
@discardableResult
public func copyRecords(
  from path: String, dialect: TextDialect, skipBadRows: Bool = false, to outputPath: String,
  where isChosen: (Int) -> Bool
) throws -> Int {
  try copyRecords(
    from: .csv(path: path), dialect: dialect, skipBadRows: skipBadRows, to: outputPath,
    where: isChosen)
}

/// Writes the header and chosen rows of a table of any origin to a CSV file.
///
/// - Parameter snapshot: the one in which the table was read, so that its rows are the same.
@discardableResult
public func copyRecords(
  from origin: TableOrigin, dialect: TextDialect, skipBadRows: Bool = false,
  to outputPath: String, snapshot: DatabaseSnapshot = DatabaseSnapshot(),
  where isChosen: (Int) -> Bool
) throws -> Int {
  let path = origin.name
  let input = try TextInput.open(
    origin, separator: dialect.separator, encoding: dialect.encoding, snapshot: snapshot)
  let header = try Header(input, hasHeader: dialect.hasHeader)
  let reader = RecordReader(
    path: path, source: header.rest, separator: dialect.separator, firstLine: header.restLine,
    blockSize: CSVStream.blockSize)
  let tokenizer = BlockTokenizer(
    columnCount: header.names.count, separator: dialect.separator, skipsBadRows: skipBadRows,
    keepsRaw: true)
  let writer = try CSVWriter(path: outputPath, dialect: input.dialect, header: header.recordBytes)
  let buffer = BlockBuffer(contentCapacity: CSVStream.blockSize + 4_096)
  var row = 0
  var written = 0
  while let block = try reader.next(into: buffer) {
    let cells = try tokenizer.tokenize(buffer, firstLine: block.firstLine, path: path)
    var output: [UInt8] = []
    for index in 0..<cells.block.rowCount {
      if isChosen(row) {
        output.append(contentsOf: cells.rawRecord(row: index))
        written += 1
      }
      row += 1
    }
    try writer.write(output)
  }
  try writer.finish()
  return written
}
