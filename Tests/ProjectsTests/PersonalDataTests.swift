import Tables
import Testing

@Suite struct PersonalDataTests {
  @Test(
    arguments: [
      ("First Name", PersonalDataKind.name), ("apellidos", .name), ("NombreCompleto", .name),
      ("firstname", .name), ("E-mail", .email), ("Correo electrónico", .email),
      ("work_email", .email), ("Teléfono", .phone), ("MobilePhone", .phone), ("DNI", .nationalID),
      ("D.N.I.", .nationalID), ("Social Security Number", .nationalID),
      ("número de documento", .nationalID),
    ])
  func namesTell(_ name: String, _ kind: PersonalDataKind) {
    #expect(personalDataKind(columnName: name, values: []) == kind)
  }

  @Test(
    arguments: [
      ("Do Not Email", ["Yes", "No"]), ("Email", ["yes", "no"]), ("Emails opened", ["1", "2"]),
      ("email domain", ["x.com"]), ("PhoneService", ["Yes", "No"]), ("Phone calls", ["1", "12"]),
      ("mobile", ["ios", "android"]), ("contact", ["cellular"]), ("company name", ["Acme"]),
      ("day", ["12", "31"]), ("created", ["2024-03-07", "2024-03-08", "2024-03-09"]),
      ("amount", ["123456789", "987654321", "111222333"]),
      ("code", ["12345678A", "12345678B", "12345678C"]),
    ])
  func otherColumnsAreNot(_ name: String, _ values: [String]) {
    #expect(personalDataKind(columnName: name, values: values) == nil)
  }

  @Test(
    arguments: [
      (["a@b.co", "c.d@e.org", "f@g.com"], PersonalDataKind.email),
      (["+34 600 111 222", "(555) 123-4567 12", "+44 20 7946 0000"], .phone),
      (["12345678Z", "00000000T", "X1234567L"], .nationalID),
      (["123-45-6789", "987-65-4321", "111-22-3333"], .nationalID),
    ])
  func shapesTellUnderAnyName(_ values: [String], _ kind: PersonalDataKind) {
    #expect(personalDataKind(columnName: "field 7", values: values) == kind)
  }

  @Test func columnsAreSampled() {
    #expect(
      personalDataKind(of: Cells.category("x", ["a@b.co", "c@d.co", "e@f.co", nil])) == .email)
    #expect(personalDataKind(of: Cells.number("telefono", [600_111_222, nil])) == .phone)
    #expect(personalDataKind(of: Cells.flag("email", [true, false])) == nil)
    #expect(personalDataKind(of: Cells.text("notes", ["call back", "a@b.co", nil])) == nil)
  }

  @Test func wordsOfNamesAreCutAndFolded() {
    #expect(columnNameWords("Fecha_de_Creación") == ["fecha", "de", "creacion"])
    #expect(columnNameWords("customerID") == ["customer", "id"])
    #expect(columnNameWords("ÑANDÚ  (2)") == ["nandu", "2"])
    #expect(columnNameWords("--") == [])
  }
}
