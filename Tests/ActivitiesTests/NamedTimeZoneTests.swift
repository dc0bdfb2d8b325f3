import Foundation
import Testing

@testable import Activities

@Suite struct NamedTimeZoneTests {
  @Test(arguments: [
    "Europe/Madrid", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
    "America/Bogota", "Africa/Casablanca", "Europe/Dublin", "America/Santiago",
  ])
  func offsetsAreThoseOfFoundation(name: String) throws {
    let zone = try NamedTimeZone(name)
    let other = try #require(TimeZone(identifier: name))
    var random = SeededGenerator(state: 7)
    for _ in 0..<2_000 {
      // 1971 to 2100: the rules behind the file's last change are reached.
      let time = Double(Int.random(in: 31_536_000..<4_102_444_800, using: &random))
      let offset = other.secondsFromGMT(for: Date(timeIntervalSince1970: time))
      #expect(zone.offset(at: time) == Double(offset), "\(name) at \(time)")
    }
  }

  @Test func unknownNamesGetTheNearest() {
    #expect(
      throws: ActivityError.unknownTimeZone(name: "Europe/Madird", nearest: ["Europe/Madrid"])
    ) {
      try NamedTimeZone("Europe/Madird")
    }
    #expect(throws: ActivityError.unknownTimeZone(name: "Madrid", nearest: ["Europe/Madrid"])) {
      try NamedTimeZone("Madrid")
    }
    #expect(throws: ActivityError.unknownTimeZone(name: "../../etc/passwd", nearest: [])) {
      try NamedTimeZone("../../etc/passwd")
    }
  }

  @Test func withoutADatabaseTheRemedyIsNamed() {
    #expect(
      throws: ActivityError.timeZonesUnreadable(
        folder: "/nonexistent", reason: "it holds no time zone")
    ) { try TimeZoneDatabase(folder: "/nonexistent").file(of: "Europe/Madrid") }
  }

  @Test func whatIsNoTimeZoneFileIsRefused() {
    #expect(TimeZoneFile([]) == nil)
    #expect(TimeZoneFile(Array("TZif2".utf8)) == nil)
    #expect(TimeZoneFile(Array("TZif2".utf8) + [UInt8](repeating: 0xFF, count: 100)) == nil)
  }

  /// 02:30 comes twice in Madrid on 27 October 2024 and never on 31 March; 01:30 comes twice in New York
  /// on 3 November 2024.
  @Test(arguments: [
    ("Europe/Madrid", 1_729_996_200.0, 1_729_989_000.0),
    ("Europe/Madrid", 1_711_852_200.0, 1_711_848_600.0),
    ("Europe/Madrid", 1_720_000_000.0, 1_719_992_800.0),
    ("America/New_York", 1_730_597_400.0, 1_730_611_800.0),
    ("Asia/Tokyo", 1_720_000_000.0, 1_719_967_600.0),
    ("UTC", 5.5, 5.5),
  ])
  func clocksTellMoments(name: String, clock: Double, moment: Double) throws {
    let zone = try NamedTimeZone(name)
    #expect(zone.moment(ofClock: clock) == moment)
    #expect(zone.moments(ofClocks: [0, clock, clock])[1...] == [moment, moment])
  }

  @Test(arguments: ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"])
  func manyClocksTellTheMomentsOfEach(name: String) throws {
    let zone = try NamedTimeZone(name)
    let clocks = stride(from: -1e9, to: 2.2e9, by: 1_234_567).map { $0 } + [.nan]
    let moments = zone.moments(ofClocks: clocks)
    for (clock, moment) in zip(clocks, moments) where !clock.isNaN {
      #expect(moment == zone.moment(ofClock: clock))
      #expect(
        moment + zone.offset(at: moment) == clock
          || zone.offset(at: moment - 7_200) != zone.offset(at: moment))
    }
    #expect(moments[moments.count - 1].isNaN)
  }
}
