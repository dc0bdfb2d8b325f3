import Sources

/// One CSV file a table, in a folder: `leads.csv`, `activities.csv` and so on.
public struct CSVFolder: CRMDestination {
  private var files: [CRMTable: AtomicFile] = [:]
  private var buffers: [CRMTable: [UInt8]] = [:]
  private static let bufferSize = 1 << 18

  /// - Parameter path: a folder that exists.
  /// - Throws: `SourceError.writeFailed`.
  public init(path: String) throws {
    for table in CRMTable.allCases {
      files[table] = try AtomicFile(path: "\(path)/\(table.rawValue).csv")
      let header = table.columns.map(\.name).joined(separator: ",") + "\n"
      buffers[table] = Array(header.utf8)
    }
  }

  public mutating func add(_ row: [CRMCell], to table: CRMTable) throws {
    Self.append(row, to: &buffers[table, default: []])
    if buffers[table, default: []].count >= Self.bufferSize { try flush(table) }
  }

  public mutating func commit() throws {
    for table in CRMTable.allCases { try flush(table) }
    for table in CRMTable.allCases { try files[table]?.commit() }
  }

  private mutating func flush(_ table: CRMTable) throws {
    guard let buffer = buffers[table] else { return }
    try files[table]?.write(buffer)
    buffers[table]?.removeAll(keepingCapacity: true)
  }

  private static func append(_ row: [CRMCell], to bytes: inout [UInt8]) {
    for (index, cell) in row.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      switch cell {
      case .empty: break
      case .text(let text): append(text, to: &bytes)
      case .integer(let number): bytes.append(contentsOf: String(number).utf8)
      case .real(let number): bytes.append(contentsOf: plain(number).utf8)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Shortest digits that read back as the same number; whole ones without a decimal point.
  private static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    let special: [UInt8] = [
      UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
    ]
    guard text.utf8.contains(where: special.contains) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
