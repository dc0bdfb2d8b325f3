import Tables

/// The changes of one zone's offset, read from a TZif file (RFC 8536) of version 2 or later, or 1.
///
/// Behind its last change a file may have a rule for all later years, as POSIX writes it in `TZ`:
/// `CET-1CEST,M3.5.0,M10.5.0/3`.
struct TimeZoneFile: Equatable {
  struct Transition: Equatable {
    var at: Int
    /// Seconds ahead of UTC from then on.
    var offset: Int
  }

  /// The offset before the first change.
  let firstOffset: Int
  /// Ascending.
  let transitions: [Transition]

  /// - Returns: `nil` where the bytes are no such file.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    guard let first = reader.header() else { return nil }
    guard first.version >= UInt8(ascii: "2") else {
      guard let body = reader.body(first, timeSize: 4) else { return nil }
      (firstOffset, transitions) = (body.firstOffset, body.transitions)
      return
    }
    guard reader.body(first, timeSize: 4) != nil, let second = reader.header(),
      let body = reader.body(second, timeSize: 8)
    else { return nil }
    let footer = String(decoding: reader.rest, as: UTF8.self).split(separator: "\n").first ?? ""
    firstOffset = body.firstOffset
    let rule = TimeZoneRule(footer)
    transitions = body.transitions + (rule?.transitions(after: body.transitions.last?.at) ?? [])
  }

  private struct Header {
    var version: UInt8
    var utcIndicators, standardIndicators, leapSeconds, times, types, letters: Int
  }

  /// Reads big-endian numbers; never past the end.
  private struct Reader {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) {
      self.bytes = bytes
    }

    var rest: ArraySlice<UInt8> { bytes[at...] }

    mutating func number(_ size: Int) -> Int? {
      guard at + size <= bytes.count else { return nil }
      var value = bytes[at] >= 0x80 ? -1 : 0
      for byte in bytes[at..<at + size] { value = value << 8 | Int(byte) }
      at += size
      return value
    }

    mutating func header() -> Header? {
      guard at + 44 <= bytes.count, bytes[at..<at + 4].elementsEqual("TZif".utf8) else {
        return nil
      }
      let version = bytes[at + 4]
      at += 20
      var counts: [Int] = []
      for _ in 0..<6 {
        guard let count = number(4), count >= 0 else { return nil }
        counts.append(count)
      }
      return Header(
        version: version, utcIndicators: counts[0], standardIndicators: counts[1],
        leapSeconds: counts[2], times: counts[3], types: counts[4], letters: counts[5])
    }

    mutating func body(
      _ header: Header, timeSize: Int
    ) -> (firstOffset: Int, transitions: [Transition])? {
      var times: [Int] = []
      for _ in 0..<header.times {
        guard let time = number(timeSize) else { return nil }
        times.append(time)
      }
      var kinds: [Int] = []
      for _ in 0..<header.times {
        guard let kind = number(1), kind >= 0, kind < header.types else { return nil }
        kinds.append(kind)
      }
      var offsets: [Int] = []
      for _ in 0..<header.types {
        guard let offset = number(4), number(2) != nil else { return nil }
        offsets.append(offset)
      }
      at +=
        header.letters + header.leapSeconds * (timeSize + 4) + header.standardIndicators
        + header.utcIndicators
      guard at <= bytes.count, let first = offsets.first else { return nil }
      return (first, zip(times, kinds).map { Transition(at: $0, offset: offsets[$1]) })
    }
  }
}

/// A rule of POSIX's `TZ`: an offset, and where summer time is kept the second one with its days.
struct TimeZoneRule {
  private let standard: Int
  private let summer: (offset: Int, begins: Day, ends: Day)?

  /// Years beyond this one keep the last offset: no lead is scored then.
  private static let lastYear = 2400

  private struct Day {
    enum Kind {
      case month(Int, week: Int, weekday: Int)
      case julian(Int)
      case dayOfYear(Int)
    }
    var kind: Kind
    var seconds: Int

