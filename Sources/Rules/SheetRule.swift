import YAMLDocuments

/// Why a row of a sheet is no rule.
struct SheetCellProblem: Error {
  let reason: String
}

/// A rule read from one row of a sheet.
struct SheetRule {
  let name: String
  let isAboutEvents: Bool
  /// In thousandths.
  let points: Int
  /// What stands in the rule behind its name, as YAML.
  let keys: String

  init(_ row: RuleSheet.Row) throws(SheetCellProblem) {
    guard !row.field.isEmpty else { throw SheetCellProblem(reason: "it names no field.") }
    let given = try SheetPoints(row.points)
    points = given.thousandths
    name =
      row.criterion.isEmpty
      ? "\(row.field) \(row.value)".trimmed : row.criterion
    if let event = SheetEvent(row) {
      isAboutEvents = true
      keys = "\(try event.keys), \(given.keys)"
    } else {
      isAboutEvents = false
      let test = try SheetValue(row.value).test
      keys = "when: {field: \(quoted(row.field)), \(test)}, \(given.keys)"
    }
    // Whatever the cells hold, the file must be one that can be read.
    let alone = "groups: [{name: g, category: c, rules: [{name: r, \(keys)}]}]\n"
    guard (try? RuleFile.parse(alone, fileName: "")) != nil else {
      throw SheetCellProblem(reason: "“\(row.value)” can't be asked of “\(row.field)”.")
    }
  }
}

/// The cell of the points.
private struct SheetPoints {
  let thousandths: Int
  let keys: String

  private static let disqualifying: Set = [
    "disqualify", "disqualified", "disqualifies", "exclude", "descalifica", "descalificar",
    "descartar", "excluir",
  ]

  init(_ cell: String) throws(SheetCellProblem) {
    let text = cell.lowercased()
    if Self.disqualifying.contains(text) {
      (thousandths, keys) = (0, "disqualifies: true")
      return
    }
    let word = text.replacing("−", with: "-").split(separator: " ").first.map(String.init) ?? ""
    let number = try sheetNumber(word) ?? word
    let node = YAMLNode(
      content: .scalar(number, quoted: false),
      place: YAMLPlace(file: "", line: 0, column: 0, path: ""))
    guard let value = try? node.thousandths() else {
      throw SheetCellProblem(
        reason: cell.isEmpty ? "it gives no points." : "“\(cell)” is no number of points.")
    }
    thousandths = value
    keys = "points: \(pointsText(value))"
  }
}

/// A row about an activity: `event: email_open` as the field, or `event` with the type as the value.
private struct SheetEvent {
  private let type: String
  /// What is said of it, lower case.
  private let value: String

  private static let words: Set = ["event", "activity", "evento", "actividad"]

  init?(_ row: RuleSheet.Row) {
    let parts = row.field.split(separator: ":", maxSplits: 1).map { $0.trimmed }
    guard let first = parts.first, Self.words.contains(first.lowercased()) else { return nil }
    type = parts.count == 2 ? parts[1] : row.value
    value = parts.count == 2 ? row.value.lowercased() : ""
  }

  /// The rule's keys.
  var keys: String {
    get throws(SheetCellProblem) {
      guard !type.isEmpty else { throw SheetCellProblem(reason: "it names no type of activity.") }
      let event = "event: \(quoted(type))"
      switch value {
      case "", "yes", "sí", "si", "once", "una vez": return event
      case "each", "each time", "every time", "always", "cada", "cada vez", "siempre":
        return "\(event), each: true"
      default: break
      }
      for word in ["not in", "none in", "no en", "ninguna en", "ninguno en"]
      where value.hasPrefix(word + " ") {
        return "\(event), no_event_within: \(try Self.length(value.dropFirst(word.count)))"
      }
      for word in ["last", "within", "in the last", "últimos", "ultimos", "en los últimos"]
      where value.hasPrefix(word + " ") {
        return "\(event), within: \(try Self.length(value.dropFirst(word.count)))"
      }
      let times = try SheetValue(value).test
      guard let key = times.split(separator: ":").first,
        ["is", "between", "at_least", "at_most", "above", "below"].contains(String(key))
      else {
        throw SheetCellProblem(
          reason: "“\(value)” says nothing of how often: write each, >= 3 or last 30 days.")
      }
      return "\(event), times: {\(times.replacing("\"", with: ""))}"
    }
  }

  /// `30 days`, `2 semanas` or `12h` as a length of time.
  private static func length(_ text: Substring) throws(SheetCellProblem) -> String {
    let trimmed = text.trimmed
    let digits = trimmed.prefix { $0.isASCII && $0.isNumber }
    let unit = trimmed.dropFirst(digits.count).trimmed
    let units = ["d": "d", "w": "w", "s": "w", "h": "h", "m": "m"]
    if unit.hasPrefix("mes") || unit.hasPrefix("mont"), let count = Int(digits), count > 0 {
      return "\(count * 30)d"
    }
    guard let count = Int(digits), count > 0, let first = unit.first,
      let letter = units[String(first)]
    else { throw SheetCellProblem(reason: "“\(trimmed)” is no length of time such as 30 days.") }
    return "\(count)\(letter)"
  }
}

/// The cell of a value: an operator, a range, a list, or what a field must be.
struct SheetValue {
  /// A test and its value, as YAML.
  let test: String

