import ArgumentParser
import Console
import TrainingRun

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks the leads without fitting: types, roles, what is left out and why.")

  @OptionGroup(title: "Leads") var leads: LeadOptions
  @OptionGroup var scoring: ScoringDataOption
  @OptionGroup(title: "Run") var options: RunOptions
  @OptionGroup var language: LanguageOption

  func run() throws {
    let line = options.progressLine(in: language.language)
    try reportingFailures {
      defer { line.finish() }
      let project = try leads.resolvedProject()
      let report = try TrainingRun(
        project: project, options: TrainingOptions(project.training),
        scored: scoring.source, now: secondsSince1970, pool: options.pool, progress: line.sink
      ).audit()
      line.finish()
      try options.show(report, in: language.language)
    }
  }
}
