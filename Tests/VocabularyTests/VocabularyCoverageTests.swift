import Testing

@testable import Vocabulary

@Suite struct VocabularyCoverageTests {
  @Test func commonestUnrecognisedTitlesComeFirstAndPersonalOnesNever() {
    var coverage = VocabularyCoverage()
    coverage.addTitles(
      [
        (title: "CEO", count: 3), (title: "Ventas", count: 2), (title: "Ninja", count: 4),
        (title: "Gurú", count: 5), (title: "ana@acme.es", count: 9),
        (title: "600 123 456", count: 9),
        (title: "Una vez", count: 1), (title: "Brujo", count: 4),
      ], .standard)
    #expect(coverage.titles?.filled == 37)
    #expect(coverage.titles?.recognised == 5)
    #expect(coverage.seniorities == 3)
    #expect(coverage.departments == 5)
    #expect(coverage.titles?.unrecognised.map(\.text) == ["Gurú", "Brujo", "Ninja"])
  }

  @Test func additionsReachEachList() throws {
    let vocabulary = try Vocabulary(
      VocabularyAdditions(
        titles: .init(path: "t", contents: "title,seniority,department\nninja,staff,it\n"),
        emailDomains: .init(path: "d", contents: "domain\nacme.es\n"),
        countries: .init(path: "c", contents: "code,code3,spanish,english,others\nES,,,,Sefarad\n"))
    )
    #expect(vocabulary.titles.reading("Ninja").department == .it)
    #expect(vocabulary.emailDomains.isFree("a@acme.es") == true)
    #expect(vocabulary.countries.code("Sefarad") == "ES")
    #expect(VocabularyAdditions().isEmpty)
  }
}
