/// Invented people and companies: common first names and surnames of Spain, Latin America and the
/// English-speaking world, drawn independently of each other.
enum Names {
  static let first = [
    "Ana", "Beatriz", "Carlos", "Carmen", "Cristina", "Daniel", "David", "Elena", "Fernando",
    "Francisco", "Gabriela", "Guillermo", "Ignacio", "Irene", "Isabel", "Javier", "Jorge", "José",
    "Juan", "Laura", "Lucía", "Luis", "Manuel", "Marcos", "María", "Marta", "Miguel", "Natalia",
    "Nuria", "Pablo", "Patricia", "Pedro", "Raquel", "Rosa", "Sara", "Sergio", "Silvia", "Sofía",
    "Teresa", "Valentina", "Alice", "Andrew", "Emily", "James", "John", "Kate", "Mark", "Paul",
    "Rachel", "Sophie", "Thomas", "William",
  ]
  static let last = [
    "García", "Rodríguez", "González", "Fernández", "López", "Martínez", "Sánchez", "Pérez",
    "Gómez",
    "Martín", "Jiménez", "Ruiz", "Hernández", "Díaz", "Moreno", "Muñoz", "Álvarez", "Romero",
    "Alonso",
    "Gutiérrez", "Navarro", "Torres", "Domínguez", "Vázquez", "Ramos", "Gil", "Ramírez", "Serrano",
    "Blanco", "Molina", "Castro", "Ortega", "Delgado", "Núñez", "Silva", "Rojas", "Smith", "Jones",
    "Taylor", "Brown", "Wilson", "Evans", "Walker", "Wright", "Dubois", "Pereira", "Santos",
  ]
  private static let companyHeads = [
    "Alba", "Andes", "Arco", "Boreal", "Cantábrica", "Castellana", "Delta", "Ebro", "Faro", "Galia",
    "Horizonte", "Iberia", "Jarama", "Levante", "Lumen", "Mar", "Meseta", "Miramar", "Monte",
    "Nexo",
    "Norte", "Olivar", "Orión", "Pacífico", "Pirineo", "Plata", "Puente", "Quantum", "Río", "Roble",
    "Sierra", "Sol", "Sur", "Tajo", "Terra", "Umbral", "Valle", "Vega", "Vértice", "Zenit",
  ]
  private static let companyTails: [Industry: [String]] = [
    .software: ["Software", "Digital", "Systems", "Labs"],
    .manufacturing: ["Industrias", "Metal", "Plásticos", "Manufacturas"],
    .retail: ["Retail", "Tiendas", "Comercial", "Moda"],
    .finance: ["Capital", "Seguros", "Finanzas", "Asesores"],
    .health: ["Salud", "Clínicas", "Farma", "Biomed"],
    .education: ["Formación", "Academia", "Educación", "Learning"],
    .logistics: ["Logística", "Transportes", "Cargo", "Express"],
    .construction: ["Construcciones", "Obras", "Ingeniería", "Inmuebles"],
    .hospitality: ["Hoteles", "Viajes", "Restauración", "Turismo"],
    .publicSector: ["Servicios", "Agencia", "Instituto", "Consorcio"],
  ]
  private static let companyForms = ["S.L.", "S.A.", "Group", "S. de R.L.", "Ltd", ""]

  static func company(_ industry: Industry, _ random: inout RandomStream) -> String {
    let tails = companyTails[industry] ?? ["Group"]
    let parts = [random.pick(companyHeads), random.pick(tails), random.pick(companyForms)]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static let unaccented: [Character: Character] = [
    "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ñ": "n", "ü": "u", "à": "a",
  ]

  /// Lower-case letters and digits without accents: what stands in an address.
  static func slug(_ text: String) -> String {
    String(
      text.lowercased().compactMap { character in
        let plain = unaccented[character] ?? character
        return plain.isASCII && (plain.isLetter || plain.isNumber) ? plain : nil
      })
  }

  static let freeDomains = [
    "gmail.com", "hotmail.com", "hotmail.es", "yahoo.es", "outlook.com", "icloud.com",
    "yahoo.com.mx",
  ]
}
