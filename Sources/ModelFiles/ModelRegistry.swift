import FoundationEssentials
import Glibc
import Models

/// A directory of versions of one model, with a list of them.
///
/// `v0001.kelvin`, `v0002.kelvin`, … and `registry.json`, which says of each what it was fitted to, how
/// well it did, and which of them is the champion. Writers take turns by a lock; readers need none,
/// since files are replaced by rename.
public struct ModelRegistry: Sendable {
  /// As given.
  public let directory: String
  var files: RegistryDirectory

  /// - Parameter directory: such as `models/bank`; need not be there yet.
  public init(directory: String) {
    self.directory = directory
    files = RegistryDirectory(directory)
  }

  /// A model that has got its version.
  public struct RegisteredModel: Sendable, Equatable {
    /// `bank@v0007`.
    public let name: String
    public let path: String
    public let entry: RegistryEntry
    /// The version that was champion before, `v0006`, if this one took its place.
    public let retired: String?
  }

  /// Makes the directory and checks that a version could be written to it, before the work of fitting
  /// one.
  /// - Throws: `ModelFileError`.
  public func prepare() throws {
    try Self.checkPath(directory)
    if !isThere, let at = directory.lastIndex(of: "@"),
      RegistryEntry.version(named: directory[directory.index(after: at)...]) != nil
    {
      throw ModelFileError.versionToWrite(directory: String(directory[..<at]))
    }
    try files.create()
    try files.locked { _ = try document() }
    guard access(directory, W_OK) == 0 else { throw ModelFileError.system("write", directory) }
  }

  /// Writes a model as the next version.
  ///
  /// - Parameters:
  ///   - data: what it was fitted to, in words, without personal data.
  ///   - created: seconds since 1970-01-01 00:00:00 UTC.
  ///   - state: as champion it retires the one before.
  /// - Throws: `ModelFileError`, and then the registry is as it was.
  public func register(
    _ model: LeadModel, data: String, created: Int64, state: RegistryEntry.State = .champion
  ) throws -> RegisteredModel {
    try Self.checkPath(directory)
    let bytes = try encode(model)
    let digest = ModelContainer.hexadecimal(ModelContainer.digest(of: bytes))
    try files.create()
    return try files.locked {
      var document = try document() ?? RegistryDocument()
      let version = try nextVersion(document)
      let entry = RegistryEntry(
        version: version, state: state, sha256: digest, bytes: bytes.count,
        created: Timestamp.text(created), data: data, algorithm: model.training.algorithm,
        rows: model.training.rows, conversions: model.training.conversions,
        outOfFold: ValidationFigures(model.outOfFold),
        heldOut: model.heldOut.map(ValidationFigures.init))
      document.versions.append(entry)
      document.nextVersion = version + 1
      let retired = state == .champion ? document.promote(version) : nil
      try files.replace(entry.file, with: bytes)
      do {
        // The model is on the disk before a list names it.
        try files.sync()
        try files.replace(RegistryDirectory.documentName, with: try document.bytes)
      } catch {
        unlink(files.file(entry.file))
        throw error
      }
      try files.sync()
      return RegisteredModel(
        name: name + "@" + entry.versionName, path: files.file(entry.file), entry: entry,
        retired: retired.map(RegistryEntry.name(ofVersion:)))
    }
  }

  /// Makes a version the champion and retires the one before.
  /// - Throws: `ModelFileError.noVersion`, with those that there are.
  public func promote(_ version: Int) throws {
    try Self.checkPath(directory)
    guard isThere else { throw noRegistry() }
    try files.locked {
      guard var document = try document() else { throw noRegistry() }
      guard document[version] != nil else {
        throw ModelFileError.noVersion(
          registry: directory, version: RegistryEntry.name(ofVersion: version),
          available: document.names)
      }
      _ = document.promote(version)
      try files.replace(RegistryDirectory.documentName, with: try document.bytes)
      try files.sync()
    }
  }

  /// All versions that the list names, ascending; none where there is no list yet.
  public func entries() throws -> [RegistryEntry] {
    try Self.checkPath(directory)
    return try document()?.versions ?? []
  }

  /// What outputs call the models: the last component of the directory as written.
  public var name: String { Self.name(ofDirectory: directory) }

  /// The list, or `nil` where there is none.
  func document() throws -> RegistryDocument? {
    let path = files.file(RegistryDirectory.documentName)
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch ModelFileError.system(_, _, ENOENT, _) {
      return nil
    }
    let bytes = file.withBytes { $0.withUnsafeBytes { Data($0) } }
    return try RegistryDocument(bytes, path: path)
  }

  /// Above all that were ever listed and all that lie there, listed or not.
  private func nextVersion(_ document: RegistryDocument) throws -> Int {
    let lying = try files.names().compactMap { name in
      name.hasSuffix(".kelvin") ? RegistryEntry.version(named: name.dropLast(7)) : nil
    }
    let last = max(document.versions.last?.version ?? 0, lying.max() ?? 0)
    guard last < .max - 1 else {
      throw ModelFileError.registryDamaged(
        path: directory, reason: "there is no number after version \(last)")
    }
    return max(document.nextVersion, last + 1)
  }

  var isThere: Bool {
    var status = stat()
    return stat(directory, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Says which registries lie beside the one that was asked for, or in it.
  func noRegistry() -> ModelFileError {
    func registries(in parent: String) -> [String] {
      let parent = RegistryDirectory(parent)
      return ((try? parent.names()) ?? []).filter {
        access(parent.file($0) + "/" + RegistryDirectory.documentName, F_OK) == 0
      }.map { parent.path == "." ? $0 : parent.file($0) }
    }
    let within = isThere ? registries(in: directory) : []
    let others = within.isEmpty ? registries(in: Self.parent(ofDirectory: directory)) : within
    return .noRegistry(directory: directory, others: others)
  }

  /// A path that the operating system can be asked about.
  static func checkPath(_ path: String) throws {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw ModelFileError.badSpecification(path)
    }
  }

  static func parent(ofDirectory path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    let joined = parts.joined(separator: "/")
    if path.hasPrefix("/") { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  static func name(ofDirectory path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    guard last.isEmpty || last == "." || last == ".." else { return last }
    // Such a path says where, not what: the directory's own name does.
    guard let resolved = realpath(path, nil) else { return "model" }
    defer { free(resolved) }
    return String(cString: resolved).split(separator: "/").last.map(String.init) ?? "model"
  }
}
