import Glibc
import YAMLDocuments

/// The system's folder of time zones.
struct TimeZoneDatabase {
  let folder: String

  init() {
    let named = getenv("TZDIR").map { String(cString: $0) } ?? ""
    folder = named.isEmpty ? "/usr/share/zoneinfo" : named
  }

  init(folder: String) {
    self.folder = folder
  }

  /// - Throws: `ActivityError.unknownTimeZone`, `.timeZonesUnreadable`.
  func file(of name: String) throws -> TimeZoneFile {
    let isName =
      !name.isEmpty
      && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
              || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
          }
      }
    if isName, let bytes = contents("\(folder)/\(name)"), let file = TimeZoneFile(bytes) {
      return file
    }
    let names = self.names()
    guard !names.isEmpty else {
      throw ActivityError.timeZonesUnreadable(folder: folder, reason: "it holds no time zone")
    }
    throw ActivityError.unknownTimeZone(name: name, nearest: Self.nearest(to: name, among: names))
  }

  /// At most three names: the one spelled most alike, and those whose city or region is.
  static func nearest(to name: String, among names: [String]) -> [String] {
    var found: [String] = []
    if let whole = nearestName(to: name, among: names) { found.append(whole) }
    let city = name.split { $0 == "/" || $0 == " " }.last.map(String.init) ?? name
    let cities = names.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    if let nearestCity = nearestName(to: city, among: cities) {
      for (name, city) in zip(names, cities) where city == nearestCity && !found.contains(name) {
        found.append(name)
      }
    }
    return Array(found.prefix(3))
  }

  /// The zones' names in order: those of the list that comes with them (`zone1970.tab`, `zone.tab`).
  private func names() -> [String] {
    for list in ["zone.tab", "zone1970.tab"] {
      guard let bytes = contents("\(folder)/\(list)") else { continue }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      let names = lines.filter { !$0.hasPrefix("#") }.compactMap { line in
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        return fields.count >= 3 ? String(fields[2]) : nil
      }
      return (names + ["UTC"]).sorted(by: bytesPrecede)
    }
    return []
  }

  private func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // Bounds: at most as many bytes as the buffer has.
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }
}
