import ArgumentParser
import ModelFiles
import Rules

/// The flag that names a model.
public struct ModelOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Folder of a model's versions (its champion is taken), folder@v0003, or a .kelvin file.",
      valueName: "model"))
  public var model: String

  public init() {}

  public func load() throws -> LoadedModel {
    try Self.load(model)
  }

  /// Opens a model named as `--model` names it.
  public static func load(_ name: String) throws -> LoadedModel {
    try ModelRegistry.load(name)
  }
}

/// The flags that say what the rules are.
public struct RuleOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Rule file.", valueName: "file"))
  public var rules: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A column of points from your CRM, instead of a rule file.", valueName: "column"))
  public var ruleScore: String?

  public init() {}

  public func validate() throws {
    if rules != nil, ruleScore != nil {
      throw ValidationError("--rules and --rule-score exclude each other: give one")
    }
    for (flag, value) in [("--rules", rules), ("--rule-score", ruleScore)]
    where value?.isEmpty == true {
      throw ValidationError("\(flag) is empty")
    }
  }

  /// `nil` where neither is given.
  public var source: RuleScoreSource? {
    rules.map { .file(path: $0) } ?? ruleScore.map { .column(name: $0) }
  }
}
