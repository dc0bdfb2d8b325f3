import Foundation
import Models
import Projects
import Reports
import Testing

@testable import TrainingRun

/// Fits with few conversions.
@Suite struct SmallDataTests {
  /// What the rules know of the leads.
  enum Points: CaseIterable {
    case right
    case noise
  }

  private static let header = ["visits", "source", "size", "points", "y"]
  private static let sources = ["web", "fair", "partner", "cold"]

  /// Leads with their log-odds of converting.
  private static func rows(
    _ count: Int, seed: UInt64, points: Points = .right
  ) -> [(cells: [String], logOdds: Double, isWon: Bool)] {
    var random = SeededNumbers(seed: seed)
    return (0..<count).map { _ in
      let visits = Int.random(in: 0...9, using: &random)
      let source = Int.random(in: 0..<4, using: &random)
      let size = Int.random(in: 1...99, using: &random)
      let logOdds = -2.2 + 0.3 * Double(visits) - 0.5 * Double(source)
      let noise = Int.random(in: 0...40, using: &random)
      let score = points == .right ? 3 * visits + 5 * (3 - source) : noise
      let won = random.unit() < 1 / (1 + exp(-logOdds))
      return (
        ["\(visits)", sources[source], "\(size)", "\(score)", won ? "yes" : "no"], logOdds, won
      )
    }
  }

  /// A file of so many leads of either outcome.
  private static func file(
    _ folder: TemporaryFolder, won: Int, lost: Int, name: String = "leads.csv"
  ) throws -> String {
    let all = rows(8 * (won + lost), seed: UInt64(won))
    let kept = all.filter(\.isWon).prefix(won) + all.filter { !$0.isWon }.prefix(lost)
    // Won leads must not come first.
    var random = SeededNumbers(seed: 5)
    return try folder.write(header, kept.map(\.cells).shuffled(using: &random), name)
  }

  @Test func nineteenAreRefusedWithWhatIsMissingAndWhatToDo() throws {
    let folder = try TemporaryFolder()
    let path = try Self.file(folder, won: 19, lost: 80)
    let expected = TrainingError.tooFewConversions(won: 19, lost: 80, needed: 20)
    #expect(throws: expected) { try Trial(path, won: ["yes"]).fit(folder.path("model")) }
    for words in ["19 won and 80 lost", "at least 20", "1 more won", "go on by your rules"] {
      #expect("\(expected)".contains(words))
    }
  }

  @Test(arguments: [20, 39]) func aHintIsARegressionUnderAStrongPenalty(won: Int) throws {
    let folder = try TemporaryFolder()
    let (report, model) = try Trial(
      try Self.file(folder, won: won, lost: 100), won: ["yes"], options: TrainingOptions(folds: 3)
    ).fit(folder.path("model"))
    let small = try #require(report.smallData)
    #expect(small.standing == .hint && small.rarer == won && !small.lostAreRarer)
    #expect(model.trees == nil)
    #expect(try #require(report.regression?.penalty).value >= 30)
    #expect(report.text().contains("A hint, no more"))
    let curve = try #require(small.learningCurve)
    #expect(curve.step == 100 && curve.size == Double(won) && curve.gain >= 0)
    #expect(curve.interval.low <= curve.interval.high)
    #expect(curve.points.map(\.size) == curve.points.map(\.size).sorted())
    #expect(report.text().contains("The next 100 conversions would take about"))
    #expect(try report.json().contains("\"learningCurve\""))
  }

  @Test func fromFortyOnTreesTakePart() throws {
    let folder = try TemporaryFolder()
    let trial = try Trial(
      Self.file(folder, won: 40, lost: 100), won: ["yes"], options: TrainingOptions(folds: 3))
    let (report, _) = try trial.fit(folder.path("model"))
    let small = try #require(report.smallData)
    #expect(small.standing == .few && small.rarer == 40)
    #expect(report.contest != nil)
    #expect(report.text().contains("What 40 conversions can say"))
    let example = try #require(small.example)
    #expect(example.interval.low < example.probability)
    #expect(example.probability < example.interval.high)
    #expect(try trial.trees().result.record.shapes?.map(\.name) == ["random trees"])
  }

  @Test func whereLostLeadsAreRarerTheyCount() throws {
    let folder = try TemporaryFolder()
    let (report, _) = try Trial(try Self.file(folder, won: 90, lost: 30), won: ["yes"]).fit(
      folder.path("model"))
    let small = try #require(report.smallData)
    #expect(small.lostAreRarer && small.rarer == 30)
    #expect(report.text().contains("What 30 lost leads can say"))
  }

