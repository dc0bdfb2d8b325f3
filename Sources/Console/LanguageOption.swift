import ArgumentParser
import Explanations

extension ReasonLanguage: ExpressibleByArgument {}

/// The flag that says what a report and its reasons are written in.
public struct LanguageOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Language of report and reasons: en or es.", valueName: "language"))
  public var language: ReasonLanguage = .english

  public init() {}
}
