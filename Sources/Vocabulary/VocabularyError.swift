/// What is wrong with a file of words.
public enum VocabularyError: Error, Equatable, CustomStringConvertible {
  case badHeader(path: String, line: Int, expected: [String], found: [String])
  case wrongCellCount(path: String, line: Int, expected: Int, found: Int)
  case emptyCell(path: String, line: Int, column: String)
  case openQuote(path: String, line: Int)
  case unknownSeniority(path: String, line: Int, found: String, known: [String])
  case badDepartment(path: String, line: Int, found: String)
  case badDomain(path: String, line: Int, found: String)
  case badCountryCode(path: String, line: Int, column: String, found: String)
  case standsTwice(path: String, line: Int, phrase: String, firstLine: Int)

  public var description: String {
    switch self {
    case .badHeader(let path, let line, let expected, let found):
      """
      \(path), line \(line): the header must be \(expected.joined(separator: ",")), but it is \
      \(found.joined(separator: ",")).
      """
    case .wrongCellCount(let path, let line, let expected, let found):
      """
      \(path), line \(line): expected \(expected) cells, found \(found). A cell with a comma in it \
      needs quotes.
      """
    case .emptyCell(let path, let line, let column):
      "\(path), line \(line): \(column) is empty. Fill it in, or remove the line."
    case .openQuote(let path, let line):
      "\(path), line \(line): a quote that never closes. Quotes within a cell are written twice."
    case .unknownSeniority(let path, let line, let found, let known):
      """
      \(path), line \(line): "\(found)" is no seniority. It can be \(known.joined(separator: ", ")), \
      or empty.
      """
    case .badDepartment(let path, let line, let found):
      """
      \(path), line \(line): "\(found)" can't be a department. Write small letters, digits and _, as \
      in customer_service.
      """
    case .badDomain(let path, let line, let found):
      """
      \(path), line \(line): "\(found)" is no domain. Write it as in gmail.com, or yahoo.* for all \
      countries.
      """
    case .badCountryCode(let path, let line, let column, let found):
      """
      \(path), line \(line): "\(found)" can't be in \(column). Codes have two letters (code) or three \
      (code3).
      """
    case .standsTwice(let path, let line, let phrase, let firstLine):
      """
      \(path), line \(line): "\(phrase)" stands in line \(firstLine) with another meaning. Remove one \
      of them.
      """
    }
  }
}
