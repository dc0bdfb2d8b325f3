import Foundation
import Models
import Tables
import Testing

@testable import ModelFiles

/// Files of past format versions stay readable, by us and by others.
///
/// `format-1.7-accounts.kelvin` was written by the test `writeFixture` below, `format-1.6-contributions` and its
/// predictions and those of `format-1.5-rules`, `format-1.4-additive`, `format-1.3-blend`, `format-1.1-trees` and
/// `format-1.0` by its forerunners. A new minor or major version brings a new set of files; the old ones
/// stay as they are.
@Suite struct FrozenFormatTests {
  private static let fixtures = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "Fixtures")
  private static func path(_ name: String) -> String { fixtures.appending(path: name).path }
  private static let isWriting = ProcessInfo.processInfo.environment["KELVIN_WRITE_FIXTURES"] != nil

  private static let model = SampleModel.make(
    schema: SampleModel.plainSchema, hasMeans: false)

  private static let trees = SampleTrees.make(schema: SampleModel.plainSchema)

  private static let blend = SampleBlend.make(schema: SampleModel.plainSchema)

  private static let additive = SampleAdditive.make(schema: SampleModel.plainSchema)

  private static let withRules = SampleModel.make(
    schema: SampleModel.plainSchema, combination: SampleModel.combination)

  @Test func aModelWithRulesOfFormat1Dot5StillLoads() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.5-rules.kelvin"))
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.model == Self.withRules)
  }

  @Test func aReaderInAnotherLanguagePutsModelAndRulesTogether() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.5-rules.kelvin"))
    let combination = try #require(loaded.model.combination)
    let scores = try LeadScorer(loaded.model).score(try Self.leads())
    // Within what the fit saw, and on either side of it.
    for points in [-20.0, 37.5, 400] {
      let together = combination.probabilities(
        model: scores.probabilities, ruleScores: scores.probabilities.map { _ in points })
      let theirs = try Self.printedByPython("format-1.5-rules.kelvin", "\(points)").map {
        try #require($0.split(separator: " ").last.flatMap { Double($0) })
      }
      #expect(theirs.count == 10)
      // From the probability back to the log-odds and on to another one.
      for (own, other) in zip(together, theirs) { #expect(abs(own - other) <= 1e-12) }
    }
  }

  private static let withAccounts = SampleModel.make(
    schema: SampleModel.plainSchema, accounts: SampleModel.accounts)

  /// With what its columns do to the leads at large.
  private static let told = SampleTrees.make(schema: SampleModel.plainSchema).telling(
    SampleModel.contributions)

  @Test(.enabled(if: isWriting)) func writeFixture() throws {
    try Data(try encode(Self.withAccounts)).write(
      to: URL(filePath: Self.path("format-1.7-accounts.kelvin")))
  }

  @Test(.disabled(if: isWriting)) func aModelWithAccountsOfFormat1Dot7StillLoads() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.7-accounts.kelvin"))
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.model == Self.withAccounts)
  }

  /// Some of the ten leads as those of one account.
  @Test(.disabled(if: isWriting)) func aReaderInAnotherLanguageGivesTheSameProbabilityOfAnAccount()
    throws
  {
    let loaded = try ModelRegistry.load(Self.path("format-1.7-accounts.kelvin"))
    let accounts = try #require(loaded.model.accounts)
    let scores = try LeadScorer(loaded.model).score(try Self.leads())
    let printed = try Self.printedByPython(
      "format-1.7-accounts.kelvin", "--account", "1,2,7,8,9,10")
    let theirs = try #require(printed.last.flatMap(Double.init))
    #expect(printed.count == 11)
    let leads = [0, 1, 6, 7, 8, 9].map { scores.probabilities[$0] }
    #expect(abs(accounts.probabilityOfAny(leads) - theirs) < 1e-8)
    // Neither what the highest alone nor what leads by themselves would give.
    let alone = 1 - leads.reduce(1) { $0 * (1 - $1) }
    #expect(theirs > (leads.max() ?? 1) + 0.05 && theirs < alone - 0.02)
  }

  @Test func aModelOfFormat1Dot6StillLoads() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.6-contributions.kelvin"))
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.model == Self.told)
    // What columns do at large is told, and takes no part in scoring.
    let scores = try LeadScorer(loaded.model).score(try Self.leads())
    let frozen = try Self.numbers(
      String(contentsOfFile: Self.path("format-1.6-contributions.predictions"), encoding: .utf8))
    let theirs = try Self.predictionsInPython("format-1.6-contributions.kelvin")
    #expect(scores.rawPredictions == frozen.map(\.raw))
    #expect(scores.rawPredictions == theirs.map(\.raw))
    #expect(Set(scores.probabilities).count == 10)
  }

  @Test func anAdditiveModelOfFormat1Dot4StillLoads() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.4-additive.kelvin"))
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.model == Self.additive)
  }

  /// Values are added in the order of the tables, so every bit is the same.
  @Test func anAdditiveModelStillScoresTheSameToTheBit() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.4-additive.kelvin"))
    let scores = try LeadScorer(loaded.model).score(try Self.leads())
    let frozen = try Self.numbers(
      String(contentsOfFile: Self.path("format-1.4-additive.predictions"), encoding: .utf8))
    let theirs = try Self.predictionsInPython("format-1.4-additive.kelvin")
    #expect(scores.rawPredictions == frozen.map(\.raw))
    #expect(scores.probabilities == frozen.map(\.probability))
    #expect(scores.rawPredictions == theirs.map(\.raw))
    #expect(Set(scores.probabilities).count == 10)
  }

  @Test func aBlendOfFormat1Dot3StillLoads() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.3-blend.kelvin"))
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.model == Self.blend)
  }

  @Test func aBlendOfFormat1Dot3StillScoresTheSame() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.3-blend.kelvin"))
    let scores = try LeadScorer(loaded.model).score(try Self.leads())
    let frozen = try Self.numbers(
      String(contentsOfFile: Self.path("format-1.3-blend.predictions"), encoding: .utf8))
    let theirs = try Self.predictionsInPython("format-1.3-blend.kelvin")
    try #require(frozen.count == 10 && theirs.count == 10)
    // The regression's terms may come in another order.
    for row in frozen.indices {
      for expected in [frozen[row], theirs[row]] {
        #expect(abs(scores.rawPredictions[row] - expected.raw) <= 1e-12)
        #expect(abs(scores.probabilities[row] - expected.probability) <= 1e-12)
      }
    }
    #expect(Set(scores.probabilities).count == 10)
    #expect(scores.unseenLevels.map(\.column) == ["job", "región"])
    #expect(scores.unseenLevels.map(\.cells) == [2, 2])
  }

  @Test func treesOfFormat1Dot1StillLoad() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.1-trees.kelvin"))
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.model == Self.trees)
  }

  /// Values are added in tree order, so every bit is the same.
  @Test func treesOfFormat1Dot1StillScoreTheSameToTheBit() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.1-trees.kelvin"))
    let scores = try LeadScorer(loaded.model).score(try Self.leads())
    let frozen = try Self.numbers(
      String(contentsOfFile: Self.path("format-1.1-trees.predictions"), encoding: .utf8))
    #expect(scores.rawPredictions == frozen.map(\.raw))
    #expect(scores.probabilities == frozen.map(\.probability))
    #expect(scores.unseenLevels.map(\.column) == ["job", "región"])
    #expect(scores.unseenLevels.map(\.cells) == [2, 2])
  }

  @Test func aReaderInAnotherLanguageGivesTheSamePredictionsOfTrees() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.1-trees.kelvin"))
    let scores = try LeadScorer(loaded.model).score(try Self.leads())
    let theirs = try Self.predictionsInPython("format-1.1-trees.kelvin")
    #expect(scores.rawPredictions == theirs.map(\.raw))
    // Exponentials differ in the last place.
    for (own, other) in zip(scores.probabilities, theirs.map(\.probability)) {
      #expect(abs(own - other) <= 1e-12)
    }
    #expect(Set(scores.probabilities).count == 10)
  }

  @Test func aFileOfFormat1Dot0StillLoads() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.0.kelvin"))
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.name == "format-1.0")
    #expect(loaded.entry == nil)
    #expect(loaded.model == Self.model)
  }

  @Test func aFileOfFormat1Dot0StillScoresTheSame() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.0.kelvin"))
    let scores = try LeadScorer(loaded.model).score(try Self.leads())
    let frozen = try Self.numbers(
      String(contentsOfFile: Self.path("format-1.0.predictions"), encoding: .utf8))
    try #require(frozen.count == 10)
    // Some units in the last place of sums of about 20 terms near 1, should their order change.
    for (row, expected) in frozen.enumerated() {
      #expect(abs(scores.rawPredictions[row] - expected.raw) <= 1e-12)
      #expect(abs(scores.probabilities[row] - expected.probability) <= 1e-12)
    }
    #expect(scores.unseenLevels.map(\.column) == ["job", "región"])
    #expect(scores.unseenLevels.map(\.cells) == [2, 2])
  }

  /// The reader in `Fixtures/read_model.py` was written from `Docs/ModelFormat.md`.
  @Test func aReaderInAnotherLanguageGivesTheSamePredictions() throws {
    let loaded = try ModelRegistry.load(Self.path("format-1.0.kelvin"))
    let scores = try LeadScorer(loaded.model).score(try Self.leads())
    let theirs = try Self.predictionsInPython("format-1.0.kelvin")
    try #require(theirs.count == 10)
    for (row, expected) in theirs.enumerated() {
      #expect(abs(scores.rawPredictions[row] - expected.raw) <= 1e-12)
      #expect(abs(scores.probabilities[row] - expected.probability) <= 1e-12)
    }
    #expect(Set(scores.probabilities).count == 10)
  }

  private static func predictionsInPython(
    _ model: String
  ) throws -> [(raw: Double, probability: Double)] {
    try numbers(printedByPython(model).map { $0 + "\n" }.joined())
  }

  private static func printedByPython(_ model: String, _ more: String...) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      [
        "python3", path("read_model.py"), path(model), path("format-1.0.csv"),
      ] + more
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static func numbers(_ text: String) throws -> [(raw: Double, probability: Double)] {
    try text.split(separator: "\n").map { line in
      let parts = line.split(separator: " ")
      return (try #require(Double(parts[0])), try #require(Double(parts[1])))
    }
  }

  /// The ten leads of the CSV, read in the plainest way.
  private static func leads() throws -> Table {
    let text = try String(contentsOfFile: path("format-1.0.csv"), encoding: .utf8)
    let records = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(records.first)
    let columns = try header.enumerated().map { index, name in
      let cells = records.dropFirst().map { $0[index] }
      let type = try #require(SampleModel.plainSchema[name]).type
      return Column(name: name, values: try values(cells, type))
    }
    return Table(columns: columns, rowCount: records.count - 1)
  }

  private static func values(_ cells: [String], _ type: ColumnType) throws -> ColumnValues {
    switch type {
    case .number:
      return .number(try cells.map { $0.isEmpty ? .nan : try #require(Double($0)) })
    case .date:
      return .date(try cells.map { $0.isEmpty ? .nan : try seconds($0) })
    case .flag:
      return .flag(cells.map { $0 == "yes" ? 1 : $0 == "no" ? 0 : -1 })
    case .category, .text:
      // By bytes, as the table reader does it: two spellings of a letter are two levels there.
      var codes: [[UInt8]: Int32] = [:]
      var levels: [String] = []
      let rows = cells.map { cell -> Int32 in
        guard !cell.isEmpty else { return -1 }
        if let code = codes[Array(cell.utf8)] { return code }
        codes[Array(cell.utf8)] = Int32(levels.count)
        levels.append(cell)
        return Int32(levels.count - 1)
      }
      return .category(CategoryValues(codes: rows, levels: levels))
    }
  }

  /// Seconds since 1970 of `2024-03-07 17:45:30` or `2024-03-07`.
  private static func seconds(_ text: String) throws -> Double {
    let parts = try text.split { "- :".contains($0) }.map { try #require(Int($0)) }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    let time = parts.count == 6 ? Array(parts[3...]) : [0, 0, 0]
    let date = try #require(
      calendar.date(
        from: DateComponents(
          year: parts[0], month: parts[1], day: parts[2], hour: time[0], minute: time[1],
          second: time[2])))
    return date.timeIntervalSince1970
  }
}
