import Features
import Tables
import Testing
import Vocabulary

@Suite struct VocabularyColumnsTests {
  static func category(_ name: String, _ cells: [String?]) -> Column {
    var levels: [String] = []
    let codes = cells.map { cell -> Int32 in
      guard let cell else { return -1 }
      if let index = levels.firstIndex(of: cell) { return Int32(index) }
      levels.append(cell)
      return Int32(levels.count - 1)
    }
    return Column(name: name, values: .category(CategoryValues(codes: codes, levels: levels)))
  }

  static func text(_ name: String, _ cells: [String?]) -> Column {
    var bytes: [UInt8] = []
    var offsets = [0]
    for cell in cells {
      bytes.append(contentsOf: (cell ?? "").utf8)
      offsets.append(bytes.count)
    }
    return Column(
      name: name,
      values: .text(TextValues(offsets: offsets, bytes: bytes, missing: cells.map { $0 == nil })))
  }

  static let table = Table(
    columns: [
      text("Cargo", ["CEO", "Consejera delegada", nil, "Ninja", "Ninja", "Jefe de ventas"]),
      text(
        "Correo",
        ["a@gmail.com", "b@acme.es", nil, "nada", "c@hotmail.es", "d@x.org"]),
      category("País", ["España", "ES", "Spain", nil, "Atlántida", "México"]),
      Column(name: "visits", values: .number([1, 2, 3, 4, 5, 6])),
    ], rowCount: 6)

  @Test func titlesAddressesAndCountriesBecomeWhatTheyMean() throws {
    let names = VocabularyColumns(title: "Cargo", email: "Correo", country: "País")
    let derived = names.columns(of: Self.table, vocabulary: .standard)
    #expect(
      derived.columns == [
        Self.category("title_seniority", ["c_level", "c_level", nil, nil, nil, "manager"]),
        Self.category(
          "title_department",
          ["general_management", "general_management", nil, nil, nil, "sales"]),
        Column(name: "email_is_free", values: .flag([1, 0, -1, -1, 1, 0])),
        Self.category("country_code", ["ES", "ES", "ES", nil, nil, "MX"]),
      ])
    let titles = try #require(derived.coverage.titles)
    #expect(titles.filled == 5 && titles.recognised == 3)
    #expect(titles.unrecognised.map(\.text) == ["Ninja"])
    #expect(titles.unrecognised.map(\.count) == [2])
    #expect(derived.coverage.emails?.filled == 5 && derived.coverage.emails?.recognised == 4)
    // Atlántida stands once, so that it is counted but not shown.
    #expect(derived.coverage.countries?.recognised == 4)
    #expect(derived.coverage.countries?.unrecognised == [])
  }

  @Test func columnsAreDetectedByNameAndCells() {
    #expect(
      VocabularyColumns(detectedIn: Self.table, vocabulary: .standard)
        == VocabularyColumns(title: "Cargo", email: "Correo", country: "País"))
    let salutations = Table(
      columns: [Self.category("Title", ["Mr", "Mrs", "Dr"])], rowCount: 3)
    #expect(
      VocabularyColumns(detectedIn: salutations, vocabulary: .standard) == VocabularyColumns())
  }

  @Test func aTablesOwnColumnsStay() {
    let table = Table(
      columns: [
        Self.category("title", ["CEO"]), Self.category("title_seniority", ["boss"]),
      ], rowCount: 1)
    let derived = VocabularyColumns(title: "title", email: "gone").columns(
      of: table, vocabulary: .standard)
    #expect(derived.columns.map(\.name) == ["title_department"])
  }
}
