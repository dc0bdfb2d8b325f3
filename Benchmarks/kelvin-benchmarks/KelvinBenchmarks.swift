import ArgumentParser
import Glibc

/// Single steps of a fit, timed inside one process, for `Benchmarks/run.py`.
@main
struct KelvinBenchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kelvin-benchmarks", abstract: "Times single steps; prints a line of JSON.",
    subcommands: [
      Read.self, Logistic.self, Trees.self, Score.self, Reasons.self, Scale.self,
      ActivityTable.self, ActivityFile.self, RuleScoring.self, Drift.self,
    ])
}

/// Seconds of the monotonic clock.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The middle one, or the mean of the middle two.
func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// Prints figures as one line of JSON, and the most memory that the process held so far.
func show(_ figures: KeyValuePairs<String, Double>) {
  var usage = rusage()
  getrusage(RUSAGE_SELF.rawValue, &usage)
  var fields = figures.map { name, value in
    "\"\(name)\": "
      + (!value.isFinite
        ? "null"
        : value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)")
  }
  fields.append("\"peak_mb\": \(Double(usage.ru_maxrss) / 1024)")
  print("{\(fields.joined(separator: ", "))}")
}
