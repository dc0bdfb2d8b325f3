/// What about a lead is unlike history; names columns, never what is in them.
public enum NoveltyReason: Sendable, Equatable {
  /// A number far above the highest of history.
  case farAbove(column: String)
  /// A number far below the lowest of history.
  case farBelow(column: String)
  /// A level that history never had.
  case unseenLevel(column: String)
  /// Missing in a column that history always had filled in.
  case missing(column: String)
  /// Cells missing together that never were before.
  case unseenGaps

  /// In words: `country never seen`.
  public var text: String { text(in: .english) }

  /// The same in the words of a language.
  public func text(in words: NoveltyWords) -> String {
    switch self {
    case .farAbove(let column): "\(column) \(words.farAbove)"
    case .farBelow(let column): "\(column) \(words.farBelow)"
    case .unseenLevel(let column): "\(column) \(words.unseenLevel)"
    case .missing(let column): "\(column) \(words.missing)"
    case .unseenGaps: words.unseenGaps
    }
  }
}

/// What is said of a lead that is unlike history, behind the names of columns.
public struct NoveltyWords: Sendable, Equatable {
  public let farAbove: String
  public let farBelow: String
  public let unseenLevel: String
  public let missing: String
  public let unseenGaps: String
  /// Before the number of reasons that are not named.
  let and: String
  /// Behind it.
  let more: String

  public static let english = NoveltyWords(
    farAbove: "far above history", farBelow: "far below history", unseenLevel: "never seen",
    missing: "never missing before", unseenGaps: "cells missing that never were together",
    and: "and", more: "more")
  public static let spanish = NoveltyWords(
    farAbove: "muy por encima del historial", farBelow: "muy por debajo del historial",
    unseenLevel: "nunca visto", missing: "nunca había faltado",
    unseenGaps: "faltan celdas que nunca faltaron juntas", and: "y", more: "más")
}
