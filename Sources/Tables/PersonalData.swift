/// A kind of personal data that is never learned from.
public enum PersonalDataKind: String, Codable, Sendable, CaseIterable {
  case name
  case email = "e-mail address"
  case phone = "phone number"
  case nationalID = "national id"
}

/// Whether a column holds names, e-mail addresses, phone numbers or national ids, by its name in
/// English or Spanish or by the shape of its cells.
///
/// A telling name is not enough where the cells speak against it, as in `Do Not Email` with yes and
/// no. Cells are enough under any name when four fifths of at least three have the shape.
/// - Parameters:
///   - columnName: as in the header.
///   - values: some cells that are filled in; none decides by the name alone.
public func personalDataKind(
  columnName: String, values: some Collection<String>
) -> PersonalDataKind? {
  let cells = values.map { Array($0.utf8) }.filter { !$0.isEmpty }
  if let kind = kindByName(columnNameWords(columnName)),
    cells.isEmpty || cells.count(where: { CellShape($0).allows(kind) }) * 2 > cells.count
  {
    return kind
  }
  guard cells.count >= 3 else { return nil }
  let shapes = cells.map { CellShape($0) }
  for kind in [PersonalDataKind.email, .nationalID, .phone] {
    let count = shapes.count { $0.kind == kind }
    if count * 5 >= shapes.count * 4 { return kind }
  }
  return nil
}

/// As `personalDataKind(columnName:values:)`, from the first thousand different values of a column.
public func personalDataKind(of column: Column) -> PersonalDataKind? {
  // Enough to tell a shape that most cells have.
  let sampleSize = 1_000
  var cells: [String] = []
  switch column.values {
  case .category(let values): cells = Array(values.levels.prefix(sampleSize))
  case .text(let values):
    var seen: Set<String> = []
    for row in 0..<values.count where seen.count < sampleSize {
      if let cell = values[row] { seen.insert(cell) }
    }
    cells = seen.sorted()
  case .number(let values):
    var seen: Set<Double> = []
    for value in values where !value.isNaN && seen.count < sampleSize { seen.insert(value) }
    cells = seen.sorted().map { Int(exactly: $0).map(String.init) ?? String($0) }
  case .flag, .date:
    // Neither a yes nor a day is anybody's name or address.
    return nil
  }
  return personalDataKind(columnName: column.name, values: cells)
}

/// Words after which a name tells of a message, a setting or a count rather than of the data itself.
private let otherWords: Set<String> = [
  "domain", "dominio", "opt", "consent", "consentimiento", "not", "no", "opened", "open", "opens",
  "clicked", "click", "clicks", "bounced", "bounce", "bounces", "count", "sent", "delivered",
  "status", "estado", "type", "tipo", "source", "origen", "date", "fecha", "campaign", "campana",
  "calls", "llamadas", "verified", "verificado", "unsubscribed", "subscribed", "replied",
  "country", "pais", "code", "codigo", "length", "valid", "known", "present",
]

private let nameNames = joined([
  "first name", "last name", "full name", "name", "middle name", "surname", "family name",
  "given name", "forename", "contact name", "contact person", "person name", "lead name",
  "customer name", "client name", "person", "contact full name", "maiden name", "nickname",
  "nombre", "nombres", "apellido", "apellidos",
  "primer apellido", "segundo apellido", "nombre completo", "nombre y apellidos",
  "nombre del contacto", "nombre de contacto", "nombre del cliente", "nombre de cliente",
  "nombre cliente", "nombre contacto", "persona de contacto", "nombre del lead",
  "person first name", "person last name", "contact first name", "contact last name",
])

private let emailWords: Set<String> = ["email", "emails", "correo", "mail"]
private let phoneWords: Set<String> = [
  "phone", "phones", "telephone", "telefono", "telefonos", "mobile", "movil", "celular", "fax",
  "whatsapp", "tel", "cellphone", "phonenumber", "mobilephone",
]
private let nationalIDWords: Set<String> = [
  "dni", "nif", "nie", "ssn", "passport", "pasaporte", "cedula", "curp", "cpf", "nino",
]
private let nationalIDNames = joined([
  "social security number", "national id", "national identity number", "national insurance number",
  "tax id", "taxpayer id", "documento de identidad", "numero de documento", "documento nacional",
  "numero de identificacion", "identity card", "id card", "id card number", "rut", "rfc",
  "personal id", "personal number", "numero de la seguridad social",
  "numero de seguridad social",
])

