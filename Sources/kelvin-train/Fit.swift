import ArgumentParser
import Console
import Pages
import Projects
import Rules
import TrainingRun

struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fits a model to closed leads, validates it, and writes the next version.",
    discussion: """
      From a project file (kelvin.yaml), from flags, or both; flags go first.

        kelvin-train fit --data leads.csv --target y=yes --id lead_id \\
          --exclude duration --model models/bank
      """)

  @OptionGroup(title: "Leads") var leads: LeadOptions
  @OptionGroup var scoring: ScoringDataOption
  @OptionGroup(title: "Run") var options: RunOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Folder of the model's versions; models/NAME of the project by default.", valueName: "folder")
  )
  var model: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Of logistic: auto (chosen by the folds), firth, or the L2 penalty; scikit-learn's 1/C.",
      valueName: "penalty"))
  var penalty: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How numbers enter logistic: full (value, logarithm, bins) or linear.", valueName: "forms"))
  var numbers: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Some of logistic, boosting and additive (a glass box). logistic,boosting by default: the model is "
        + "then their blend, or one of them where it is better beyond doubt. With additive beside them, "
        + "fit says where that simpler one does as well.",
      valueName: "names"))
  var algorithms: String?

  @Option(name: .long, help: ArgumentHelp("Validation folds; 5 by default.", valueName: "count"))
  var folds: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Share of the leads kept away from training, to judge the model by: 25%.",
      valueName: "share"))
  var holdOut: String?

  @Option(
    name: .long, help: ArgumentHelp("Writes the held-out leads, as they came.", valueName: "file"))
  var holdOutFile: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Writes the out-of-fold predictions as CSV.", valueName: "file"))
  var outOfFold: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Says what changed since a version of this model: v0006.", valueName: "version"))
  var explainChange: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Seed of folds and hold-out; 1 by default.", valueName: "number"))
  var seed: UInt64?

  @OptionGroup var page: PageOptions

  func run() throws {
    let line = options.progressLine(in: page.language.language)
    try reportingFailures {
      defer { line.finish() }
      let project = try leads.resolvedProject { overrides in
        overrides.algorithms = try algorithms.map { try ProjectTraining.algorithms(flag: $0) }
        overrides.seed = seed
        overrides.holdOut = try holdOut.map { try share(flag: "--hold-out", $0) }
        overrides.folds = folds
        overrides.penalty = try penalty.map { try ProjectTraining.penalty(flag: $0) }
        overrides.numbers = try numbers.map { try ProjectTraining.numbers(flag: $0) }
      }
      try page.check()
      if page.report != nil, project.rules == nil, project.ruleScore == nil {
        throw ValidationError(
          "--report shows the model beside your rules: give --rules, or --rule-score")
      }
      var destinations = TrainingRun.Destinations(
        registry: model ?? "models/\(project.modelName)", outOfFold: outOfFold,
        heldOut: holdOutFile, now: Int64(secondsSince1970), projectFlags: leads.projectFlags)
      destinations.explainedChange = explainChange.map {
        TrainingRun.ExplainedChange(version: $0, language: page.language.language)
      }
      if page.report != nil {
        destinations.ledgerWords = page.language.language == .spanish ? .spanish : .english
      }
      let report = try TrainingRun(
        project: project, options: TrainingOptions(project.training),
        scored: scoring.source, now: secondsSince1970, pool: options.pool, progress: line.sink
      ).fit(destinations)
      line.finish()
      if let comparison = report.comparison {
        try page.write { ComparisonPage(comparison, model: report.model, language: $0).html }
      }
      try options.show(report, in: page.language.language)
    }
  }
}
