/// What the cells of a column have looked like so far, as a set that only grows.
///
/// The evidence of a column is the union over its cells, so it does not depend on the order in which
/// blocks were read, and the type of the column is a function of it alone.
public struct CellEvidence: OptionSet, Sendable, Equatable {
  public let rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  // Numbers.

  /// Digits without any mark: `1200`.
  public static let plainInteger = CellEvidence(rawValue: 1 << 0)
  /// A point that can only be a decimal point: `12.5`, `0.125`, `1234.567`.
  public static let decimalPoint = CellEvidence(rawValue: 1 << 1)
  /// A comma that can only be a decimal comma.
  public static let decimalComma = CellEvidence(rawValue: 1 << 2)
  /// Points between thousands: `1.234.567`, `1.234,5`.
  public static let pointGroups = CellEvidence(rawValue: 1 << 3)
  /// Commas between thousands.
  public static let commaGroups = CellEvidence(rawValue: 1 << 4)
  /// Spaces between thousands.
  public static let spaceGroups = CellEvidence(rawValue: 1 << 5)
  /// Apostrophes between thousands.
  public static let apostropheGroups = CellEvidence(rawValue: 1 << 6)
  /// A point that may be either: `1.500`.
  public static let unclearPoint = CellEvidence(rawValue: 1 << 7)
  /// A comma that may be either: `1,500`.
  public static let unclearComma = CellEvidence(rawValue: 1 << 8)
  /// Digits that name rather than count: `08001`, more digits than a double keeps, `+34600123456`.
  public static let code = CellEvidence(rawValue: 1 << 9)
  public static let percent = CellEvidence(rawValue: 1 << 10)
  public static let currency = CellEvidence(rawValue: 1 << 11)
  public static let notNumber = CellEvidence(rawValue: 1 << 12)

  // Flags: one bit a spelling and value, so that a mixture is seen.

  public static let digitNo = CellEvidence(rawValue: 1 << 13)
  public static let digitYes = CellEvidence(rawValue: 1 << 14)
  /// `no`.
  public static let wordNo = CellEvidence(rawValue: 1 << 15)
  /// `yes`, `sí`, `si`.
  public static let wordYes = CellEvidence(rawValue: 1 << 16)
  /// `true`, `false`, `verdadero`, `falso`.
  public static let truthWord = CellEvidence(rawValue: 1 << 17)
  /// `n`.
  public static let letterNo = CellEvidence(rawValue: 1 << 18)
  /// `y`, `s`.
  public static let letterYes = CellEvidence(rawValue: 1 << 19)
  /// `t`.
  public static let letterTrue = CellEvidence(rawValue: 1 << 20)
  /// `f`.
  public static let letterFalse = CellEvidence(rawValue: 1 << 21)
  public static let notFlag = CellEvidence(rawValue: 1 << 22)

  // Dates.

  public static let isoDate = CellEvidence(rawValue: 1 << 23)
  /// The first number is above 12: `25/03/2024`.
  public static let dayFirstDate = CellEvidence(rawValue: 1 << 24)
  /// The second number is above 12: `03/25/2024`.
  public static let monthFirstDate = CellEvidence(rawValue: 1 << 25)
  /// Either order is possible: `03/07/2024`.
  public static let unclearDate = CellEvidence(rawValue: 1 << 26)
  public static let notDate = CellEvidence(rawValue: 1 << 27)

  /// A token that commonly stands for a missing number: `N/A`.
  public static let usualMissing = CellEvidence(rawValue: 1 << 28)

  /// A number without a percent sign.
  public static let withoutPercent = CellEvidence(rawValue: 1 << 29)

  /// A date whose time says its zone: `2024-03-07T14:05:33Z`.
  public static let zonedTime = CellEvidence(rawValue: 1 << 30)

  public static let notAnything: CellEvidence = [.notNumber, .notFlag, .notDate]
  static let anyNumber: CellEvidence = [
    .plainInteger, .decimalPoint, .decimalComma, .pointGroups, .commaGroups, .spaceGroups,
    .apostropheGroups, .unclearPoint, .unclearComma,
  ]
  static let anyFlag: CellEvidence = [
    .digitNo, .digitYes, .wordNo, .wordYes, .truthWord, .letterNo, .letterYes, .letterTrue,
    .letterFalse,
  ]
  static let anyDate: CellEvidence = [.isoDate, .dayFirstDate, .monthFirstDate, .unclearDate]
}
