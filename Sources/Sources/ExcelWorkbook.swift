import Glibc

/// An `.xlsx` file opened: its sheets, and what all of them share.
final class ExcelWorkbook {
  struct Sheet: Equatable {
    let name: String
    let isVisible: Bool
    /// The name of its entry in the archive.
    let part: String
  }

  /// Bytes of an inflated part that are read at most. Strings are held in memory; sheets are streamed,
  /// and a full one of a million rows and a hundred columns has about five gigabytes.
  enum Limit {
    static let sheet = 8 << 30
    static let strings = 1 << 30
    static let other = 64 << 20
  }

  let path: String
  /// In the workbook's order; those with charts instead of cells left out.
  let sheets: [Sheet]
  let time: ExcelTime
  let formats: ExcelNumberFormats
  let strings: ExcelStrings
  private let archive: ZipArchive

  /// - Throws: `SourceError`: what is wrong with the file, or what it is instead.
  init(path: String) throws {
    self.path = path
    try Self.checkStart(path)
    let archive = try ZipArchive(path: path)
    self.archive = archive
    let root = try WorkbookRelations(archive, of: "")
    guard let main = root.target(ofType: "/officeDocument"), main.hasSuffix(".xml") else {
      throw SourceError.workbook(path: path, .notAWorkbook(found: Self.kind(archive)))
    }
    let relations = try WorkbookRelations(archive, of: main)
    let contents = try WorkbookContents(archive.entry(main, limit: Limit.other))
    time = ExcelTime(is1904: contents.is1904)
    sheets = contents.sheets.compactMap { sheet in
      relations.target(ofId: sheet.relation, type: "/worksheet").map {
        Sheet(name: sheet.name, isVisible: sheet.isVisible, part: $0)
      }
    }
    formats =
      try relations.target(ofType: "/styles").map {
        try ExcelNumberFormats(archive.entry($0, limit: Limit.other))
      } ?? ExcelNumberFormats()
    strings =
      try relations.target(ofType: "/sharedStrings").map {
        try ExcelStrings(archive.entry($0, limit: Limit.strings))
      } ?? ExcelStrings()
  }

  /// The sheet of a name (the case of letters aside, as Excel has it), or the first that is not hidden.
  func sheet(named name: String?) throws -> Sheet {
    if let name {
      if let sheet = sheets.first(where: { $0.name == name })
        ?? sheets.first(where: { $0.name.lowercased() == name.lowercased() })
      {
        return sheet
      }
      throw SourceError.workbook(path: path, .noSuchSheet(name: name, sheets: sheets.map(\.name)))
    }
    guard let sheet = sheets.first(where: \.isVisible) else {
      throw SourceError.workbook(path: path, .noVisibleSheet(sheets: sheets.map(\.name)))
    }
    return sheet
  }

  func open(_ sheet: Sheet) throws -> ZipEntryBytes {
    try archive.entry(sheet.part, limit: Limit.sheet)
  }

  /// Tells files apart that are no zip archive at all.
  private static func checkStart(_ path: String) throws {
    let file = try FileBytes(path: path)
    guard file.size != nil else { throw SourceError.notAFile(path: path) }
    var start = [UInt8](repeating: 0, count: 8)
    let count = try start.withUnsafeMutableBytes { try file.read(into: $0) }
    guard count > 0 else { throw SourceError.empty(path: path) }
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return }
    // The container of old Office files, which holds encrypted new ones too.
    guard start == [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] else {
      throw SourceError.workbook(path: path, .notAWorkbook(found: "no Excel file"))
    }
    throw SourceError.workbook(
      path: path,
      .notAWorkbook(
        found: try isEncrypted(file)
          ? "protected by a password" : "a workbook in the old format (.xls)"))
  }

  /// Whether an old Office container has the stream of an encrypted package.
  private static func isEncrypted(_ file: FileBytes) throws -> Bool {
    let name: [UInt8] = Array("EncryptedPackage".utf8.map { [$0, 0] }.joined())
    var tail: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
      guard count > 0 else { return false }
      let window = tail + chunk[..<count]
      var at = window.startIndex
      while let start = window[at...].firstIndex(of: name[0]) {
        if window[start...].starts(with: name) { return true }
        at = start + 1
      }
      tail = Array(window.suffix(name.count - 1))
    }
  }

  /// What an archive is that is no workbook.
  private static func kind(_ archive: ZipArchive) -> String {
    if archive.contains("content.xml") { return "an OpenDocument file (.ods)" }
    if archive.contains("xl/workbook.bin") { return "a binary workbook (.xlsb)" }
    return "a zip archive without a workbook"
  }
}
