import Testing

@testable import Vocabulary

@Suite struct CountryNamesTests {
  @Test(arguments: [
    ("España", "ES"), ("Spain", "ES"), ("ES", "ES"), ("ESP", "ES"), ("espana ", "ES"),
    ("Espan\u{303}a", "ES"), ("EE. UU.", "US"), ("EEUU", "US"), ("U.S.A.", "US"), ("usa", "US"),
    ("UK", "GB"), ("Reino Unido", "GB"), ("México", "MX"), ("Mexico", "MX"),
    ("Côte d'Ivoire", "CI"), ("Türkiye", "TR"), ("São Tomé and Príncipe", "ST"), ("NO", "NO"),
    ("Países Bajos", "NL"), ("The Netherlands", "NL"),
  ])
  func spellingsOfACountryMeet(_ name: String, _ code: String) {
    #expect(CountryNames.standard.code(name) == code)
  }

  @Test(arguments: ["", "Madrid", "Espa", "ZZ"])
  func whatIsNoCountrySaysNothing(_ name: String) {
    #expect(CountryNames.standard.code(name) == nil)
  }

  @Test func theEmbeddedListIsSound() throws {
    let contents = String(decoding: PackageResources.countries_csv, as: UTF8.self)
    _ = try CountryNames().extended(with: contents, path: "countries.csv")
  }

  @Test func ownLinesAddToTheList() throws {
    let own = """
      code,code3,spanish,english,others
      ES,,Hispania,,Península|Madrid
      """
    let names = try CountryNames.standard.extended(with: own, path: "c")
    #expect(names.code("peninsula") == "ES")
    #expect(names.code("Hispania") == "ES")
    #expect(names.code("Francia") == "FR")
    #expect(
      throws: VocabularyError.badCountryCode(path: "c", line: 2, column: "code", found: "ESP")
    ) {
      try CountryNames.standard.extended(
        with: "code,code3,spanish,english,others\nESP,,x,,\n", path: "c")
    }
  }
}
