import FoundationEssentials
import Models

/// The contents of `registry.json`.
struct RegistryDocument: Codable, Equatable {
  static let newestFormat = 1

  var format = newestFormat
  /// The version that the next model gets; kept, so that the number of a deleted one stays gone.
  var nextVersion = 1
  /// By ascending version.
  var versions: [RegistryEntry] = []

  private struct Format: Decodable {
    let format: Int
  }

  /// - Parameter path: where the bytes come from, for errors.
  init(_ bytes: Data, path: String) throws {
    guard !bytes.isEmpty else {
      throw ModelFileError.registryDamaged(path: path, reason: "it is empty")
    }
    do {
      // The format first: the rest of a newer one may not decode.
      let format = try ModelContainer.headerDecoder.decode(Format.self, from: bytes).format
      guard format <= Self.newestFormat else {
        throw ModelFileError.newerRegistry(path: path, found: format, newest: Self.newestFormat)
      }
      self = try ModelContainer.headerDecoder.decode(Self.self, from: bytes)
    } catch let error as DecodingError {
      throw ModelFileError.registryDamaged(
        path: path, reason: "it is cut, or not the expected JSON\(error.place)")
    }
    if let reason = problem {
      throw ModelFileError.registryDamaged(path: path, reason: reason)
    }
  }

  init() {}

  var bytes: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      return try encoder.encode(self) + [UInt8(ascii: "\n")]
    }
  }

  var champion: RegistryEntry? { versions.first { $0.state == .champion } }
  var names: [String] { versions.map(\.versionName) }

  subscript(version: Int) -> RegistryEntry? { versions.first { $0.version == version } }

  /// Makes a version the champion and retires the one before.
  /// - Returns: the version that was retired, if any.
  mutating func promote(_ version: Int) -> Int? {
    let before = versions.first { $0.state == .champion && $0.version != version }
    versions = versions.map { entry in
      if entry.version == version { return entry.with(.champion) }
      return entry.state == .champion ? entry.with(.retired) : entry
    }
    return before?.version
  }

  private var problem: String? {
    if format < 1 { return "it has format \(format)" }
    if nextVersion < 1 || nextVersion == .max { return "its next version is \(nextVersion)" }
    if !zip(versions, versions.dropFirst()).allSatisfy({ $0.version < $1.version }) {
      return "its versions do not ascend"
    }
    if versions.count(where: { $0.state == .champion }) > 1 { return "it has two champions" }
    for entry in versions {
      if entry.version < 1 || entry.version == .max { return "it has a version \(entry.version)" }
      // The name is made from the version when a file is opened, so a list can't lead elsewhere.
      if entry.file != RegistryEntry.fileName(ofVersion: entry.version) {
        return "\(entry.versionName) has a file of another name"
      }
    }
    return nil
  }
}
