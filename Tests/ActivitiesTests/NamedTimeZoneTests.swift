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
}