/// Names without the spaces between their words, so that `firstname` is found as `first name`.
private func joined(_ names: [String]) -> Set<String> {
  Set(names.map { $0.filter { $0 != " " } })
}

private func kindByName(_ words: [String]) -> PersonalDataKind? {
  let name = words.joined()
  if nameNames.contains(name) { return .name }
  if nationalIDNames.contains(name) || nationalIDWords.contains(name) { return .nationalID }
  if words.contains(where: otherWords.contains) { return nil }
  if words.contains(where: nationalIDWords.contains) { return .nationalID }
  if words.contains(where: emailWords.contains) || name.hasPrefix("email") { return .email }
  if words.contains(where: phoneWords.contains) { return .phone }
  return nil
}

/// What a single cell looks like.
struct CellShape {
  let kind: PersonalDataKind?
  private let digits: Int
  private let letters: Int
  private let isYesOrNo: Bool

  init(_ cell: [UInt8]) {
    var digits = 0
    var letters = 0
    for byte in cell {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        0x80...0xFF:
        letters += 1
      default: break
      }
    }
    self.digits = digits
    self.letters = letters
    let word = String(decoding: cell, as: UTF8.self).lowercased()
    isYesOrNo = ["yes", "no", "true", "false", "sí", "si", "y", "n", "verdadero", "falso"]
      .contains(word)
    kind =
      Self.isEmail(cell[...])
      ? .email
      : Self.isNationalID(cell)
        ? .nationalID : Self.isPhone(cell, digits: digits) ? .phone : nil
  }

  /// Whether a cell can be what the column's name says.
  func allows(_ kind: PersonalDataKind) -> Bool {
    switch kind {
    case .name: letters > digits && !isYesOrNo
    // A hash of an address is one still.
    case .email: (letters > 0 || digits > 12) && !isYesOrNo
    case .phone, .nationalID: digits >= 5
    }
  }

  /// One @ with a dotted domain after it and no space.
  static func isEmail(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let at = cell.firstIndex(of: UInt8(ascii: "@")), at > cell.startIndex,
      cell.lastIndex(of: UInt8(ascii: "@")) == at, !cell.contains(UInt8(ascii: " "))
    else { return false }
    let domain = cell[(at + 1)...]
    guard let dot = domain.lastIndex(of: UInt8(ascii: ".")) else { return false }
    return dot > domain.startIndex && dot < domain.endIndex - 1
  }

  /// A plus sign or marks between groups of nine to fifteen digits: bare digits may be any number,
  /// and dates have eight.
  private static func isPhone(_ cell: [UInt8], digits: Int) -> Bool {
    guard (9...15).contains(digits) else { return false }
    var marks = 0
    for byte in cell {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: " "),
        UInt8(ascii: "-"), UInt8(ascii: "/"):
        marks += 1
      default: return false
      }
    }
    return cell.first == UInt8(ascii: "+") || marks >= 2
  }

  /// A Spanish DNI or NIE with its check letter, or a US social security number with its dashes.
  private static func isNationalID(_ cell: [UInt8]) -> Bool {
    let zero = UInt8(ascii: "0")
    let isDigit: (UInt8) -> Bool = { $0 >= zero && $0 <= zero + 9 }
    if cell.count == 11, cell[3] == UInt8(ascii: "-"), cell[6] == UInt8(ascii: "-") {
      return cell.indices.allSatisfy { $0 == 3 || $0 == 6 || isDigit(cell[$0]) }
    }
    // The letter is the number modulo 23; X, Y and Z in front stand for 0, 1 and 2.
    let body = cell.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
      .map { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") ? $0 - 32 : $0 }
    guard body.count == 9, let check = body.last else { return false }
    var number = 0
    for (index, byte) in body.dropLast().enumerated() {
      if index == 0, byte >= UInt8(ascii: "X"), byte <= UInt8(ascii: "Z") {
        number = Int(byte - UInt8(ascii: "X"))
      } else if isDigit(byte) {
        number = number * 10 + Int(byte - zero)
      } else {
        return false
      }
    }
    return Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[number % 23] == check
  }
}
