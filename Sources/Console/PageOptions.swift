import ArgumentParser
import Explanations
import Sources

/// The flags of a report that is written as a page of HTML.
public struct PageOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Writes the report as a page of HTML, complete in one file.", valueName: "file"))
  public var report: String?

  @OptionGroup public var language: LanguageOption

  public init() {}

  public func validate() throws {
    if report?.isEmpty == true { throw ValidationError("--report is empty") }
  }

  /// Finds out before the work whether the page could be written.
  public func check() throws {
    if let report { try AtomicFile.checkWritable(report) }
  }

  /// Writes the page where one was asked for; complete, or not at all.
  public func write(_ page: (ReasonLanguage) throws -> String) throws {
    guard let report else { return }
    let file = try AtomicFile(path: report)
    try file.write(Array(try page(language.language).utf8))
    try file.commit()
  }
}