  private static let filled: Set = [
    "not empty", "filled", "filled in", "known", "is known", "any", "no vacío", "no vacio",
    "relleno", "informado", "conocido", "cualquiera",
  ]
  private static let empty: Set = [
    "empty", "missing", "blank", "unknown", "vacío", "vacio", "en blanco", "desconocido",
  ]
  /// Longer ones before those that they begin with.
  private static let operators: [(sign: String, test: String)] = [
    (">=", "at_least"), ("=>", "at_least"), ("≥", "at_least"), ("<=", "at_most"),
    ("=<", "at_most"), ("≤", "at_most"), ("<>", "not_in"), ("!=", "not_in"), ("≠", "not_in"),
    (">", "above"), ("<", "below"), ("=", "is"),
    ("greater than or equal to ", "at_least"), ("mayor o igual que ", "at_least"),
    ("less than or equal to ", "at_most"), ("menor o igual que ", "at_most"),
    ("greater than ", "above"), ("mayor que ", "above"), ("menor que ", "below"),
    ("up to ", "at_most"), ("hasta ", "at_most"),
    ("at least ", "at_least"), ("al menos ", "at_least"), ("mínimo ", "at_least"),
    ("at most ", "at_most"), ("como máximo ", "at_most"), ("máximo ", "at_most"),
    ("more than ", "above"), ("más de ", "above"), ("mas de ", "above"),
    ("less than ", "below"), ("menos de ", "below"),
    ("not in ", "not_in"), ("is not ", "not_in"), ("not ", "not_in"), ("no es ", "not_in"),
    ("no en ", "not_in"), ("contains ", "matches"), ("contiene ", "matches"),
    ("starts with ", "begins"), ("empieza por ", "begins"),
  ]

  init(_ cell: String) throws(SheetCellProblem) {
    let lower = cell.lowercased()
    guard !cell.isEmpty else { throw SheetCellProblem(reason: "it has no value.") }
    if Self.filled.contains(lower) {
      test = "missing: false"
    } else if Self.empty.contains(lower) {
      test = "missing: true"
    } else if let range = try Self.range(lower) {
      test = range
    } else if let (sign, name) = Self.operators.first(where: { lower.hasPrefix($0.sign) }) {
      let rest = cell.dropFirst(sign.count).trimmed
      guard !rest.isEmpty else { throw SheetCellProblem(reason: "“\(cell)” lacks its value.") }
      switch name {
      case "not_in": test = "not_in: [\(try Self.list(rest).joined(separator: ", "))]"
      case "is": test = "is: \(quoted(try sheetNumber(rest) ?? rest))"
      case "matches": test = "matches: \(quoted("(?i)" + Self.escaped(rest)))"
      case "begins": test = "matches: \(quoted("(?i)^" + Self.escaped(rest)))"
      default: test = "\(name): \(quoted(try Self.ordered(rest)))"
      }
    } else if lower.hasSuffix("+"), let number = try sheetNumber(String(lower.dropLast())) {
      test = "at_least: \(quoted(number))"
    } else {
      let values = try Self.list(cell)
      test = values.count == 1 ? "is: \(values[0])" : "in: [\(values.joined(separator: ", "))]"
    }
  }

  /// `between 5 and 10`, `entre 5 y 10`, `5 - 10`, `5 to 10`.
  private static func range(_ text: String) throws(SheetCellProblem) -> String? {
    for (start, middle) in [
      ("between ", " and "), ("entre ", " y "), ("from ", " to "), ("de ", " a "),
    ]
    where text.hasPrefix(start) {
      let ends = text.dropFirst(start.count).split(separator: middle).map { $0.trimmed }
      guard ends.count == 2 else {
        if start == "de " { return nil }
        throw SheetCellProblem(reason: "“\(text)” is no range such as between 5 and 10.")
      }
      return "between: [\(quoted(try ordered(ends[0]))), \(quoted(try ordered(ends[1])))]"
    }
    for middle in ["–", " - ", "-", " to ", " a "] {
      let ends = text.split(separator: middle, omittingEmptySubsequences: false)
      if ends.count == 2, let low = try sheetNumber(ends[0].trimmed),
        let high = try sheetNumber(ends[1].trimmed)
      {
        return "between: [\(quoted(low)), \(quoted(high))]"
      }
    }
    return nil
  }

  private static func list(_ text: String) throws(SheetCellProblem) -> [String] {
    if let number = try sheetNumber(text) {
      let isOnlyComma = text.contains(",") && !text.contains(".") && number.contains(".")
      guard !isOnlyComma || number.hasPrefix("0") else {
        throw SheetCellProblem(
          reason: "“\(text)” may be a number or two: write \(number), or "
            + "\(text.replacing(",", with: "; ")).")
      }
      return [quoted(number)]
    }
    let separators: Set<Character> = text.contains(";") ? [";"] : [",", "|"]
    return text.split { separators.contains($0) }.map { quoted($0.trimmed) }.filter { $0 != "\"\"" }
  }

  /// What can be compared by size: a number, or a date such as 2025-01-31.
  private static func ordered(_ text: String) throws(SheetCellProblem) -> String {
    if let number = try sheetNumber(text) { return number }
    if dateOperand(text) != nil { return text }
    throw SheetCellProblem(
      reason: "“\(text)” is neither a number nor a date such as 2025-01-31.")
  }

  private static func escaped(_ text: String) -> String {
    text.map { "\\.+*?()[]{}^$|/".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
