/// Why activities could not be read or turned into features.
public enum ActivityError: Error, Equatable, CustomStringConvertible {
  /// A block of activities lacks a column.
  case missingColumn(name: String, present: [String])
  /// A column has a type that it can't have.
  case columnType(name: String, expected: String, found: String)
  /// More distinct types of activity than there can be.
  case tooManyTypes(column: String, limit: Int)
  /// An option that makes no sense.
  case invalidOption(name: String, reason: String)
  /// A time zone that the system does not know.
  case unknownTimeZone(name: String, nearest: [String])
  /// The system's list of time zones can't be read.
  case timeZonesUnreadable(folder: String, reason: String)
  /// The file that holds activities for a while could not be written or read.
  case spillFailed(folder: String, reason: String)

  public var description: String {
    switch self {
    case .missingColumn(let name, let present):
      "The activities have no column \"\(name)\"; they have \(present.joined(separator: ", ")). "
        + "Name the right one under activities."
    case .columnType(let name, let expected, let found):
      "The column \"\(name)\" of the activities must be \(expected), but it was read as \(found). "
        + "State its type, or name another column."
    case .tooManyTypes(let column, let limit):
      "The column \"\(column)\" has more than \(limit) distinct values, too many for types of "
        + "activity. Name another column as the type, and this one as an attribute."
    case .invalidOption(let name, let reason):
      "The option \(name) of the activity features can't be used: \(reason)."
    case .unknownTimeZone(let name, let nearest):
      "There is no time zone \"\(name)\"."
        + (nearest.isEmpty
          ? " Write one like Europe/Madrid."
          : " Did you mean \(nearest.joined(separator: " or "))?")
    case .timeZonesUnreadable(let folder, let reason):
      "Time zones can't be read from \(folder): \(reason). Install the package tzdata."
    case .spillFailed(let folder, let reason):
      "Activities could not be kept in a temporary file in \(folder): \(reason). "
        + "Free some space, or name another folder."
    }
  }
}
