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
    guard let report else { return }
    // Nothing that leads, models or projects are kept in ends so: none is written over by mistake.
    let isPage = [".html", ".htm"].contains { report.lowercased().hasSuffix($0) }
    guard isPage else {
      throw ValidationError(
        "--report \(report) does not end in .html; the report is a page of HTML")
    }
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
