import ArgumentParser
import Console
import PointLearning
import Projects
import TrainingRun

struct Points: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Learns the points of a rule file from history: a diff with the evidence at each line.",
    discussion: """
      Whole points for the rules that there are and for a few new ones. A line changes only where history
      tells it from yours beyond chance; the rest of the file stays as it is written.

        kelvin-train points --rules rules.yaml --write rules.new.yaml
      Without --rules, a first file: what your customers have in common.
        kelvin-train points --data leads.csv --target y=yes --write rules.yaml
      """)

  @OptionGroup(title: "Leads") var leads: LeadOptions
  @OptionGroup(title: "Run") var options: RunOptions
  @OptionGroup var language: LanguageOption

  @Option(
    name: .long, help: ArgumentHelp("Where to write the new rule file.", valueName: "file"))
  var write: String?

  @Flag(name: .long, help: "Replace a file that is already there, the rules themselves included.")
  var force = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "New rules at most; 5 by default, 10 without --rules, 0 for none.", valueName: "count"))
  var suggest: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Share of the leads kept away from learning, to judge the points by; without it, they are judged by "
        + "the folds.", valueName: "share"))
  var holdOut: String?

  @Option(name: .long, help: ArgumentHelp("Validation folds; 5 by default.", valueName: "count"))
  var folds: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("Seed of folds and hold-out; 1 by default.", valueName: "number"))
  var seed: UInt64?

  func validate() throws {
    if write?.isEmpty == true { throw ValidationError("--write is empty") }
    if force, write == nil { throw ValidationError("--force goes with --write") }
    if let suggest, !(0...50).contains(suggest) {
      throw ValidationError("--suggest is \(suggest); expected a whole number from 0 to 50")
    }
  }

  func run() throws {
    let line = options.progressLine(in: language.language)
    try reportingFailures {
      defer { line.finish() }
      let project = try leads.resolvedProject { overrides in
        overrides.seed = seed
        overrides.holdOut = try holdOut.map { try share(flag: "--hold-out", $0) }
        overrides.folds = folds
      }
      if project.ruleScore != nil {
        throw ValidationError(
          "points are learned for a rule file: give --rules rather than a column of points, or neither"
        )
      }
      if project.rules == nil, suggest == 0 {
        throw ValidationError("--suggest 0 and no --rules leave nothing to learn")
      }
      if let write, isReadable(write), !force {
        throw ValidationError(
          "\(write) is already there; --force replaces it, --write writes elsewhere")
      }
      var points = PointOptions()
      points.mostSuggested = suggest ?? (project.rules == nil ? 10 : points.mostSuggested)
      let report = try PointsRun(
        project: project, options: TrainingOptions(project.training), points: points,
        words: language.language == .spanish ? .spanish : .english, now: secondsSince1970,
        pool: options.pool, progress: line.sink
      ).run(output: write.map { PointsRun.Output(path: $0, replaces: force) })
      line.finish()
      try options.show(report, in: language.language)
    }
  }
}
