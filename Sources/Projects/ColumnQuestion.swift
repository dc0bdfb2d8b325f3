import Tables

/// Something about a column that none of its cells settles, and that a person has to say.
public struct ColumnQuestion: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// Whether the day or the month comes first.
    case dateOrder
    /// Whether the mark in numbers such as `1.500` is the decimal mark.
    case decimalMark(example: String)
  }

  public let column: String
  public let kind: Kind

  public init(column: String, kind: Kind) {
    self.column = column
    self.kind = kind
  }

  /// As a sentence.
  public var text: String {
    switch kind {
    case .dateOrder: "in “\(column)”, is the day or the month first?"
    case .decimalMark(let example):
      "in “\(column)”, is \(example) a number with thousands or with decimals?"
    }
  }

  /// The ways to answer, as values of the column's key under `columns`.
  var answers: [String] {
    switch kind {
    case .dateOrder: ["{type: date, dates: day-first}", "{type: date, dates: month-first}"]
    case .decimalMark: ["{type: number, decimal: \".\"}", "{type: number, decimal: \",\"}"]
    }
  }
}
