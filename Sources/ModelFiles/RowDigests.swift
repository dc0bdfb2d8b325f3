import Parallel
import Tables

extension LeadIdentities {
  /// Leads without an id, told apart by the given columns' cells: each lead one field, the 16 bytes of a
  /// digest of its row.
  ///
  /// A digest instead of the cells keeps a million leads of forty columns in 24 MB. Two 64-bit lanes,
  /// each column mixed into both in turn: lane = mix(lane xor cell), where mix is the finaliser of
  /// SplitMix64 (Steele, Lea, Flood 2014) and a cell is the pattern of its double, 0 or 1 for a flag,
  /// the FNV-1a hash of its UTF-8 bytes, or `missingCell`. Lanes start at `laneSeeds`.
  ///
  /// - Throws: `ModelFileError.columnMissing` for a column that the table lacks.
  public static func digests(
    of table: Table, columns: [String], rows: [Int]? = nil, pool: WorkerPool
  ) throws -> LeadIdentities {
    let cells = try columns.map { name in
      guard let column = table[name] else { throw ModelFileError.columnMissing(name: name) }
      return CellHashes(column.values)
    }
    let rowCount = rows?.count ?? table.rowCount
    let blocks = RowBlocks(rowCount: rowCount, blockSize: blockSize)
    let parts = pool.map(blocks.count) { block in
      let range = blocks[block]
      var first = [UInt64](repeating: laneSeeds.0, count: range.count)
      var second = [UInt64](repeating: laneSeeds.1, count: range.count)
      for hashes in cells {
        for (position, index) in range.enumerated() {
          let cell = hashes[rows?[index] ?? index]
          first[position] = mixed(first[position] ^ cell)
          second[position] = mixed(second[position] ^ cell)
        }
      }
      var part = LeadIdentities()
      for position in range.indices {
        let at = position - range.lowerBound
        part.append([first[at].littleEndianBytes + second[at].littleEndianBytes])
      }
      return part
    }
    var all = LeadIdentities()
    for part in parts { all.append(contentsOf: part) }
    return all
  }

  /// Rows a block: its lanes stay in the first-level cache.
  private static let blockSize = 1_024

  /// The first two outputs of SplitMix64 from 0: any two different numbers would do.
  private static let laneSeeds: (UInt64, UInt64) = (0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4)

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value &+ 0x9e37_79b9_7f4a_7c15
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}

/// The cells of a column as 64-bit values.
private enum CellHashes: Sendable {
  case doubles([Double])
  case flags([Int8])
  case levels(codes: [Int32], hashes: [UInt64])
  case texts(TextValues)

  /// A pattern of NaN that no reader makes.
  private static let missingCell: UInt64 = .max

  init(_ values: ColumnValues) {
    switch values {
    case .number(let values), .date(let values): self = .doubles(values)
    case .flag(let values): self = .flags(values)
    case .category(let values):
      self = .levels(codes: values.codes, hashes: values.levels.map { Self.hash($0.utf8) })
    case .text(let values): self = .texts(values)
    }
  }

  subscript(row: Int) -> UInt64 {
    switch self {
    case .doubles(let values):
      let value = values[row]
      // -0 and 0 are one value, and all NaNs are missing.
      return value.isNaN ? Self.missingCell : value == 0 ? 0 : value.bitPattern
    case .flags(let values):
      return values[row] < 0 ? Self.missingCell : UInt64(values[row])
    case .levels(let codes, let hashes):
      return codes[row] < 0 ? Self.missingCell : hashes[Int(codes[row])]
    case .texts(let values):
      return values.isMissing(row)
        ? Self.missingCell
        : Self.hash(values.bytes[values.offsets[row]..<values.offsets[row + 1]])
    }
  }

  /// 64-bit FNV-1a.
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
