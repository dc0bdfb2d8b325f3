import Models

/// One version in a registry: everything about a model that its file does not say itself.
public struct RegistryEntry: Codable, Sendable, Equatable {
  public enum State: String, Codable, Sendable, CaseIterable {
    /// Fitted, and not in use yet.
    case candidate
    /// What `--model DIRECTORY` loads; at most one in a registry.
    case champion
    /// Was champion; kept to go back to.
    case retired
  }

  /// From 1; never used twice.
  public let version: Int
  public let state: State
  /// The model file's name, in the registry's directory.
  public let file: String
  /// Of the whole file, in hexadecimal, as `sha256sum` prints it.
  public let sha256: String
  public let bytes: Int
  /// When it was fitted, in UTC: `2026-03-01T09:30:00Z`.
  public let created: String
  /// What it was fitted to, in words.
  public let data: String
  public let algorithm: String
  public let rows: Int
  public let conversions: Int
  public let outOfFold: ValidationFigures
  public let heldOut: ValidationFigures?

  /// `v0007`.
  public var versionName: String { Self.name(ofVersion: version) }

  public init(
    version: Int, state: State, sha256: String, bytes: Int, created: String, data: String,
    algorithm: String, rows: Int, conversions: Int, outOfFold: ValidationFigures,
    heldOut: ValidationFigures?
  ) {
    self.version = version
    self.state = state
    file = Self.fileName(ofVersion: version)
    self.sha256 = sha256
    self.bytes = bytes
    self.created = created
    self.data = data
    self.algorithm = algorithm
    self.rows = rows
    self.conversions = conversions
    self.outOfFold = outOfFold
    self.heldOut = heldOut
  }

  /// The same version in another state.
  func with(_ state: State) -> RegistryEntry {
    RegistryEntry(
      version: version, state: state, sha256: sha256, bytes: bytes, created: created, data: data,
      algorithm: algorithm, rows: rows, conversions: conversions, outOfFold: outOfFold,
      heldOut: heldOut)
  }

  /// At least four digits, so that names sort as versions do.
  static func name(ofVersion version: Int) -> String {
    let digits = String(version)
    return "v" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  static func fileName(ofVersion version: Int) -> String {
    name(ofVersion: version) + ".kelvin"
  }

  /// The version that a name such as `v0007` or `v7` means.
  static func version(named name: some StringProtocol) -> Int? {
    guard name.first == "v" else { return nil }
    let digits = name.dropFirst()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let version = Int(digits), version > 0
    else { return nil }
    return version
  }
}
