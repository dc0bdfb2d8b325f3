import Tables

/// What counted as won, lost and open when the model was fitted.
public struct OutcomeDefinition: Codable, Sendable, Equatable {
  public let column: String
  /// Values that mean won, as written in the file.
  public let won: [String]
  /// Values that mean lost; anything else is open, and never a loss.
  public let lost: [String]

  public init(column: String, won: [String], lost: [String]) {
    self.column = column
    self.won = won
    self.lost = lost
  }

  /// The code of an open lead among labels.
  public static let open: Int8 = -1

  /// 1 won, 0 lost, -1 open, for each level; upper and lower case are one.
  public func labels(ofLevels levels: [String]) -> [Int8] {
    let wonValues = Set(won.map { $0.lowercased() })
    let lostValues = Set(lost.map { $0.lowercased() })
    return levels.map { level in
      let value = level.lowercased()
      return wonValues.contains(value) ? 1 : lostValues.contains(value) ? 0 : Self.open
    }
  }

  /// 1 won, 0 lost, -1 open, one a row.
  public func labels(_ values: CategoryValues) -> [Int8] {
    let byLevel = labels(ofLevels: values.levels)
    return values.codes.map { $0 < 0 ? Self.open : byLevel[Int($0)] }
  }
}
