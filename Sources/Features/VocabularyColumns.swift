import Tables
import Vocabulary

/// Which columns of a lead table hold titles, e-mail addresses and countries, and the columns that are
/// derived from them: what they mean instead of how they are written.
public struct VocabularyColumns: Codable, Sendable, Equatable {
  public var title: String?
  public var email: String?
  public var country: String?

  public init(title: String? = nil, email: String? = nil, country: String? = nil) {
    self.title = title
    self.email = email
    self.country = country
  }

  /// Names of derived columns: a category, a category, a flag and a category.
  public static let seniorityName = "title_seniority"
  public static let departmentName = "title_department"
  public static let freeEmailName = "email_is_free"
  public static let countryCodeName = "country_code"

  /// What was derived from a table.
  public struct Derived: Sendable, Equatable {
    /// As many rows as the table. No cell of an e-mail address or title is in them.
    public let columns: [Column]
    public let coverage: VocabularyCoverage
  }

  /// Derives what the vocabulary says of the cells.
  ///
  /// A cell that says nothing is missing in the derived columns. A table that has a column of a derived
  /// name already keeps its own; columns that the table lacks, numbers and dates give none.
  public func columns(of table: Table, vocabulary: Vocabulary) -> Derived {
    var columns: [Column] = []
    var coverage = VocabularyCoverage()
    func add(_ name: String, _ values: ColumnValues) {
      if table[name] == nil { columns.append(Column(name: name, values: values)) }
    }
    if let cells = title.flatMap({ table[$0] }).flatMap(DistinctCells.init) {
      let readings = cells.values.map { vocabulary.titles.reading($0) }
      coverage.addTitles(cells.counts.map { (title: $0.0, count: $0.1) }, vocabulary.titles)
      add(
        Self.seniorityName, .category(cells.categories(readings.map { $0.seniority?.rawValue })))
      add(
        Self.departmentName, .category(cells.categories(readings.map { $0.department?.rawValue })))
    }
    if let cells = email.flatMap({ table[$0] }).flatMap(DistinctCells.init) {
      let flags = cells.values.map { address -> Int8 in
        vocabulary.emailDomains.isFree(address).map { $0 ? 1 : 0 } ?? -1
      }
      let counts = cells.counts
      coverage.addEmails(
        filled: counts.reduce(0) { $0 + $1.1 },
        recognised: zip(counts, flags).reduce(0) { $0 + ($1.1 < 0 ? 0 : $1.0.1) })
      add(Self.freeEmailName, .flag(cells.codes.map { $0 < 0 ? -1 : flags[Int($0)] }))
    }
    if let cells = country.flatMap({ table[$0] }).flatMap(DistinctCells.init) {
      let codes = cells.values.map { vocabulary.countries.code($0) }
      coverage.addCountries(cells.counts.map { (name: $0.0, count: $0.1) }, vocabulary.countries)
      add(Self.countryCodeName, .category(cells.categories(codes)))
    }
    return Derived(columns: columns, coverage: coverage)
  }
}

extension VocabularyColumns {
  private static let titleNames: Set<String> = [
    "title", "jobtitle", "contacttitle", "persontitle", "leadtitle", "jobposition", "position",
    "cargo", "puesto", "puestodetrabajo", "cargocontacto", "tituloprofesional",
  ]
  private static let countryNames: Set<String> = [
    "country", "countryname", "countrycode", "countryregion", "pais", "codigopais", "nombrepais",
    "leadcountry", "contactcountry", "billingcountry", "mailingcountry",
  ]
  /// How much of a column called `title` must read as titles: Mr, Mrs and Dr do not.
  private static let titleShare = 1.0 / 3
  private static let countryShare = 0.5

  /// The columns of a table that hold titles, addresses and countries, by their names and cells; the
  /// first of each kind.
  public init(detectedIn table: Table, vocabulary: Vocabulary) {
    self.init()
    for column in table.columns {
      let name = columnNameWords(column.name).joined()
      if title == nil, Self.titleNames.contains(name), let cells = DistinctCells(column) {
        var coverage = VocabularyCoverage()
        coverage.addTitles(cells.counts.map { (title: $0.0, count: $0.1) }, vocabulary.titles)
        if let counts = coverage.titles, counts.filled > 0, counts.share >= Self.titleShare {
          title = column.name
        }
      }
      if country == nil, Self.countryNames.contains(name), let cells = DistinctCells(column) {
        var coverage = VocabularyCoverage()
        coverage.addCountries(cells.counts.map { (name: $0.0, count: $0.1) }, vocabulary.countries)
        if let counts = coverage.countries, counts.filled > 0, counts.share >= Self.countryShare {
          country = column.name
        }
      }
      if email == nil, personalDataKind(of: column) == .email { email = column.name }
    }
  }
}

/// The cells of a category or text column as indices into its different values, so that each value is
/// read once.
private struct DistinctCells {
  /// One index a row into `values`; -1 for missing.
  let codes: [Int32]
  let values: [String]

  /// - Returns: `nil` for a column of numbers, flags or dates.
  init?(_ column: Column) {
    switch column.values {
    case .category(let category):
      codes = category.codes
      values = category.levels
    case .text(let text):
      var indices: [String: Int32] = [:]
      var values: [String] = []
      codes = (0..<text.count).map { row in
        guard let cell = text[row] else { return -1 }
        if let index = indices[cell] { return index }
        let index = Int32(values.count)
        indices[cell] = index
        values.append(cell)
        return index
      }
      self.values = values
    case .number, .flag, .date: return nil
    }
  }

  /// The values, each with its number of rows.
  var counts: [(String, Int)] {
    var counts = [Int](repeating: 0, count: values.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return Array(zip(values, counts))
  }

  /// A category column of what each value means; levels in the order of their first rows.
  func categories(_ meanings: [String?]) -> CategoryValues {
    var levels: [String] = []
    var indices: [String: Int32] = [:]
    let codes = codes.map { code -> Int32 in
      guard code >= 0, let meaning = meanings[Int(code)] else { return -1 }
      if let index = indices[meaning] { return index }
      let index = Int32(levels.count)
      indices[meaning] = index
      levels.append(meaning)
      return index
    }
    return CategoryValues(codes: codes, levels: levels)
  }
}
