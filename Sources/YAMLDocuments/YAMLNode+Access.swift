extension YAMLNode {
  /// The entries of a mapping with any keys.
  /// - Throws: `YAMLError.unexpected`.
  public func mapping() throws -> YAMLMapping {
    guard case .mapping(let entries) = content else {
      throw unexpected("a mapping of `key: value`")
    }
    return YAMLMapping(entries: entries, place: place)
  }

  /// The entries of a mapping of which every key is known.
  /// - Parameters:
  ///   - known: the keys that may stand here.
  ///   - words: what others call some of them, lower case: the nearest key goes by these first.
  /// - Throws: `YAMLError.unknownKey` with the nearest known key, `YAMLError.unexpected` where no
  ///   mapping stands.
  public func mapping(keys known: [String], words: [String: String] = [:]) throws -> YAMLMapping {
    let mapping = try mapping()
    for entry in mapping.entries where !known.contains(entry.key) {
      let word = words[entry.key.lowercased()].flatMap { known.contains($0) ? $0 : nil }
      throw YAMLError.unknownKey(
        entry.keyPlace, key: entry.key,
        nearest: word ?? nearestName(to: entry.key, among: known), known: known)
    }
    return mapping
  }

  /// - Throws: `YAMLError.unexpected` where no list stands.
  public func sequence() throws -> [YAMLNode] {
    guard case .sequence(let items) = content else { throw unexpected("a list `[a, b]`") }
    return items
  }

  /// A list, or one value standing for a list of one.
  public func sequenceOrOne() throws -> [YAMLNode] {
    switch content {
    case .sequence(let items): items
    case .scalar where !isNothing: [self]
    default: throw unexpected("a value or a list `[a, b]`")
    }
  }

  /// The scalar as it is written.
  /// - Throws: `YAMLError.unexpected` where a list, a mapping or nothing stands.
  public func string() throws -> String {
    guard case .scalar(let text, _) = content, !isNothing else { throw unexpected("text") }
    return text
  }

  /// - Throws: `YAMLError.unexpected` for text that is empty or only spaces.
  public func nonEmptyString() throws -> String {
    let text = try string()
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw unexpected("text that is not empty")
    }
    return text
  }

  /// A finite number, with `.` as its decimal mark.
  public func number() throws -> Double {
    guard case .scalar(let text, _) = content, let value = plainNumber(text) else {
      throw unexpected("a number")
    }
    return value
  }

  /// A whole number within `range`.
  public func integer(in range: ClosedRange<Int>) throws -> Int {
    guard case .scalar(let text, _) = content, let value = Int(text), range.contains(value) else {
      throw unexpected("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// `true` or `false`, or `yes` or `no`, in any case.
  public func bool() throws -> Bool {
    if case .scalar(let text, _) = content {
      switch text.lowercased() {
      case "true", "yes": return true
      case "false", "no": return false
      default: break
      }
    }
    throw unexpected("true or false")
  }

  /// A share: `25%` or `0.25`, from 0 to 1.
  public func percent() throws -> Double {
    if case .scalar(let text, _) = content {
      if text.hasSuffix("%") {
        let digits = text.dropLast().filter { $0 != " " }
        if let value = plainNumber(String(digits)), (0...100).contains(value) {
          return value / 100
        }
      } else if let value = plainNumber(text), (0...1).contains(value) {
        return value
      }
    }
    throw unexpected("a share such as 25% or 0.25")
  }

  /// A length of time in seconds: a whole number and `s`, `m`, `h`, `d` or `w`, such as `90d`.
  public func duration() throws -> Int {
    // Ten thousand years: more is a typing mistake, and less never overflows.
    let most = 315_576_000_000
    if case .scalar(let text, _) = content, let unit = text.last {
      let secondsByUnit: [Character: Int] = [
        "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800,
      ]
      let digits = text.dropLast()
      if let seconds = secondsByUnit[unit], !digits.isEmpty,
        digits.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
        let count = Int(digits), count <= most / seconds
      {
        return count * seconds
      }
    }
    throw unexpected("a length of time such as 90d, 12h or 2w")
  }

  /// A decimal number as an exact count of thousandths.
  /// - Parameter limit: the largest size that is accepted, in whole units.
  /// - Throws: `YAMLError.unexpected`, also for more than three decimals.
  public func thousandths(limit: Int = 1_000_000) throws -> Int {
    if case .scalar(let text, _) = content, let value = exactThousandths(text),
      abs(value) <= limit * 1_000
    {
      return value
    }
    throw unexpected("a number of at most three decimals, at most \(limit) in size")
  }

  /// The error that this value is not what was expected.
  public func unexpected(_ expected: String) -> YAMLError {
    .unexpected(place, expected: expected, found: summary)
  }
}

/// A finite decimal number with `.` as its mark, or an exponent; `nil` for anything else, also for
/// the words and the hexadecimal notation that `Double` would read.
public func plainNumber(_ text: String) -> Double? {
  let allowed = text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
  guard allowed, let value = Double(text), value.isFinite else { return nil }
  return value
}

private func exactThousandths(_ text: String) -> Int? {
  var digits = text[...]
  var sign = 1
  if let first = digits.first, first == "-" || first == "+" {
    sign = first == "-" ? -1 : 1
    digits = digits.dropFirst()
  }
  let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  let whole = parts[0]
  var fraction = parts.count == 2 ? parts[1] : ""
  while fraction.last == "0" { fraction = fraction.dropLast() }
  let isDigit: (UInt8) -> Bool = { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  guard !digits.isEmpty, digits != ".", whole.utf8.allSatisfy(isDigit),
    fraction.utf8.allSatisfy(isDigit), fraction.count <= 3, whole.count <= 12
  else { return nil }
  let padded = fraction + String(repeating: "0", count: 3 - fraction.count)
  guard let units = Int(whole.isEmpty ? "0" : whole), let rest = Int(padded) else { return nil }
  return sign * (units * 1_000 + rest)
}
