import ArgumentParser
import FoundationEssentials
import ProjectReading
import Tables

/// The flag that says as of when leads are looked at.
public struct AsOfOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Look at open leads as of this moment, 2025-06-30 or 2025-06-30T12:00:00; what came later does "
        + "not count.", valueName: "time"))
  public var asOf: String?

  public init() {}

  /// What a clock shows then, as seconds since 1970; `nil` where none is given.
  /// - Throws: `ProjectReadingError.badMoment`.
  public func seconds() throws -> Double? {
    try asOf.map { try Self.seconds($0, flag: "--as-of") }
  }

  static func seconds(_ text: String, flag: String) throws -> Double {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
    guard (1...2).contains(parts.count), let day = numbers(parts[0], mark: "-", widths: [4, 2, 2]),
      let time = parts.count == 2 ? clock(parts[1]) : 0
    else { throw ProjectReadingError.badMoment(flag: flag, text: text) }
    let days = CalendarDay(year: day[0], month: day[1], day: day[2]).daysSince1970
    // A day that the calendar lacks comes out as another.
    guard CalendarDay(daysSince1970: days).isoText == String(parts[0]) else {
      throw ProjectReadingError.badMoment(flag: flag, text: text)
    }
    return Double(days) * 86_400 + Double(time)
  }

  private static func clock(_ text: Substring) -> Int? {
    guard
      let time = numbers(text, mark: ":", widths: [2, 2, 2])
        ?? numbers(text, mark: ":", widths: [2, 2]), time[0] < 24, time[1] < 60,
      time.count < 3 || time[2] < 60
    else { return nil }
    return time[0] * 3_600 + time[1] * 60 + (time.count > 2 ? time[2] : 0)
  }

  private static func numbers(_ text: Substring, mark: Character, widths: [Int]) -> [Int]? {
    let parts = text.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.map(\.count) == widths else { return nil }
    let numbers = parts.compactMap { part in
      part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
    }
    return numbers.count == widths.count ? numbers : nil
  }
}

/// The clock, for what must not have happened yet.
public var secondsSince1970: Double { Date().timeIntervalSince1970 }
