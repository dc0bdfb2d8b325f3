/// The fields of one record, without quotes and surrounding spaces.
public struct RecordFields {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  public var count: Int { ends.count }

  public subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// Reads the record that starts at `start`, which must end in a line end.
  /// - Returns: the position behind it.
  fileprivate mutating func read(_ record: [UInt8], from start: Int, separator: UInt8) -> Int {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    var at = start
    while at < record.count {
      while at < record.count, record[at] == 0x20 { at += 1 }
      if at < record.count, record[at] == 0x22 {
        at = readQuoted(record, from: at + 1)
        while at < record.count, record[at] != separator, record[at] != 0x0A { at += 1 }
      } else {
        let first = at
        while at < record.count, record[at] != separator, record[at] != 0x0A { at += 1 }
        var last = at
        while last > first, record[last - 1] == 0x20 || record[last - 1] == 0x0D { last -= 1 }
        bytes.append(contentsOf: record[first..<last])
      }
      ends.append(bytes.count)
      at += 1
      if at > record.count || record[at - 1] == 0x0A { return at }
    }
    // A separator was the last byte: an empty field follows it.
    ends.append(bytes.count)
    return at
  }

  /// - Returns: the position behind the closing quote.
  private mutating func readQuoted(_ record: [UInt8], from start: Int) -> Int {
    var at = start
    while at < record.count {
      if record[at] == 0x22 {
        guard at + 1 < record.count, record[at + 1] == 0x22 else { return at + 1 }
        at += 1
      }
      bytes.append(record[at])
      at += 1
    }
    return at
  }
}

extension CSVRecordBuffer {
  /// Calls `body` with the fields of each record in turn; they stand until it returns.
  public func forEachRecord(_ body: (borrowing RecordFields) throws -> Void) rethrows {
    var fields = RecordFields()
    var at = 0
    while at < bytes.count {
      at = fields.read(bytes, from: at, separator: separator)
      try body(fields)
    }
  }
}
