import Foundation
import Models
import Testing

@testable import ModelFiles

/// What a registry does when something is wrong: a clear error, and everything left as it was.
@Suite struct RegistryFailureTests {
  private static let model = SampleModel.make(rows: 20)

  /// A registry of two versions in `bank`.
  private static func twoVersions() throws -> (TemporaryDirectory, ModelRegistry) {
    let directory = try TemporaryDirectory()
    let registry = ModelRegistry(directory: directory.file("bank"))
    for _ in 0..<2 { _ = try registry.register(model, data: "d", created: 0) }
    return (directory, registry)
  }

  private static func message(_ specification: String) -> String {
    do {
      _ = try ModelRegistry.load(specification)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test func aRegistryThatIsNotThereNamesThoseThatAre() throws {
    let (directory, _) = try Self.twoVersions()
    #expect(
      throws: ModelFileError.noRegistry(
        directory: directory.file("bnak"), others: [directory.file("bank")])
    ) { try ModelRegistry.load(directory.file("bnak")) }
    #expect(
      throws: ModelFileError.noRegistry(
        directory: directory.path, others: [directory.file("bank")])
    ) { try ModelRegistry.load(directory.path) }
    #expect(
      throws: ModelFileError.noRegistry(
        directory: directory.file("bnak"), others: [directory.file("bank")])
    ) { try ModelRegistry.load(directory.file("bnak@v0001")) }
    #expect(Self.message("/nowhere/at/all").contains("kelvin-train fit"))
    #expect(throws: ModelFileError.self) {
      try ModelRegistry(directory: directory.file("bnak")).promote(1)
    }
    // Asking must not make anything.
    #expect(try directory.contents() == ["bank"])
  }

  @Test func aVersionThatIsNotThereNamesThoseThatAre() throws {
    let (directory, registry) = try Self.twoVersions()
    #expect(
      throws: ModelFileError.noVersion(
        registry: registry.directory, version: "v0007", available: ["v0001", "v0002"])
    ) { try ModelRegistry.load(directory.file("bank@v0007")) }
  }

  @Test(arguments: [
    "", "models/bank@", "models/bank@3", "models/bank@latest", "@v0001", "a\0b",
    "models/bank@v0", "models/bank@v-1", "models/bank@v99999999999999999999",
  ])
  func specificationsThatNameNothingAreRefused(_ specification: String) {
    #expect(throws: ModelFileError.badSpecification(specification)) {
      try ModelRegistry.load(specification)
    }
  }

  @Test func aRegistryWithoutChampionAsksForAVersion() throws {
    let directory = try TemporaryDirectory()
    let registry = ModelRegistry(directory: directory.path)
    _ = try registry.register(Self.model, data: "d", created: 0, state: .candidate)
    #expect(
      throws: ModelFileError.noChampion(registry: directory.path, available: ["v0001"])
    ) { try ModelRegistry.load(directory.path) }
    #expect(try ModelRegistry.load(directory.path + "@v0001").entry?.state == .candidate)
  }

  @Test func anotherFileUnderAListedNameIsRefused() throws {
    let (directory, registry) = try Self.twoVersions()
    try directory.write(try encode(SampleModel.make(seed: 99, rows: 20)), to: "bank/v0002.kelvin")
    for specification in ["bank", "bank@v0002", "bank/v0002.kelvin"] {
      let error = #expect(throws: ModelFileError.self) {
        try ModelRegistry.load(directory.file(specification))
      }
      guard case .registryDisagrees(registry.directory + "/v0002.kelvin", _, _) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    #expect(try ModelRegistry.load(directory.file("bank@v0001")).version == "v0001")
  }

  @Test func aDamagedOrMissingModelFileIsNamed() throws {
    let (directory, registry) = try Self.twoVersions()
    let path = registry.directory + "/v0002.kelvin"
    var bytes = try directory.bytes("bank/v0002.kelvin")
    bytes[bytes.count / 2] ^= 1
    try directory.write(bytes, to: "bank/v0002.kelvin")
    #expect(throws: ModelFileError.file(path: path, problem: .damaged)) {
      try ModelRegistry.load(registry.directory)
    }
    try directory.write([], to: "bank/v0002.kelvin")
    #expect(
      throws: ModelFileError.file(path: path, problem: .tooShort(expected: 96, found: 0))
    ) { try ModelRegistry.load(registry.directory) }
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: ModelFileError.modelFileGone(path: path)) {
      try ModelRegistry.load(registry.directory)
    }
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false)
    #expect(Self.message(registry.directory).contains("not a file"))
  }

  @Test func aNamedPipeIsNotWaitedFor() throws {
    let directory = try TemporaryDirectory()
    try #require(mkfifo(directory.file("pipe.kelvin"), 0o600) == 0)
    #expect(Self.message(directory.file("pipe.kelvin")).contains("not a file"))
  }

  @Test func everyCutOfTheListIsAnErrorThatSaysWhatToDo() throws {
    let (directory, registry) = try Self.twoVersions()
    let list = try directory.bytes("bank/registry.json")
    // Up to the closing brace; what is missing after it is only the line's end.
    for length in 0..<(list.count - 1) {
      try directory.write(list[..<length], to: "bank/registry.json")
      let error = #expect(throws: ModelFileError.self) {
        try ModelRegistry.load(registry.directory)
      }
      guard case .registryDamaged = error else {
        Issue.record("\(length): \(String(describing: error))")
        return
      }
    }
    // The model files are whole and can be named, and a fit does not write over the damaged list.
    #expect(Self.message(registry.directory).contains("v0003.kelvin"))
    let loaded = try ModelRegistry.load(registry.directory + "/v0002.kelvin")
    #expect(loaded.warnings.count == 1)
    #expect(loaded.name == "bank@v0002")
    let before = try directory.bytes("bank/registry.json")
    #expect(throws: ModelFileError.self) {
      try registry.register(Self.model, data: "d", created: 0)
    }
    #expect(try directory.bytes("bank/registry.json") == before)
    #expect(
      try directory.contents(of: "bank") == [
        "registry.json", "registry.lock", "v0001.kelvin", "v0002.kelvin",
      ])
  }

  @Test(arguments: [
    ("\"format\" : 1", "\"format\" : 2", "newer"), ("\"format\" : 1", "\"format\" : 0", "format 0"),
    ("\"state\" : \"retired\"", "\"state\" : \"champion\"", "two champions"),
    ("\"state\" : \"retired\"", "\"state\" : \"king\"", "versions[0].state"),
    ("\"version\" : 1", "\"version\" : 2", "ascend"),
    ("\"version\" : 1", "\"version\" : -1", "version -1"),
    ("\"file\" : \"v0001.kelvin\"", "\"file\" : \"../../x.kelvin\"", "another name"),
    ("\"nextVersion\" : 3", "\"nextVersion\" : 9223372036854775807", "next version"),
    ("\"nextVersion\"", "\"next\"", "nextVersion"),
  ])
  func aListThatContradictsItselfIsRefused(_ old: String, _ new: String, _ mentions: String) throws
  {
    let (directory, registry) = try Self.twoVersions()
    let list = String(decoding: try directory.bytes("bank/registry.json"), as: UTF8.self)
    try #require(list.contains(old))
    try directory.write(list.replacing(old, with: new).utf8, to: "bank/registry.json")
    #expect(Self.message(registry.directory).contains(mentions))
  }

  @Test func aDirectoryThatCannotBeWrittenIsNamed() throws {
    let directory = try TemporaryDirectory()
    try directory.write([1], to: "file")
    for path in [directory.file("file"), directory.file("file/models/bank"), "/proc/kelvin/bank"] {
      let error = #expect(throws: ModelFileError.self) {
        try ModelRegistry(directory: path).register(Self.model, data: "d", created: 0)
      }
      guard case .system = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  /// A directory without write permission; root is let in everywhere.
  @Test(.enabled(if: geteuid() != 0)) func permissionDeniedIsSaid() throws {
    let (directory, registry) = try Self.twoVersions()
    chmod(registry.directory, 0o555)
    defer { chmod(directory.file("bank"), 0o755) }
    #expect(throws: ModelFileError.self) {
      try registry.register(Self.model, data: "d", created: 0)
    }
    #expect(try ModelRegistry.load(registry.directory).version == "v0002")
  }

  /// The disk fills up at every possible byte of the model file and of the list.
  @Test func aFullDiskLeavesTheRegistryWhole() throws {
    let (directory, registry) = try Self.twoVersions()
    let list = try directory.bytes("bank/registry.json")
    let size = try directory.bytes("bank/v0002.kelvin").count
    for room in stride(from: 0, through: size + list.count, by: 97) {
      var full = registry
      let used = LockedCount()
      full.files.writeBytes = { descriptor, bytes, count in
        let left = room - used.value
        guard left > 0 else {
          errno = ENOSPC
          return -1
        }
        let written = write(descriptor, bytes, min(count, left, 1_000))
        used.add(max(0, written))
        return written
      }
      let error = #expect(throws: ModelFileError.self) {
        try full.register(Self.model, data: "d", created: 0)
      }
      guard case .system(_, _, ENOSPC, let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.contains("no space"))
      #expect(try directory.bytes("bank/registry.json") == list)
      #expect(
        try directory.contents(of: "bank") == [
          "registry.json", "registry.lock", "v0001.kelvin", "v0002.kelvin",
        ])
    }
    // With room again, the number that nobody got is the next.
    #expect(try registry.register(Self.model, data: "d", created: 0).entry.version == 3)
  }

  /// The same on a real file system of 64 KB, where the test may mount one.
  @Test func aFullFileSystemLeavesTheRegistryWhole() throws {
    let directory = try TemporaryDirectory()
    func run(_ command: String...) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = command
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    guard geteuid() == 0,
      try run("mount", "-t", "tmpfs", "-o", "size=64k", "none", directory.path) == 0
    else { return }
    defer { _ = try? run("umount", directory.path) }
    let registry = ModelRegistry(directory: directory.file("bank"))
    var written = 0
    let error = #expect(throws: ModelFileError.self) {
      while written < 100 {
        _ = try registry.register(Self.model, data: "d", created: 0)
        written += 1
      }
    }
    guard case .system(_, _, ENOSPC, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(written > 0)
    #expect(try registry.entries().map(\.version) == Array(1...written))
    #expect(try ModelRegistry.load(registry.directory).entry?.version == written)
    #expect(try directory.contents(of: "bank").count == written + 2)
  }

  @Test func aFileReplacedWhileItIsReadIsReadWhole() throws {
    let directory = try TemporaryDirectory()
    let first = try encode(SampleModel.make(seed: 1, rows: 20))
    try directory.write(first, to: "m.kelvin")
    let mapped = try MappedFile(directory.file("m.kelvin"))
    try directory.write(try encode(SampleModel.make(seed: 2, rows: 20)), to: "new")
    try #require(rename(directory.file("new"), directory.file("m.kelvin")) == 0)
    let read = mapped.withBytes { bytes in bytes.withUnsafeBytes { Array($0) } }
    #expect(read == first)
    try mapped.verify()
  }

  @Test func aFileChangedInPlaceIsNoticed() throws {
    let directory = try TemporaryDirectory()
    let bytes = try encode(Self.model)
    try directory.write(bytes, to: "m.kelvin")
    let mapped = try MappedFile(directory.file("m.kelvin"))
    let handle = try FileHandle(forWritingTo: URL(filePath: directory.file("m.kelvin")))
    try handle.seekToEnd()
    try handle.write(contentsOf: [0])
    try handle.close()
    var error: ModelFileError?
    do { try mapped.verify() } catch let caught as ModelFileError { error = caught }
    #expect(error == .changedWhileRead)
  }
}

/// A number that a `@Sendable` closure may count in; used by one thread at a time.
private final class LockedCount: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  var value: Int { lock.withLock { count } }
  func add(_ more: Int) { lock.withLock { count += more } }
}