  @Test func enoughIsFittedAsUsual() throws {
    let folder = try TemporaryFolder()
    let trial = try Trial(
      Self.file(folder, won: SmallData.ample, lost: SmallData.ample), won: ["yes"])
    #expect(try trial.plan().plan.repeats.isEmpty)
    let (report, _) = try trial.fit(folder.path("model"))
    #expect(report.smallData == nil)
    #expect(!report.text().contains("can say"))
  }

  @Test func whatTheProjectSaysOfTreesHolds() {
    let boosted = BoostingDefaults.shapes(leaves: 6, members: 2)
    func shapes(
      _ won: Int, said: ProjectBoosting = ProjectBoosting(), areHeld: Bool = false
    ) -> [TreeShape.Kind]? {
      SmallData(labels: (0..<2 * won).map { $0 < won ? 1 : 0 })?.shapes(
        boosted, said: said, areHeld: areHeld
      ).map(\.kind)
    }
    #expect(shapes(60) == [.random])
    #expect(shapes(SmallData.usual) == [.wide, .shallow, .random])
    #expect(shapes(60, said: ProjectBoosting(rounds: 20)) == [.wide, .shallow])
    #expect(shapes(60, areHeld: true) == [.wide, .shallow])
    #expect(shapes(SmallData.ample) == nil)
  }

  @Test func modelFilesAreEqualByteForByteForAnyNumberOfThreads() throws {
    let folder = try TemporaryFolder()
    let path = try Self.file(folder, won: 45, lost: 90)
    func bytes(threads: Int) throws -> [UInt8] {
      _ = try Trial(
        path, won: ["yes"], options: TrainingOptions(folds: 3), threads: threads
      ) { $0.ruleScore = "points" }.fit(folder.path("with\(threads)"))
      return try folder.bytes("with\(threads)/v0001.kelvin")
    }
    let one = try bytes(threads: 1)
    #expect(one.count > 1_000)
    for threads in [2, 3] { #expect(try bytes(threads: threads) == one, "\(threads) threads") }
  }

  /// How far, in log loss, the regression's probabilities of 2,000 leads to come lie from the truth.
  private func excess(_ folder: TemporaryFolder, points: Points, hasRules: Bool, seed: UInt64)
    throws -> (value: Double, areUsed: Bool)
  {
    let learned = Self.rows(130, seed: seed, points: points)
    let coming = Self.rows(2_000, seed: 1_000 + seed, points: points)
    let rows = learned.map(\.cells) + coming.map { $0.cells.dropLast() + ["open"] }
    let path = try folder.write(Self.header, rows, "\(points)-\(seed).csv")
    let trial = Trial(path, won: ["yes"], lost: ["no"]) {
      $0.ruleScore = hasRules ? "points" : nil
      $0.exclude = hasRules ? [] : ["points"]
    }
    let (leads, plan) = try trial.plan()
    let result = try LogisticSide(
      history: leads.history, columns: leads.selection.used, options: trial.options,
      rules: RuleSide(project: trial.project, history: leads.history, read: leads.read),
      pool: trial.pool
    ).run(plan: plan) { _ in }
    let open = leads.history.outcomes.indices.filter { leads.history.outcomes[$0] < 0 }
    let raw = try result.rawPredictions(leads.history.table, rows: open, pool: trial.pool)
    var sum = 0.0
    for (raw, lead) in zip(raw, coming) {
      let truth = probability(fromRawPrediction: lead.logOdds)
      let said = probability(fromRawPrediction: raw)
      sum += truth * log(truth / said) + (1 - truth) * log((1 - truth) / (1 - said))
    }
    return (sum / Double(coming.count), result.small?.rules?.areUsed ?? false)
  }

  @Test func rulesThatAreRightHelpAndNoiseDoesNotHurt() throws {
    let folder = try TemporaryFolder()
    var sums: [Points: (with: Double, without: Double, used: Int)] = [:]
    for points in Points.allCases {
      for seed in 1...6 as ClosedRange<UInt64> {
        let with = try excess(folder, points: points, hasRules: true, seed: seed)
        let without = try excess(folder, points: points, hasRules: false, seed: seed)
        var sum = sums[points] ?? (0, 0, 0)
        sum.with += with.value / 6
        sum.without += without.value / 6
        sum.used += with.areUsed ? 1 : 0
        sums[points] = sum
      }
    }
    let right = try #require(sums[.right])
    let noise = try #require(sums[.noise])
    #expect(right.used >= 5)
    #expect(right.with < 0.8 * right.without)
    // A tenth of what there is to lose by knowing nothing.
    #expect(noise.with < noise.without + 0.01)
  }
}
