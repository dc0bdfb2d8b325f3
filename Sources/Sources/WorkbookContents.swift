/// What `workbook.xml` says: the sheets, and from where days are counted.
struct WorkbookContents {
  struct Sheet {
    let name: String
    let isVisible: Bool
    /// The id of the relation that leads to its cells.
    let relation: String
  }

  private(set) var sheets: [Sheet] = []
  private(set) var is1904 = false

  init(_ part: ZipEntryBytes) throws {
    var scanner = try XMLScanner(part)
    while true {
      switch try scanner.next() {
      case .start where scanner.isNamed("workbookPr"):
        let value = try scanner.attributeText("date1904")
        is1904 = value == "1" || value == "true"
      case .start where scanner.isNamed("sheet"):
        guard let name = try scanner.attributeText("name"),
          let relation = try scanner.attributeText("r:id")
        else { throw part.damaged("a sheet without a name or an id") }
        let state = try scanner.attributeText("state") ?? "visible"
        sheets.append(Sheet(name: name, isVisible: state == "visible", relation: relation))
      case .done: return
      case .start, .end, .text: break
      }
    }
  }
}

/// Where a part of the archive leads to: its relations to other parts.
struct WorkbookRelations {
  private var relations: [(id: String, type: String, target: String)] = []

  /// - Parameter part: the name of its entry; empty for the archive as a whole.
  init(_ archive: ZipArchive, of part: String) throws {
    let slash = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
    let folder = String(part[..<slash])
    let name = "\(folder)_rels/\(part[slash...]).rels"
    guard archive.contains(name) else { return }
    var scanner = try XMLScanner(archive.entry(name, limit: ExcelWorkbook.Limit.other))
    while true {
      switch try scanner.next() {
      case .start where scanner.isNamed("Relationship"):
        guard let id = try scanner.attributeText("Id"),
          let type = try scanner.attributeText("Type"),
          let target = try scanner.attributeText("Target")
        else { continue }
        relations.append((id, type, Self.resolved(target, folder: folder)))
      case .done: return
      case .start, .end, .text: break
      }
    }
  }

  /// - Parameter type: the end of the relation's type: the rest differs between editions of the standard.
  func target(ofType type: String) -> String? {
    relations.first { $0.type.hasSuffix(type) }?.target
  }

  func target(ofId id: String, type: String) -> String? {
    relations.first { $0.id == id && $0.type.hasSuffix(type) }?.target
  }

  /// A target as the name of an entry: from the archive's root, or from the folder of its part.
  private static func resolved(_ target: String, folder: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var steps: [Substring] = []
    for step in (folder + target).split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }
}
