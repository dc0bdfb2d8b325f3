/// A time zone by its name in the IANA database, for calendar days.
///
/// The changes of its offset are read once from the system's database (`/usr/share/zoneinfo`, or the
/// folder that `TZDIR` names; TZif, RFC 8536) and kept in sorted arrays up to the year 2400.
public struct NamedTimeZone: Sendable, Equatable {
  public let name: String
  /// When a new offset begins, ascending; the first is the beginning of time.
  private let starts: [Double]
  /// Seconds ahead of UTC from each start.
  private let offsets: [Double]

  /// Days as UTC has them.
  public static let utc = NamedTimeZone(name: "UTC", starts: [-.infinity], offsets: [0])

  private init(name: String, starts: [Double], offsets: [Double]) {
    self.name = name
    self.starts = starts
    self.offsets = offsets
  }

  /// - Parameter name: `Europe/Madrid`, `UTC`, …
  /// - Throws: `ActivityError.unknownTimeZone` with the nearest names, `.timeZonesUnreadable`.
  public init(_ name: String) throws {
    if name == "UTC" {
      self = .utc
      return
    }
    let database = TimeZoneDatabase()
    let file = try database.file(of: name)
    self.name = name
    starts = [-.infinity] + file.transitions.map { Double($0.at) }
    offsets = [Double(file.firstOffset)] + file.transitions.map { Double($0.offset) }
  }

  /// Seconds ahead of UTC at a time.
  public func offset(at time: Double) -> Double {
    offsets[interval(of: time)]
  }

  /// The calendar day of a finite time, as days since 1970-01-01.
  public func day(at time: Double) -> Int {
    Int(((time + offset(at: time)) / 86_400).rounded(.down))
  }

  /// The moment at which clocks of the zone showed a time: seconds since 1970 as if it were UTC's. Of two
  /// such moments, when clocks are set back, it is the first; a time that clocks skip is read as if they
  /// had not been changed yet.
  public func moment(ofClock local: Double) -> Double {
    guard local.isFinite else { return local }
    // No offset is longer than a day, and no zone changes its twice within two.
    let day = 86_400.0
    let (before, after) = (offset(at: local - day), offset(at: local + day))
    let isBefore = offset(at: local - before) == before
    return isBefore || offset(at: local - after) != after ? local - before : local - after
  }

  /// As `moment(ofClock:)`, of many times; missing ones stay NaN.
  public func moments(ofClocks times: [Double]) -> [Double] {
    guard starts.count > 1 else { return times.map { $0 - offsets[0] } }
    // Between two changes, two days off either, no clock can tell another offset.
    let margin = 2 * 86_400.0
    var (low, high, offset) = (Double.infinity, -Double.infinity, 0.0)
    return times.map { time in
      if time >= low && time < high { return time - offset }
      guard time.isFinite else { return time }
      let interval = interval(of: time)
      low = starts[interval] + margin
      high = (interval + 1 < starts.count ? starts[interval + 1] : .infinity) - margin
      offset = offsets[interval]
      return moment(ofClock: time)
    }
  }

  private func interval(of time: Double) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= time { low = middle } else { high = middle }
    }
    return low
  }

  /// Days of times that mostly stay in one interval: it is looked for only when a time leaves it.
  struct DayCounter {
    private let zone: NamedTimeZone
    private var start = Double.infinity
    private var end = -Double.infinity
    private var offset = 0.0

    init(_ zone: NamedTimeZone) {
      self.zone = zone
    }

    @inline(__always)
    mutating func day(at time: Double) -> Int32 {
      if time < start || time >= end { move(to: time) }
      let seconds = time + offset
      // A product is quicker than a quotient, and at most one day off.
      var day = Int(seconds * (1 / 86_400))
      if Double(day) * 86_400 > seconds { day -= 1 }
      if Double(day + 1) * 86_400 <= seconds { day += 1 }
      return Int32(truncatingIfNeeded: day)
    }

    @inline(never)
    private mutating func move(to time: Double) {
      let interval = zone.interval(of: time)
      start = zone.starts[interval]
      end = interval + 1 < zone.starts.count ? zone.starts[interval + 1] : .infinity
      offset = zone.offsets[interval]
    }
  }
}