    /// Days since 1970 in a year.
    func day(in year: Int) -> Int {
      let newYear = DateCell.days(year: year, month: 1, day: 1)
      switch kind {
      case .julian(let day):
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return newYear + day - 1 + (isLeap && day >= 60 ? 1 : 0)
      case .dayOfYear(let day): return newYear + day
      case .month(let month, let week, let weekday):
        let first = DateCell.days(year: year, month: month, day: 1)
        let next =
          month == 12
          ? DateCell.days(year: year + 1, month: 1, day: 1)
          : DateCell.days(year: year, month: month + 1, day: 1)
        // 1970-01-01 was a Thursday.
        let firstWeekday = ((first + 4) % 7 + 7) % 7
        var day = first + (weekday - firstWeekday + 7) % 7 + 7 * (week - 1)
        while day >= next { day -= 7 }
        return day
      }
    }
  }

  /// - Returns: `nil` where the text is no rule.
  init?(_ text: some StringProtocol) {
    var scanner = Scanner(bytes: Array(text.utf8))
    guard scanner.name(), let standard = scanner.clock() else { return nil }
    self.standard = -standard
    guard !scanner.isAtEnd else {
      summer = nil
      return
    }
    guard scanner.name() else { return nil }
    var offset = self.standard + 3_600
    if !scanner.isNext(",") {
      guard let stated = scanner.clock() else { return nil }
      offset = -stated
    }
    guard scanner.take(","), let begins = scanner.day(), scanner.take(","),
      let ends = scanner.day(),
      scanner.isAtEnd
    else { return nil }
    summer = (offset, begins, ends)
  }

  /// The changes after a time, up to the last year.
  func transitions(after time: Int?) -> [TimeZoneFile.Transition] {
    guard let summer else { return [] }
    var found: [TimeZoneFile.Transition] = []
    for year in 1970...Self.lastYear {
      let begins = summer.begins.day(in: year) * 86_400 + summer.begins.seconds - standard
      let ends = summer.ends.day(in: year) * 86_400 + summer.ends.seconds - summer.offset
      found.append(.init(at: begins, offset: summer.offset))
      found.append(.init(at: ends, offset: standard))
    }
    return found.filter { $0.at > time ?? .min }.sorted { $0.at < $1.at }
  }

  private struct Scanner {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) {
      self.bytes = bytes
    }

    var isAtEnd: Bool { at == bytes.count }

    func isNext(_ byte: Unicode.Scalar) -> Bool {
      at < bytes.count && bytes[at] == UInt8(ascii: byte)
    }

    mutating func take(_ byte: Unicode.Scalar) -> Bool {
      guard isNext(byte) else { return false }
      at += 1
      return true
    }

    /// `CET` or `<+03>`.
    mutating func name() -> Bool {
      let start = at
      if take("<") {
        while at < bytes.count, bytes[at] != UInt8(ascii: ">") { at += 1 }
        return take(">")
      }
      while at < bytes.count, (0x41...0x5A).contains(bytes[at] & 0xDF) { at += 1 }
      return at - start >= 3
    }

    mutating func number() -> Int? {
      let start = at
      var value = 0
      while at < bytes.count, at - start < 4, (0x30...0x39).contains(bytes[at]) {
        value = value * 10 + Int(bytes[at] - 0x30)
        at += 1
      }
      return at > start ? value : nil
    }

    /// `-1`, `5:30` or `-3:30:00`, in seconds.
    mutating func clock() -> Int? {
      let sign = take("-") ? -1 : 1
      if sign == 1 { _ = take("+") }
      guard let hours = number() else { return nil }
      var seconds = hours * 3_600
      for unit in [60, 1] {
        guard take(":") else { break }
        guard let part = number() else { return nil }
        seconds += part * unit
      }
      return sign * seconds
    }

    /// `M3.5.0`, `J60` or `59`, with `/3` where it is not at 2 o'clock.
    mutating func day() -> Day? {
      let kind: Day.Kind
      if take("M") {
        guard let month = number(), (1...12).contains(month), take("."), let week = number(),
          (1...5).contains(week), take("."), let weekday = number(), weekday < 7
        else { return nil }
        kind = .month(month, week: week, weekday: weekday)
      } else if take("J") {
        guard let day = number() else { return nil }
        kind = .julian(day)
      } else {
        guard let day = number() else { return nil }
        kind = .dayOfYear(day)
      }
      guard take("/") else { return Day(kind: kind, seconds: 7_200) }
      guard let seconds = clock() else { return nil }
      return Day(kind: kind, seconds: seconds)
    }
  }
}
