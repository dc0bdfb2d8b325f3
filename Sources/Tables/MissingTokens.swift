/// The tokens that mean "not filled in" in one column, compared after trimming spaces.
///
/// The empty cell is always missing.
public struct MissingTokens: Sendable, Equatable {
  /// Tokens that stand for a missing number or date wherever they are met in a column of them, as
  /// spreadsheets and databases write what could not be computed; a note says so. Infinities are among
  /// them: no sum and no mean could be had of a column that holds one. In a category they are levels like
  /// any other, unless they are declared missing.
  public static let usual: [String] = [
    "NA", "N/A", "n/a", "#N/A", "#N/D", "N/D", "n/d", "NaN", "nan", "NULL", "null", "None", "none",
    "nil", "-", "--", "?", ".", "#VALUE!", "#¡VALOR!", "#DIV/0!", "#¡DIV/0!", "#REF!", "#NUM!",
    "Infinity", "-Infinity", "inf", "-inf", "Inf", "-Inf", "INF", "-INF",
  ]

  private static let usualBytes: [[UInt8]] = usual.map { Array($0.utf8) }
  private static let longestUsual = usualBytes.map(\.count).max() ?? 0

  private let tokens: [[UInt8]]
  /// The same by their hash where they are many; `nil` where looking at each is faster.
  private let tokensOfHash: [UInt64: [[UInt8]]]?
  /// Tokens up to which each is looked at.
  private static let fewTokens = 16
  /// Whether a token may be read as a number (`-1`, `999`), so that it must be looked for first.
  public let includesNumbers: Bool

  public init(_ tokens: [String]) {
    self.tokens = tokens.map(Self.trimmed).filter { !$0.isEmpty }
    tokensOfHash =
      self.tokens.count > Self.fewTokens
      ? Dictionary(grouping: self.tokens, by: Self.hash) : nil
    includesNumbers = tokens.contains { token in
      !NumberCell(token).value.isNaN
        || !NumberCell(token, decimalMark: UInt8(ascii: ",")).value.isNaN
    }
  }

  public var isEmpty: Bool { tokens.isEmpty }

  /// - Parameter cell: bytes without surrounding spaces.
  public func contains(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !cell.isEmpty else { return true }
    if let tokensOfHash {
      return tokensOfHash[Self.hash(cell)]?.contains { $0.elementsEqual(cell) } ?? false
    }
    return tokens.contains { $0.count == cell.count && $0.elementsEqual(cell) }
  }

  /// Fowler, Noll and Vo's hash of the bytes (FNV-1a).
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// The index of a cell among `usual`.
  static func usualIndex(_ cell: UnsafeBufferPointer<UInt8>) -> Int? {
    guard cell.count <= longestUsual else { return nil }
    return usualBytes.firstIndex { $0.count == cell.count && $0.elementsEqual(cell) }
  }

  private static func trimmed(_ token: String) -> [UInt8] {
    var bytes = Array(token.utf8)
    while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
    return Array(bytes.drop { $0 == 0x20 || $0 == 0x09 })
  }
}
