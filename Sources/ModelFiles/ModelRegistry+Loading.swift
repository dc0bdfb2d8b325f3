import FoundationEssentials
import Glibc
import Models

/// A model as loaded for use.
public struct LoadedModel: Sendable {
  public let model: LeadModel
  /// What outputs call it: `bank@v0007`; for a file outside a registry, the file's name.
  public let name: String
  /// `v0007`; `nil` for a file whose name is no version.
  public let version: String?
  /// Of the file, as loaded.
  public let path: String
  /// SHA-256 of the file in hexadecimal.
  public let sha256: String
  /// What a person should know, each a sentence.
  public let warnings: [String]
  /// Of the file: `1.0`.
  public let formatVersion: String
  /// `nil` for a file outside a registry.
  public let entry: RegistryEntry?
}

extension ModelRegistry {
  /// Loads a model: `models/bank` is the champion, `models/bank@v0003` a version,
  /// `models/bank/v0003.kelvin` a file.
  ///
  /// - Throws: `ModelFileError`; never returns a model that is not the one that was written.
  public static func load(_ specification: String) throws -> LoadedModel {
    try checkPath(specification)
    var status = stat()
    // What is there as written goes first, so that an @ may be part of a directory's name.
    if stat(specification, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR {
        return try ModelRegistry(directory: specification).loadChampion()
      }
      return try loadFile(specification)
    }
    if let at = specification.lastIndex(of: "@") {
      let directory = String(specification[..<at])
      let name = specification[specification.index(after: at)...]
      guard !directory.isEmpty, let version = RegistryEntry.version(named: name) else {
        throw ModelFileError.badSpecification(specification)
      }
      return try ModelRegistry(directory: directory).load(version: version)
    }
    if specification.hasSuffix(".kelvin") {
      throw ModelFileError.system("read", specification, code: ENOENT)
    }
    throw ModelRegistry(directory: specification).noRegistry()
  }

  /// Loads the version in use.
  public func loadChampion() throws -> LoadedModel {
    guard let document = try document() else { throw noRegistry() }
    guard let champion = document.champion else {
      throw ModelFileError.noChampion(registry: directory, available: document.names)
    }
    return try load(champion)
  }

  /// Loads a version by its number.
  public func load(version: Int) throws -> LoadedModel {
    try Self.checkPath(directory)
    guard let document = try document() else { throw noRegistry() }
    guard let entry = document[version] else {
      throw ModelFileError.noVersion(
        registry: directory, version: RegistryEntry.name(ofVersion: version),
        available: document.names)
    }
    return try load(entry)
  }

  /// Loads a version of this registry by what it is called: `v0003`, `bank@v0003` or
  /// `models/bank@v0003`.
  /// - Throws: `ModelFileError.otherRegistry` and `noVersion`, with the versions that there are.
  public func load(named text: String) throws -> LoadedModel {
    let names = try entries().map(\.versionName)
    var version = text[...]
    if let at = text.lastIndex(of: "@") {
      guard [name, directory].contains(String(text[..<at])) else {
        throw ModelFileError.otherRegistry(asked: text, registry: directory, available: names)
      }
      version = text[text.index(after: at)...]
    }
    guard let number = RegistryEntry.version(named: version), !names.isEmpty else {
      throw ModelFileError.noVersion(
        registry: directory, version: String(version), available: names)
    }
    return try load(version: number)
  }

  private func load(_ entry: RegistryEntry) throws -> LoadedModel {
    let path = files.file(RegistryEntry.fileName(ofVersion: entry.version))
    let file: DecodedFile
    do {
      file = try Self.read(path)
    } catch ModelFileError.system(_, _, ENOENT, _) {
      throw ModelFileError.modelFileGone(path: path)
    }
    guard file.digest == entry.sha256 else {
      throw ModelFileError.registryDisagrees(
        path: path, expected: entry.sha256, found: file.digest)
    }
    return LoadedModel(
      model: file.model, name: name + "@" + entry.versionName, version: entry.versionName,
      path: path, sha256: file.digest, warnings: file.warnings, formatVersion: file.formatVersion,
      entry: entry)
  }

  /// A file that was named itself: works without a registry, and tells when one disagrees.
  private static func loadFile(_ path: String) throws -> LoadedModel {
    let file = try read(path)
    var warnings = file.warnings
    let fileName = path.split(separator: "/").last.map(String.init) ?? path
    let stem = fileName.hasSuffix(".kelvin") ? String(fileName.dropLast(7)) : fileName
    guard let version = RegistryEntry.version(named: stem) else {
      return LoadedModel(
        model: file.model, name: stem, version: nil, path: path, sha256: file.digest,
        warnings: warnings, formatVersion: file.formatVersion, entry: nil)
    }
    let registry = ModelRegistry(directory: parent(ofDirectory: path))
    var entry: RegistryEntry?
    do {
      entry = try registry.document()?[version]
    } catch let error as ModelFileError {
      warnings.append("\(error)")
    }
    if let listed = entry, listed.sha256 != file.digest {
      throw ModelFileError.registryDisagrees(
        path: path, expected: listed.sha256, found: file.digest)
    }
    let versionName = RegistryEntry.name(ofVersion: version)
    return LoadedModel(
      model: file.model, name: registry.name + "@" + versionName, version: versionName, path: path,
      sha256: file.digest, warnings: warnings, formatVersion: file.formatVersion, entry: entry)
  }

  private static func read(_ path: String) throws -> DecodedFile {
    let file = try MappedFile(path)
    do {
      let decoded = try file.withBytes(decodeFile)
      try file.verify()
      return decoded
    } catch let error as ModelFileError {
      throw ModelFileError.file(path: path, problem: error)
    }
  }
}
