import Activities
import Glibc
import History
import Models
import Projects
import Sources
import Tables

extension HistoryReader {
  /// The leads of the newest export, and the earlier exports where there are several.
  func readLeads(
    _ source: TableSource, options: CSVReadOptions, reader: LeadReader, zone: NamedTimeZone
  ) throws -> (leads: LeadTable, recipe: LeadRecipe, exports: [DatedExport]) {
    guard case .exports(let pattern) = source.place else {
      let (leads, recipe) = try reader.read(source, options: options)
      return (leads, recipe, [])
    }
    let files = try files(of: pattern, zone: zone)
    guard let newest = files.last else {
      throw ProjectReadingError.noExports(pattern: pattern.written)
    }
    var file = source
    file.place = .csv(ProjectPath(newest.path))
    var (leads, recipe) = try reader.read(file, options: options)
    let exports = try files.map { earlier in
      var file = source
      file.place = .csv(ProjectPath(earlier.path))
      // Read as the newest was, so that a column has one type in all of them.
      let table = try reader.read(
        file, schema: leads.schema, recipe: recipe, needed: project.id)
      guard table.table.rowCount > 0 else { throw SourceError.noRows(path: earlier.path) }
      if earlier.path != newest.path {
        try checkFormat(table.unread, newest: newest.path)
        leads.unread += table.unread
      }
      return DatedExport(name: earlier.path, time: earlier.time, leads: table.table)
    }
    return (leads, recipe, exports)
  }

  /// Most of the cells of a column that is learned from read as in the newest export: otherwise the column
  /// would be missing in the past, for no better reason than the way it was written.
  private func checkFormat(_ unread: [UnreadCells], newest: String) throws {
    for cells in unread
    where cells.count * 2 > cells.rows && !project.exclude.contains(cells.column) {
      throw ProjectReadingError.otherFormat(cells, newest: newest)
    }
  }

  /// The files of dated exports, the oldest first, each with the moment from which it was there.
  /// - Throws: for a name that holds no date, two of one moment, and one that has not come.
  func files(
    of pattern: ProjectPath, zone: NamedTimeZone
  ) throws -> [(path: String, time: Double)] {
    let path = pattern.resolved
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let parts = name.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return [] }
    let names = Self.names(in: folder.isEmpty ? "/" : folder).filter {
      // The star may stand for nothing: a name without its date is an error that says so.
      $0.utf8.count >= name.utf8.count - 1 && $0.hasPrefix(parts[0]) && $0.hasSuffix(parts[1])
    }
    let files = try names.map { name in
      (
        path: slash == nil ? name : "\(folder)/\(name)",
        time: try DatedExport.time(ofName: name, zone: zone)
      )
    }.sorted { ($0.time, $0.path) < ($1.time, $1.path) }
    for (first, second) in zip(files, files.dropFirst()) where first.time == second.time {
      throw HistoryError.exportsOfOneMoment(first: first.path, second: second.path)
    }
    // Today's export, and this month's, end in days to come.
    if let last = files.last, last.time - 31 * 86_400 > now {
      throw ProjectReadingError.futureExport(path: last.path)
    }
    return files
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      // The name is a fixed array of bytes with a zero at its end, within the entry.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }
}
