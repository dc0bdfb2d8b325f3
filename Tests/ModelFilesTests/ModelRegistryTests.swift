import Foundation
import Models
import Testing

@testable import ModelFiles

@Suite struct ModelRegistryTests {
  private static let now: Int64 = 1_772_357_400
  private static func register(
    _ registry: ModelRegistry, seed: UInt64 = 1, state: RegistryEntry.State = .champion
  ) throws -> ModelRegistry.RegisteredModel {
    try registry.register(
      SampleModel.make(seed: seed, rows: 20), data: "leads.csv, 500 leads", created: now,
      state: state)
  }

  @Test func theFirstModelIsVersionOneAndChampion() throws {
    let directory = try TemporaryDirectory()
    let registry = ModelRegistry(directory: directory.file("models/bank"))
    #expect(try registry.entries() == [])
    let registered = try Self.register(registry)
    #expect(registered.name == "bank@v0001")
    #expect(registered.retired == nil)
    #expect(registered.path == directory.file("models/bank/v0001.kelvin"))
    #expect(
      try directory.contents(of: "models/bank") == [
        "registry.json", "registry.lock", "v0001.kelvin",
      ])
    let loaded = try ModelRegistry.load(directory.file("models/bank"))
    #expect(loaded.model == SampleModel.make(seed: 1, rows: 20))
    #expect(loaded.name == "bank@v0001")
    #expect(loaded.version == "v0001")
    #expect(loaded.warnings.isEmpty)
    let entry = try #require(loaded.entry)
    #expect(entry == registered.entry)
    #expect(entry.state == .champion)
    #expect(entry.created == "2026-03-01T09:30:00Z")
    #expect(entry.data == "leads.csv, 500 leads")
    #expect(entry.outOfFold == ValidationFigures(SampleModel.validation))
    #expect(entry.sha256 == loaded.sha256)
    #expect(entry.bytes == (try directory.bytes("models/bank/v0001.kelvin")).count)
  }

  @Test func aFitRetiresTheChampionBeforeIt() throws {
    let directory = try TemporaryDirectory()
    let registry = ModelRegistry(directory: directory.path)
    for seed in 1...3 { _ = try Self.register(registry, seed: UInt64(seed)) }
    #expect(try registry.entries().map(\.state) == [.retired, .retired, .champion])
    #expect(try Self.register(registry, seed: 4).retired == "v0003")
    #expect(try ModelRegistry.load(directory.path).version == "v0004")
  }

  @Test func aCandidateLeavesTheChampionInPlaceUntilPromoted() throws {
    let directory = try TemporaryDirectory()
    let registry = ModelRegistry(directory: directory.path)
    _ = try Self.register(registry)
    let candidate = try Self.register(registry, seed: 2, state: .candidate)
    #expect(candidate.retired == nil)
    #expect(try ModelRegistry.load(directory.path).version == "v0001")
    try registry.promote(2)
    #expect(try registry.entries().map(\.state) == [.retired, .champion])
    try registry.promote(1)
    #expect(try registry.entries().map(\.state) == [.champion, .retired])
    try registry.promote(1)
    #expect(try registry.entries().map(\.state) == [.champion, .retired])
    #expect(
      throws: ModelFileError.noVersion(
        registry: directory.path, version: "v0009", available: ["v0001", "v0002"])
    ) { try registry.promote(9) }
  }

  @Test func versionsAndFilesCanBeNamed() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("bank")
    let registry = ModelRegistry(directory: path)
    for seed in 1...2 { _ = try Self.register(registry, seed: UInt64(seed)) }
    for specification in [
      "\(path)@v0001", "\(path)/@v0001", "\(path)@v1", "\(path)/v0001.kelvin",
      "\(path)//v0001.kelvin", "\(path)/../bank@v0001",
    ] {
      let loaded = try ModelRegistry.load(specification)
      #expect(loaded.name == "bank@v0001")
      #expect(loaded.entry?.state == .retired)
      #expect(loaded.model == SampleModel.make(seed: 1, rows: 20))
    }
    #expect(try ModelRegistry.load("\(path)/").name == "bank@v0002")
    #expect(try ModelRegistry.load("\(path)/.").name == "bank@v0002")
    #expect(try ModelRegistry.load("\(path)/../bank/").name == "bank@v0002")
  }

  @Test(arguments: ["with space", "naïve@v0003", "a@b", "日本", "-m", "v0001.kelvin", "x.y", "$(rm)"])
  func awkwardNamesOfDirectoriesWork(_ name: String) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file(name)
    _ = try Self.register(ModelRegistry(directory: path))
    #expect(try ModelRegistry.load(path).name == "\(name)@v0001")
    #expect(try ModelRegistry.load("\(path)@v0001").name == "\(name)@v0001")
    #expect(try ModelRegistry.load("\(path)/v0001.kelvin").name == "\(name)@v0001")
  }

  @Test func linksLeadToTheirTargets() throws {
    let directory = try TemporaryDirectory()
    _ = try Self.register(ModelRegistry(directory: directory.file("bank")))
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: directory.file("live"), withDestinationPath: directory.file("bank"))
    try manager.createSymbolicLink(
      atPath: directory.file("model.kelvin"),
      withDestinationPath: directory.file("bank/v0001.kelvin"))
    try manager.createSymbolicLink(
      atPath: directory.file("loop"), withDestinationPath: directory.file("loop"))
    #expect(try ModelRegistry.load(directory.file("live")).name == "live@v0001")
    #expect(try ModelRegistry.load(directory.file("model.kelvin")).name == "model")
    #expect(throws: ModelFileError.self) { try ModelRegistry.load(directory.file("loop")) }
  }

  @Test func aFileAloneLoadsWithoutARegistry() throws {
    let directory = try TemporaryDirectory()
    let model = SampleModel.make(rows: 20)
    try directory.write(try encode(model), to: "mine.kelvin")
    try directory.write(try encode(model), to: "v0012.kelvin")
    let mine = try ModelRegistry.load(directory.file("mine.kelvin"))
    #expect(mine.name == "mine")
    #expect(mine.version == nil)
    #expect(mine.entry == nil)
    let numbered = try ModelRegistry.load(directory.file("v0012.kelvin"))
    #expect(numbered.version == "v0012")
    #expect(numbered.name == ModelRegistry(directory: directory.path).name + "@v0012")
  }

  @Test func numbersAreNeverUsedTwice() throws {
    let directory = try TemporaryDirectory()
    let registry = ModelRegistry(directory: directory.path)
    for seed in 1...3 { _ = try Self.register(registry, seed: UInt64(seed)) }
    let manager = FileManager.default
    // Files gone, list kept.
    try manager.removeItem(atPath: directory.file("v0003.kelvin"))
    #expect(try Self.register(registry).name.hasSuffix("@v0004"))
    // List gone, files kept.
    try manager.removeItem(atPath: directory.file("registry.json"))
    #expect(try Self.register(registry).name.hasSuffix("@v0005"))
    // A file that no list names.
    try directory.write([1], to: "v0041.kelvin")
    #expect(try Self.register(registry).name.hasSuffix("@v0042"))
    // The newest version gone from directory and list, as a careful hand would do it.
    let list = try String(contentsOfFile: directory.file("registry.json"), encoding: .utf8)
    let emptied = try #require(
      JSONSerialization.jsonObject(with: Data(list.utf8)) as? [String: Any]
    )
    .merging(["versions": [Any]()]) { $1 }
    try directory.write(try JSONSerialization.data(withJSONObject: emptied), to: "registry.json")
    for name in try directory.contents() where name.hasSuffix(".kelvin") {
      try manager.removeItem(atPath: directory.file(name))
    }
    #expect(try Self.register(registry).name.hasSuffix("@v0043"))
  }

  @Test func versionsBeyondFourDigitsSortAndLoad() throws {
    let directory = try TemporaryDirectory()
    try directory.write([1], to: "v9999.kelvin")
    let registry = ModelRegistry(directory: directory.path)
    #expect(try Self.register(registry).entry.versionName == "v10000")
    #expect(try ModelRegistry.load(directory.path + "@v10000").version == "v10000")
  }

  @Test func leftOversOfAKilledFitAreCleanedUp() throws {
    let directory = try TemporaryDirectory()
    let registry = ModelRegistry(directory: directory.path)
    _ = try Self.register(registry)
    try directory.write([1, 2], to: ".v0002.kelvin.kelvin-tmp")
    try directory.write([1, 2], to: ".registry.json.kelvin-tmp")
    #expect(try ModelRegistry.load(directory.path).version == "v0001")
    #expect(try Self.register(registry).entry.version == 2)
    #expect(
      try directory.contents() == [
        "registry.json", "registry.lock", "v0001.kelvin", "v0002.kelvin",
      ])
  }

  @Test func fitsAtTheSameTimeGetDifferentVersions() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("bank")
    let bytesByVersion = try await withThrowingTaskGroup(of: [(Int, UInt64)].self) { group in
      for worker in 0..<8 {
        group.addTask {
          try (0..<10).map { turn in
            let seed = UInt64(worker * 10 + turn)
            // A registry value each, as separate processes have.
            let registered = try Self.register(ModelRegistry(directory: path), seed: seed)
            // Readers never find the registry between two states.
            let loaded = try ModelRegistry.load(path)
            #expect(loaded.entry?.state == .champion)
            return (registered.entry.version, seed)
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(bytesByVersion.map(\.0).sorted() == Array(1...80))
    let entries = try ModelRegistry(directory: path).entries()
    #expect(entries.map(\.version) == Array(1...80))
    #expect(
      entries.map(\.state) == [RegistryEntry.State](repeating: .retired, count: 79) + [.champion])
    for (version, seed) in bytesByVersion {
      let loaded = try ModelRegistry(directory: path).load(version: version)
      #expect(loaded.model == SampleModel.make(seed: seed, rows: 20))
    }
  }

  @Test func theSameModelGivesTheSameFileWhateverTheClockSays() throws {
    let directory = try TemporaryDirectory()
    let model = SampleModel.make(rows: 20)
    for (name, created) in [("a", Int64(0)), ("b", 1_000_000_000)] {
      _ = try ModelRegistry(directory: directory.file(name)).register(
        model, data: name, created: created)
    }
    #expect(try directory.bytes("a/v0001.kelvin") == directory.bytes("b/v0001.kelvin"))
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
    (951_782_400, "2000-02-29T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (1_735_689_599, "2024-12-31T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
    (Int64.max, "9999-12-31T23:59:59Z"), (Int64.min, "0000-01-01T00:00:00Z"),
  ])
  func momentsAreWrittenInUTC(_ seconds: Int64, _ text: String) {
    #expect(Timestamp.text(seconds) == text)
  }
}
