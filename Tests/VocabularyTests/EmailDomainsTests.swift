import Testing

@testable import Vocabulary

@Suite struct EmailDomainsTests {
  @Test(arguments: [
    ("ana@gmail.com", true), ("ANA@GMAIL.COM ", true), ("a@hotmail.es", true),
    ("a@yahoo.com.mx", true), ("a@yahoo.co.uk", true), ("live.com.ar", true),
    ("a@terra.es", true), ("a@acme.es", false), ("a@gmail.acme.es", false),
    ("a@yahoo.acme.com", false), ("a@mail.acme.com", false), ("acme.com", false),
  ])
  func freeDomainsAreTold(_ address: String, _ isFree: Bool) {
    #expect(EmailDomains.standard.isFree(address) == isFree)
  }

  @Test(arguments: ["", "ana", "ana@", "@gmail.com", "ana@gmail", "a@gmail..com", "no tengo"])
  func whatIsNoAddressSaysNothing(_ text: String) {
    #expect(EmailDomains.standard.isFree(text) == nil)
  }

  @Test func theEmbeddedListIsSound() throws {
    let contents = String(decoding: PackageResources.email_domains_csv, as: UTF8.self)
    _ = try EmailDomains().extended(with: contents, path: "email-domains.csv")
  }

  @Test func ownLinesAddToTheList() throws {
    let own = try EmailDomains.standard.extended(with: "domain\nVecinos.cat\ncorreo.*\n", path: "d")
    #expect(own.isFree("a@vecinos.cat") == true)
    #expect(own.isFree("a@correo.com.pe") == true)
    #expect(own.isFree("a@gmail.com") == true)
    #expect(throws: VocabularyError.badDomain(path: "d", line: 2, found: "gmail")) {
      try EmailDomains.standard.extended(with: "domain\ngmail\n", path: "d")
    }
  }
}
