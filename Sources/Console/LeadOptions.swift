import ArgumentParser
import Projects
import Tables
import YAMLDocuments

/// The flags that say where leads are and what their columns mean.
public struct LeadOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Project file; kelvin.yaml in the working folder is taken where no flag says where the leads are.",
      valueName: "file"))
  public var project: String?

  @OptionGroup public var origin: OriginOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Outcome column and its won values: y=yes, or deal_stage=Won,Renewed.",
      valueName: "column=won"
    ))
  public var target: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Outcome values that mean lost; anything else is open. Repeats, takes commas.",
      valueName: "values"))
  public var lost: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Id columns: carried to the output, never learned from. Repeats, takes commas.",
      valueName: "columns"))
  public var id: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns to leave out, such as those filled in after the outcome. Repeats, takes commas.",
      valueName: "columns"))
  public var exclude: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns to learn from even if the audit calls them leaks. Repeats, takes commas.",
      valueName: "columns"))
  public var keepColumn: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Cells that mean “not filled in”, beside empty ones. Repeats, takes commas.",
      valueName: "tokens"))
  public var missing: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Account column: folds never split an account.", valueName: "column"))
  public var account: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Date of creation: validation in time order.", valueName: "column"))
  public var created: String?

  @Option(
    name: .long, help: ArgumentHelp("Column of frequency weights.", valueName: "column"))
  public var weight: String?

  @Option(
    name: .long, help: ArgumentHelp("Rule file to compare with.", valueName: "file"))
  public var rules: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A column of points from your CRM, to compare with instead of a rule file.",
      valueName: "column"))
  public var ruleScore: String?

  @OptionGroup public var reading: ReadingOptions

  public init() {}

  public func validate() throws {
    if rules != nil, ruleScore != nil {
      throw ValidationError("--rules and --rule-score exclude each other: give one")
    }
    for (flag, values) in [
      ("--lost", lost), ("--id", id), ("--exclude", exclude), ("--keep-column", keepColumn),
    ]
    where values.contains(where: { Self.items([$0]).isEmpty }) {
      throw ValidationError("\(flag) is empty")
    }
    let excluded = Self.items(exclude)
    if let column = Self.items(keepColumn).first(where: excluded.contains) {
      throw ValidationError("“\(column)” is under both --exclude and --keep-column: give one")
    }
    let single = [
      ("--project", project), ("--account", account), ("--created", created),
      ("--weight", weight), ("--rules", rules), ("--rule-score", ruleScore),
    ]
    for (flag, value) in single where value?.isEmpty == true {
      throw ValidationError("\(flag) is empty")
    }
  }

  /// The project file, where there is one, with the flags in place of what it says.
  /// - Throws: what is wrong with the file or with a flag.
  public func resolvedProject(adding change: (inout ProjectOverrides) throws -> Void = { _ in })
    throws
    -> Project
  {
    var overrides = try overrides()
    try change(&overrides)
    return try base().applying(overrides)
  }

  /// The flags by which another command finds the same project and leads: `--project july.yaml`.
  public var projectFlags: String {
    "--project \((project ?? "kelvin.yaml").shellWord)"
      + origin.flags.map { " \($0) \($1.shellWord)" }.joined()
  }

  private func base() throws -> Project {
    if let project {
      return try Project.read(path: project)
    }
    guard origin.source == nil, isReadable("kelvin.yaml") else { return Project() }
    return try Project.read(path: "kelvin.yaml")
  }

  private func overrides() throws -> ProjectOverrides {
    let lostValues = Self.items(lost)
    return ProjectOverrides(
      leads: origin.source?.place, separator: try reading.separatorByte,
      encoding: try reading.textEncoding, hasHeader: reading.noHeader ? false : nil,
      skipsBadRows: reading.skipBadRows ? true : nil,
      id: id.isEmpty ? nil : Self.items(id), account: account, created: created,
      missing: missing.isEmpty ? [] : [""] + Self.items(missing), exclude: Self.items(exclude),
      keep: Self.items(keepColumn), weight: weight,
      outcome: try target.map { try ProjectOutcome.parse(target: $0, lost: lostValues) },
      lost: lostValues.isEmpty ? nil : lostValues, rulesPath: rules, ruleScore: ruleScore)
  }

  /// Repeated options and comma lists as one list.
  public static func items(_ values: [String]) -> [String] {
    values.flatMap { value in
      value.split(separator: ",").map { item in
        String(item.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
      }
    }.filter { !$0.isEmpty }
  }
}
