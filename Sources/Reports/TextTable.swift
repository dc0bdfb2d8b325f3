/// Rows of cells laid out for a terminal: columns aligned, numbers to the right, long text wrapped.
public struct TextTable: Sendable, Equatable {
  public enum Alignment: Sendable {
    /// Text; wrapped where the table would be too wide.
    case left
    /// Numbers; never wrapped.
    case right
  }

  public enum Content: Sendable {
    /// Words and numbers of the report.
    case words
    /// What users call things: the same in every language.
    case names
    /// Values of a column: names, and ranges and the like that are said in words.
    case levels
  }

  public struct Column: Sendable, Equatable {
    /// May have several lines, divided by newlines.
    public let heading: String
    public let alignment: Alignment
    /// What its cells hold, which decides what becomes of them in another language.
    let content: Content

    public init(_ heading: String, _ alignment: Alignment, _ content: Content = .words) {
      self.heading = heading
      self.alignment = alignment
      self.content = content
    }

    public static func text(_ heading: String) -> Column { Column(heading, .left) }
    public static func names(_ heading: String) -> Column { Column(heading, .left, .names) }
    public static func levels(_ heading: String) -> Column { Column(heading, .left, .levels) }
    public static func number(_ heading: String) -> Column { Column(heading, .right) }
  }

  public let columns: [Column]
  public private(set) var rows: [[String]] = []

  /// Blanks between columns.
  private static let gap = 2
  /// A wrapped column stays at least as wide as this, or the table runs over.
  private static let narrowest = 16

  public init(_ columns: [Column]) {
    self.columns = columns
  }

  /// - Parameter cells: one a column.
  public mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "one cell a column")
    rows.append(cells)
  }

  /// The table in other words: headings as one text, however many lines they take, and every cell that is
  /// no name, without the blanks that set it in.
  func said(by words: (String) -> String, levels: (String) -> String) -> TextTable {
    var table = TextTable(
      columns.map { column in
        let one = TextWidth.lines(column.heading).joined(separator: " ")
        let other = words(one)
        // Two short lines where there were several.
        return Column(
          other == one ? column.heading : Self.folded(other), column.alignment,
          column.content)
      })
    for row in rows {
      table.add(
        zip(row, columns).map { cell, column in
          if column.content == .names { return cell }
          let margin = cell.prefix { $0 == " " }
          let text = String(cell.dropFirst(margin.count).reversed().drop { $0 == " " }.reversed())
          let end = cell.dropFirst(margin.count + text.count)
          return margin + (column.content == .levels ? levels(text) : words(text)) + end
        })
    }
    return table
  }

  /// A heading over two lines of about the same width.
  private static func folded(_ heading: String) -> String {
    let words = heading.split(separator: " ").map(String.init)
    guard heading.count > 12, words.count > 1 else { return heading }
    let cut = (1..<words.count).min { first, second in
      widest(words, first) < widest(words, second)
    }
    return cut.map {
      words[..<$0].joined(separator: " ") + "\n" + words[$0...].joined(separator: " ")
    } ?? heading
  }

  private static func widest(_ words: [String], _ cut: Int) -> Int {
    max(
      words[..<cut].joined(separator: " ").count, words[cut...].joined(separator: " ").count)
  }

  /// The table as lines without trailing blanks: headings (unless all are empty), a rule, the rows.
  ///
  /// - Parameters:
  ///   - width: columns of the terminal; left-aligned columns are wrapped to keep within it.
  ///   - indent: blanks before each line.
  public func lines(width: Int = 100, indent: Int = 0) -> [String] {
    let hasHeading = columns.contains { !$0.heading.isEmpty }
    let headings = columns.map { TextWidth.lines($0.heading) }
    var widths = columns.indices.map { column in
      let cells = rows.map { TextWidth.of($0[column]) }
      return max(headings[column].map(TextWidth.of).max() ?? 0, cells.max() ?? 0)
    }
    narrow(&widths, to: width - indent)
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    if hasHeading {
      let depth = headings.map(\.count).max() ?? 0
      for line in 0..<depth {
        // Headings of fewer lines stand at the bottom, on the rule.
        let cells = headings.map { heading in
          let skipped = depth - heading.count
          return line < skipped ? "" : heading[line - skipped]
        }
        lines.append(margin + joined(cells, widths))
      }
      lines.append(
        margin
          + widths.map { String(repeating: "─", count: $0) }
          .joined(separator: String(repeating: " ", count: Self.gap)))
    }
    for row in rows {
      let wrapped = zip(row, widths).map { Self.wrapped($0, width: $1) }
      for line in 0..<(wrapped.map(\.count).max() ?? 0) {
        lines.append(margin + joined(wrapped.map { line < $0.count ? $0[line] : "" }, widths))
      }
    }
    return lines.map(TextWidth.trimmingEnd)
  }

  /// A cell's lines: what a cell is set in by, all of its lines are.
  private static func wrapped(_ cell: String, width: Int) -> [String] {
    let margin = cell.prefix { $0 == " " }
    guard TextWidth.of(cell) > width, margin.count < width / 2 else {
      return TextWidth.wrapped(cell, width: width)
    }
    return TextWidth.wrapped(
      String(cell.dropFirst(margin.count)), width: width - margin.count
    ).map { margin + $0 }
  }

  /// Takes the excess from the widest text columns, one column of the terminal at a time.
  private func narrow(_ widths: inout [Int], to available: Int) {
    var excess = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) - available
    while excess > 0 {
      let texts = columns.indices.filter {
        columns[$0].alignment == .left && widths[$0] > Self.narrowest
      }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  private func joined(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      if index > 0 { line += String(repeating: " ", count: Self.gap) }
      let blanks = String(repeating: " ", count: max(0, widths[index] - TextWidth.of(cell)))
      line += columns[index].alignment == .right ? blanks + cell : cell + blanks
    }
    return line
  }
}
