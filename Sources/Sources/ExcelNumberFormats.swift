/// What the number formats of a workbook's cells make of their numbers.
struct ExcelNumberFormats {
  enum Kind: Equatable {
    case number
    /// A day, with or without a time.
    case date
    /// A time of day without a day.
    case time
    /// A span in hours, minutes or seconds, which may be more than a day: `[h]:mm`.
    case duration
  }

  /// One for each of the workbook's cell formats, which a cell names by their number.
  private var kinds: [Kind] = []

  init() {}

  /// - Parameter part: `styles.xml`.
  init(_ part: ZipEntryBytes) throws {
    var scanner = try XMLScanner(part)
    var codes: [Int: String] = [:]
    var isInCellFormats = false
    while true {
      switch try scanner.next() {
      case .start:
        if scanner.isNamed("numFmt") {
          let id = try scanner.attributeText("numFmtId").flatMap { Int($0) }
          if let id { codes[id] = try scanner.attributeText("formatCode") }
        } else if scanner.isNamed("cellXfs") {
          isInCellFormats = true
        } else if isInCellFormats, scanner.isNamed("xf") {
          let id = try scanner.attributeText("numFmtId").flatMap { Int($0) } ?? 0
          kinds.append(codes[id].map(Self.kind(ofFormat:)) ?? Self.kind(ofBuiltIn: id))
        }
      case .end:
        if scanner.isNamed("cellXfs") { isInCellFormats = false }
      case .text: break
      case .done: return
      }
    }
  }

  subscript(index: Int) -> Kind {
    kinds.indices.contains(index) ? kinds[index] : .number
  }

  /// The formats that have a number and no code in the file (ECMA-376 part 1, 18.8.30, those of East
  /// Asian languages included).
  static func kind(ofBuiltIn id: Int) -> Kind {
    switch id {
    case 14...17, 22, 27...31, 34...36, 50...54, 57, 58: .date
    case 18...21, 32, 33, 45, 47, 55, 56: .time
    case 46: .duration
    default: .number
    }
  }

  /// - Parameter code: such as `dd/mm/yyyy hh:mm`; the part for positive numbers decides.
  static func kind(ofFormat code: String) -> Kind {
    var letters: Set<Character> = []
    var rest = Substring(code.lowercased())
    while let character = rest.first, character != ";" {
      rest.removeFirst()
      switch character {
      case "\"":
        // Text in quotes.
        rest = rest.firstIndex(of: "\"").map { rest[rest.index(after: $0)...] } ?? ""
      case "\\", "_", "*":
        // The next character is text, a space of its width, or fills the cell.
        rest = rest.dropFirst()
      case "[":
        // A colour, a language, a condition, or a span of time: `[h]`, `[mm]`.
        let inside = rest.prefix { $0 != "]" }
        if let unit = inside.first, "hms".contains(unit), inside.allSatisfy({ $0 == unit }) {
          return .duration
        }
        rest = rest.dropFirst(inside.count + 1)
      case "a" where rest.hasPrefix("m/pm"): rest = rest.dropFirst(4)
      case "a" where rest.hasPrefix("/p"): rest = rest.dropFirst(2)
      case "g" where rest.hasPrefix("eneral"): rest = rest.dropFirst(6)
      case "y", "d", "m", "h", "s": letters.insert(character)
      default: break
      }
    }
    if letters.contains("y") || letters.contains("d") { return .date }
    if letters.contains("h") || letters.contains("s") { return .time }
    return letters.contains("m") ? .date : .number
  }
}
