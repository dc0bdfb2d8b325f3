import YAMLDocuments

extension ProjectTraining.Penalty {
  /// `auto`, `firth`, or a number, 0 or more; `nil` for anything else.
  public init?(_ text: String) {
    switch text {
    case "auto": self = .automatic
    case "firth": self = .firth
    default:
      guard let value = Double(text), value >= 0, value.isFinite else { return nil }
      self = .fixed(value)
    }
  }
}

extension ProjectTraining {
  /// What a flag says, checked as the project file is.
  /// - Throws: `ProjectError.badFlag`.
  public static func penalty(flag text: String) throws -> Penalty {
    guard let penalty = Penalty(text) else {
      throw ProjectError.badFlag(
        flag: "--penalty", found: text, expected: "auto, firth, or a number, 0 or more")
    }
    return penalty
  }

  public static func numbers(flag text: String) throws -> Numbers {
    guard let numbers = Numbers(rawValue: text) else {
      throw ProjectError.badFlag(flag: "--numbers", found: text, expected: "full or linear")
    }
    return numbers
  }

  /// A comma list of different algorithms.
  public static func algorithms(flag text: String) throws -> [Algorithm] {
    var algorithms: [Algorithm] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let algorithm = Algorithm(rawValue: trimmed(item)), !algorithms.contains(algorithm)
      else {
        throw ProjectError.badFlag(
          flag: "--algorithms", found: trimmed(item),
          expected: "some of logistic, boosting and additive")
      }
      algorithms.append(algorithm)
    }
    return algorithms
  }
}

/// A share as flags give it: `25%` or `0.25`.
/// - Throws: `ProjectError.badFlag` for anything but a share from 0 to 1.
public func share(flag: String, _ text: String) throws -> Double {
  let isPercent = text.hasSuffix("%")
  let digits = isPercent ? String(text.dropLast()) : text
  guard let number = Double(trimmed(digits)) else {
    throw ProjectError.badFlag(flag: flag, found: text, expected: "a share such as 25%")
  }
  let share = isPercent ? number / 100 : number
  guard share >= 0, share <= 1 else {
    throw ProjectError.badFlag(flag: flag, found: text, expected: "a share from 0% to 100%")
  }
  return share
}
