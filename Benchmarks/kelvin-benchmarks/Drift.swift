import ArgumentParser
import Calibration
import Glibc
import Validation

/// What the test for a drift of the base rate does to made-up histories: how often it takes them for one, and
/// what its shift costs or buys on the leads after them.
struct Drift: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The drift of the base rate on made-up histories: how often found, what it buys.")

  @Option(help: "Histories of each kind.") var draws = 100
  @Option(help: "Leads of a history; the third as many after it judge.") var leads = 20_000
  @Option(help: "The log-odds in the middle of the leads.") var base = -2.2
  @Option(help: "Another seed, other histories.") var seed: UInt64 = 1

  /// The level of the log-odds at `time`: 0 to 1 is the history, two years of it; leads to 4/3 come after.
  private struct Kind: Sendable {
    let name: String
    let level: @Sendable (_ time: Double, _ walk: [Double], _ weeks: [Double]) -> Double
  }

  private static let kinds = [
    Kind(name: "steady") { _, _, _ in 0 },
    Kind(name: "steady, odd weeks (0.3)") { time, _, weeks in 0.3 * weeks[Int(time * 104)] },
    Kind(name: "season of a quarter (0.3)") { time, _, _ in 0.3 * sin(16 * .pi * time) },
    Kind(name: "season of a year (0.3)") { time, _, _ in 0.3 * sin(4 * .pi * time) },
    Kind(name: "bump of 0.8, over") { time, _, _ in time > 0.7 && time < 0.78 ? 0.8 : 0 },
    Kind(name: "bump of 0.8, just over") { time, _, _ in time > 0.95 && time < 1 ? 0.8 : 0 },
    Kind(name: "step of 0.8 at 40%") { time, _, _ in time < 0.4 ? 0 : 0.8 },
    Kind(name: "step of 0.8 at 80%") { time, _, _ in time < 0.8 ? 0 : 0.8 },
    Kind(name: "step of 0.8 at 90%") { time, _, _ in time < 0.9 ? 0 : 0.8 },
    Kind(name: "the same, odd weeks") { time, _, weeks in
      0.3 * weeks[Int(time * 104)] + (time < 0.9 ? 0 : 0.8)
    },
    Kind(name: "step of 0.8 at 95%") { time, _, _ in time < 0.95 ? 0 : 0.8 },
    Kind(name: "trend of 0.8") { time, _, _ in 0.8 * time },
    Kind(name: "walk, 0.5 over the history") { time, walk, _ in 0.5 * walk[Int(time * 450)] },
    Kind(name: "walk, 1 over the history") { time, walk, _ in walk[Int(time * 450)] },
  ]

  func run() throws {
    print(
      "| \(leads) leads, base \(base), \(draws) draws | found | log loss × 10⁴ | best possible |")
    print("|---|---|---|---|")
    for (place, kind) in Self.kinds.enumerated() {
      var (found, change, best) = (0, 0.0, 0.0)
      for draw in 0..<draws {
        let outcome = try self.outcome(
          of: kind, seed: seed << 32 + UInt64(place) << 20 + UInt64(draw))
        if outcome.isFound { found += 1 }
        change += outcome.change
        best += outcome.best
      }
      func mean(_ sum: Double) -> Int { Int((sum / Double(draws) * 10_000).rounded()) }
      print("| \(kind.name) | \(100 * found / draws)% | \(mean(change)) | \(mean(best)) |")
    }
  }

  /// One history: leads of normal log-odds, judged in forward folds by models that know the mean level of the
  /// leads before, with the error that as many leads leave.
  private func outcome(
    of kind: Kind, seed: UInt64
  ) throws -> (isFound: Bool, change: Double, best: Double) {
    var numbers = Numbers(seed: seed)
    let weeks = (0...140).map { _ in numbers.normal() }
    var walk = [0.0]
    for _ in 0...600 { walk.append(walk[walk.count - 1] + numbers.normal() / 450.0.squareRoot()) }
    func level(_ time: Double) -> Double { kind.level(time, walk, weeks) }
    let times = (0..<leads).map { Double($0) / Double(leads) }
    let folds = try Folds.forward(times: times, count: 5)
    var (scores, labels, information): ([Double], [UInt8], [Double]) = ([], [], [])
    for time in times {
      let score = base + 1.1 * numbers.normal()
      let chance = 1 / (1 + exp(-score - level(time)))
      scores.append(score)
      labels.append(numbers.uniform() < chance ? 1 : 0)
      information.append(chance * (1 - chance))
    }
    func model(_ rows: [Int]) -> Double {
      let total = rows.reduce(0) { $0 + information[$1] }
      return rows.reduce(0) { $0 + information[$1] * level(times[$1]) } / total
        + numbers.normal() / total.squareRoot()
    }
    let models = (0..<5).map { model(folds.trainingRows($0)) }
    let final = model(Array(0..<leads))
    let rows = folds.validatedRows
    let evidence = CalibrationEvidence(
      folds: folds, rawPredictions: rows.map { scores[$0] + models[Int(folds.assignment[$0])] },
      labels: rows.map { labels[$0] }, times: times)
    let drift = try BaseRateDrift().shift(evidence, logOdds: evidence.rawPredictions)
    // The mean loss, given the true chances, of leads that come after the history.
    let later = (0..<leads / 3).map { lead in
      (base + 1.1 * numbers.normal(), level(1 + Double(lead) / Double(leads)))
    }
    func loss(_ shift: Double) -> Double {
      later.reduce(0) { sum, lead in
        let (own, truth) = (lead.0 + final + shift, 1 / (1 + exp(-lead.0 - lead.1)))
        return sum + max(own, 0) + log1p(exp(-abs(own))) - truth * own
      } / Double(later.count)
    }
    let without = loss(0)
    let best = stride(from: -1.5, through: 1.5, by: 0.1).reduce(without) { min($0, loss($1)) }
    return (drift != nil, loss(drift?.shift.value ?? 0) - without, best - without)
  }

  private struct Numbers {
    private let hash: CounterHash
    private var place: UInt64 = 0

    init(seed: UInt64) { hash = CounterHash(seed: seed) }

    mutating func uniform() -> Double {
      place += 1
      return (Double(hash(place) >> 11) + 0.5) / 9_007_199_254_740_992
    }

    mutating func normal() -> Double {
      (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform())
    }
  }
}
