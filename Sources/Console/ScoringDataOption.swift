import ArgumentParser
import Projects

/// The flag that names the leads that a model will score.
public struct ScoringDataOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Leads that will be scored, as CSV or Excel: the audit says how they differ from history. By "
        + "default the open ones of the leads.", valueName: "file"))
  public var scoringData: String?

  public init() {}

  public func validate() throws {
    if scoringData?.isEmpty == true { throw ValidationError("--scoring-data is empty") }
  }

  public var source: TableSource? { scoringData.map { TableSource(file: ProjectPath($0)) } }
}
