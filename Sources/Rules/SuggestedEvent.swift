/// Activities of a lead that a suggested rule gives points for.
public struct SuggestedEvent: Sendable, Equatable {
  /// A value of an attribute that the activities must have.
  public struct Filter: Sendable, Equatable {
    public let attribute: String
    public let level: String

    public init(attribute: String, level: String) {
      self.attribute = attribute
      self.level = level
    }
  }

  public let type: String
  public let filter: Filter?
  /// How long ago they may be; `nil` for all time.
  public let days: Int?
  /// How many of them give the points, each; `nil` where they give them once.
  public let most: Int?

  public init(type: String, filter: Filter? = nil, days: Int? = nil, most: Int? = nil) {
    self.type = type
    self.filter = filter
    self.days = days
    self.most = most
  }

  func name(_ words: SuggestionWords) -> String {
    let what = type + (filter.map { ": \($0.attribute) \($0.level)" } ?? "")
    return (most == nil ? what : words.each(what)) + (days.map { " " + words.within($0) } ?? "")
  }

  /// The keys of the rule, its points among them, which a cap or a floor holds at so many times.
  /// - Parameter points: in thousandths.
  func text(points: Int) -> String {
    var keys = ["event: \(quoted(type))"]
    if let filter {
      keys.append("where: {\(quoted(filter.attribute)): {is: \(quoted(filter.level))}}")
    }
    if let days { keys.append("within: \(days)d") }
    keys.append("points: \(pointsText(points))")
    if let most {
      keys += ["each: true", "\(points < 0 ? "floor" : "cap"): \(pointsText(most * points))"]
    }
    return keys.joined(separator: ", ")
  }
}
