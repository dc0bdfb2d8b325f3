import ArgumentParser
import Projects
import ScoringRun

/// How many cells may not read as they did at the fit.
public struct UnparsedOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Share of a column's cells that may fail to read before the run fails; 5% by default.",
      valueName: "share"))
  public var maxUnparsed: String?

  public init() {}

  /// - Throws: `ProjectError` for what is no share.
  public func limit() throws -> Double {
    try maxUnparsed.map { try Projects.share(flag: "--max-unparsed", $0) }
      ?? PredictRun.defaultUnparsedLimit
  }
}
