extension Workspace {
  /// The rows of a text file with commas, by the names of its columns.
  func records(_ name: String) throws -> [[String: String]] {
    let lines = try text(name).split(whereSeparator: \.isNewline)
    guard let header = lines.first else { return [] }
    let names = cells(header)
    return lines.dropFirst().map { line in
      Dictionary(zip(names, cells(line)), uniquingKeysWith: { first, _ in first })
    }
  }

  /// A comma within quotes is none.
  private func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
