/// Leads that share an e-mail address, and so are one person or one firm's shared mailbox.
public struct EmailGroups: Sendable, Equatable {
  /// An address in more rows than this is a placeholder (`noemail@example.com`) or a switchboard's, and
  /// makes nobody the same.
  public static let placeholderLimit = 50

  /// The columns of addresses that were found, by name or by the shape of their cells.
  public let columns: [String]
  /// One a row that was looked at, in their order: the same number for rows that share an address,
  /// directly or through another row; -1 for a row that shares none.
  public let codes: [Int32]
  /// Rows that share an address.
  public let rowCount: Int
  /// Addresses that stand in too many rows to tell anything, and the rows that have one of them.
  public let placeholderCount: Int
  public let placeholderRowCount: Int

  /// - Parameter rows: the rows that are looked at, ascending.
  public init(table: Table, rows: [Int]) {
    self.init(table: table, rows: rows, placeholderLimit: Self.placeholderLimit)
  }

  init(table: Table, rows: [Int], placeholderLimit: Int) {
    let found = table.columns.filter(Self.holdsAddressesOfLeads)
    columns = found.map(\.name)
    var codeOfAddress: [EmailAddress: Int32] = [:]
    let codes = found.map { Self.codes($0.values, rows: rows, codeOfAddress: &codeOfAddress) }
    var counts = [Int](repeating: 0, count: codeOfAddress.count)
    for position in rows.indices {
      // A row with the same address twice counts once.
      for code in Set(codes.map { $0[position] }) where code >= 0 { counts[Int(code)] += 1 }
    }
    func isPlaceholder(_ code: Int32) -> Bool {
      code >= 0 && counts[Int(code)] > placeholderLimit
    }
    placeholderCount = counts.count { $0 > placeholderLimit }
    placeholderRowCount = rows.indices.count { position in
      codes.contains { isPlaceholder($0[position]) }
    }
    var union = RowUnion(rowCount: rows.count)
    // An address is the same in whatever column it stands, so the first row is kept across columns.
    var first = [Int](repeating: -1, count: counts.count)
    for column in codes {
      for (position, code) in column.enumerated() where code >= 0 && !isPlaceholder(code) {
        if first[Int(code)] < 0 {
          first[Int(code)] = position
        } else {
          union.join(first[Int(code)], position)
        }
      }
    }
    let groups = union.groups()
    self.codes = groups
    rowCount = groups.count { $0 >= 0 }
  }

  /// Words of names of columns whose addresses are our own people's.
  private static let ownWords: Set<String> = [
    "owner", "rep", "agent", "assigned", "assignee", "manager", "seller", "salesperson", "creator",
    "created", "modified", "updated", "by", "propietario", "comercial", "agente", "asignado",
    "responsable", "vendedor", "asesor", "gestor", "creado", "modificado", "por",
  ]

  private static func holdsAddressesOfLeads(_ column: Column) -> Bool {
    personalDataKind(of: column) == .email
      && !columnNameWords(column.name).contains(where: ownWords.contains)
  }

  /// A code for the address of each row, -1 where there is none.
  private static func codes(
    _ values: ColumnValues, rows: [Int], codeOfAddress: inout [EmailAddress: Int32]
  ) -> [Int32] {
    func code(_ address: EmailAddress?) -> Int32 {
      guard let address else { return -1 }
      if let known = codeOfAddress[address] { return known }
      let code = Int32(codeOfAddress.count)
      codeOfAddress[address] = code
      return code
    }
    switch values {
    case .category(let cells):
      var codeOfLevel = [Int32?](repeating: nil, count: cells.levels.count)
      return rows.map { row in
        guard cells.codes[row] >= 0 else { return -1 }
        let level = Int(cells.codes[row])
        if let known = codeOfLevel[level] { return known }
        let found = code(EmailAddress(cells.levels[level]))
        codeOfLevel[level] = found
        return found
      }
    case .text(let cells):
      return rows.map { row in
        cells.isMissing(row)
          ? -1 : code(EmailAddress(cells.bytes[cells.offsets[row]..<cells.offsets[row + 1]]))
      }
    case .number, .flag, .date: return rows.map { _ in -1 }
    }
  }
}
