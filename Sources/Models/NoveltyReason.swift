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
  public var text: String {
    switch self {
    case .farAbove(let column): "\(column) far above history"
    case .farBelow(let column): "\(column) far below history"
    case .unseenLevel(let column): "\(column) never seen"
    case .missing(let column): "\(column) never missing before"
    case .unseenGaps: "cells missing that never were together"
    }
  }
}
