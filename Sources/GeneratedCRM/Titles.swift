/// Job titles as people type them, in Spanish and English.
enum Titles {
  private static let functions: [Department: (spanish: [String], english: [String])] = [
    .sales: (["Ventas", "Comercial"], ["Sales", "Business Development"]),
    .marketing: (["Marketing", "Comunicación"], ["Marketing", "Growth"]),
    .finance: (["Finanzas", "Administración y Finanzas"], ["Finance", "Accounting"]),
    .it: (["Sistemas", "Informática", "TI"], ["IT", "Engineering", "Information Systems"]),
    .operations: (["Operaciones", "Logística", "Producción"], ["Operations", "Supply Chain"]),
    .hr: (["Recursos Humanos", "RR. HH.", "Personas"], ["HR", "People", "Human Resources"]),
    .legal: (["Asesoría Jurídica", "Legal"], ["Legal"]),
    .product: (["Producto"], ["Product"]),
  ]
  private static let chiefs: [Department: [String]] = [
    .sales: ["CSO", "Chief Sales Officer", "Chief Revenue Officer"],
    .marketing: ["CMO", "Chief Marketing Officer"],
    .finance: ["CFO", "Chief Financial Officer"],
    .it: ["CTO", "CIO", "Chief Technology Officer"],
    .operations: ["COO", "Chief Operating Officer"],
    .hr: ["CHRO", "Chief People Officer"],
    .legal: ["General Counsel", "Chief Legal Officer"],
    .product: ["CPO", "Chief Product Officer"],
    .generalManagement: [
      "CEO", "Director general", "Directora general", "Consejero delegado", "Consejera delegada",
      "Gerente general", "Fundador", "Fundadora", "Founder", "Co-founder & CEO",
      "Managing Director",
    ],
  ]
  private static let staff: [Department: [String]] = [
    .sales: ["Técnico comercial", "Ejecutiva de cuentas", "Account Executive", "Comercial"],
    .marketing: ["Técnica de marketing", "Marketing Specialist", "Community manager"],
    .finance: ["Contable", "Analista financiero", "Accountant", "Controller financiero"],
    .it: ["Técnico de sistemas", "Desarrolladora", "Software Engineer", "Programador"],
    .operations: ["Técnica de operaciones", "Operations Analyst"],
    .hr: ["Técnica de RR. HH.", "HR Specialist"],
    .legal: ["Abogada", "Legal Counsel"],
    .product: ["Diseñador de producto", "Product Designer"],
  ]
  private static let unread = ["", "", "", "Ninja", "Otro", "Estudiante", "-"]

  /// - Parameter spanish: which language the person writes in; a quarter writes the other one.
  static func title(
    _ seniority: Seniority, _ department: Department, spanish: Bool, _ random: inout RandomStream
  ) -> String {
    let inSpanish = random.chance(0.75) ? spanish : !spanish
    let woman = random.chance(0.5)
    if seniority == .unknown { return random.pick(unread) }
    if seniority == .cLevel { return random.pick(chiefs[department] ?? ["CEO"]) }
    if seniority == .staff { return random.pick(staff[department] ?? ["Assistant"]) }
    guard let names = functions[department] else { return "" }
    let name = random.pick(inSpanish ? names.spanish : names.english)
    switch (seniority, inSpanish) {
    case (.vp, true): return "\(woman ? "Vicepresidenta" : "Vicepresidente") de \(name)"
    case (.vp, false):
      return random.pick(["VP \(name)", "VP of \(name)", "Vice President, \(name)"])
    case (.director, true):
      return random.pick([
        "\(woman ? "Directora" : "Director") de \(name)", "\(woman ? "Dtra." : "Dtor.") \(name)",
        "Head of \(name)",
      ])
    case (.director, false):
      return random.pick(["\(name) Director", "Director of \(name)", "Head of \(name)"])
    case (_, true):
      return random.pick([
        "\(woman ? "Jefa" : "Jefe") de \(name)", "Responsable de \(name)", "Resp. \(name)",
        "Gerente de \(name)",
      ])
    case (_, false):
      return random.pick(["\(name) Manager", "Manager, \(name)", "\(name) Team Lead"])
    }
  }
}
