/// Text as it stands in HTML and SVG, also within quotes.
func escaped(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    // XML has no place for other control characters.
    case _ where character.unicodeScalars.allSatisfy { $0.value < 32 }: result += " "
    default: result.append(character)
    }
  }
  return result
}

/// An element with what it holds, which is markup already.
/// - Parameter attributes: names and values, the values as plain text.
func element(
  _ name: String, _ attributes: [(String, String)] = [], _ content: String = ""
) -> String {
  let written = attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
  return "<\(name)\(written)>\(content)</\(name)>"
}

/// An element of plain text.
func textElement(_ name: String, _ className: String? = nil, _ text: String) -> String {
  element(name, className.map { [("class", $0)] } ?? [], escaped(text))
}

/// A table for reading and for copying: a caption, headings, rows.
struct PageTable {
  /// Headings; `isNumber` sets a column flush right.
  let columns: [(title: String, isNumber: Bool)]
  let caption: String?
  private var rows: [(cells: [String], isMarked: Bool)] = []

  init(_ columns: [(title: String, isNumber: Bool)], caption: String? = nil) {
    self.columns = columns
    self.caption = caption
  }

  /// - Parameters:
  ///   - cells: one a column, as plain text; the first names the row.
  ///   - isMarked: whether it is the row that was asked for.
  mutating func add(_ cells: [String], isMarked: Bool = false) {
    precondition(cells.count == columns.count, "one cell a column")
    rows.append((cells, isMarked))
  }

  var html: String {
    func cell(_ name: String, _ index: Int, _ text: String, scope: String? = nil) -> String {
      var attributes = scope.map { [("scope", $0)] } ?? []
      if columns[index].isNumber { attributes.append(("class", "n")) }
      return element(name, attributes, escaped(text))
    }
    let head = columns.indices.map { cell("th", $0, columns[$0].title, scope: "col") }.joined()
    let body = rows.map { row in
      element(
        "tr", row.isMarked ? [("class", "asked")] : [],
        row.cells.indices.map {
          $0 == 0 ? cell("th", 0, row.cells[0], scope: "row") : cell("td", $0, row.cells[$0])
        }.joined())
    }.joined(separator: "\n")
    let table = element(
      "table", [],
      (caption.map { textElement("caption", nil, $0) } ?? "")
        + element("thead", [], element("tr", [], head)) + element("tbody", [], body))
    // A wide table scrolls by itself, also with the keyboard.
    return element(
      "div",
      [
        ("class", "scroll"), ("tabindex", "0"), ("role", "region"),
        ("aria-label", caption ?? columns[0].title),
      ], table)
  }
}
