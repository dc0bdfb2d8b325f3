import ArgumentParser
import Explanations

extension ReasonLanguage: ExpressibleByArgument {}

/// The flag that says what reasons are written in.
public struct LanguageOption: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("Language of the reasons: en or es.", valueName: "language"))
  public var language: ReasonLanguage = .english

  public init() {}
}
