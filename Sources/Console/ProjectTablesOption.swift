import ArgumentParser
import ModelFiles
import Projects

/// The flag that says which project's tables leads are put together from.
public struct ProjectTablesOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Project file with the tables, of a model that was fitted to several; kelvin.yaml in the working "
        + "folder is taken where no flag says where the leads are.", valueName: "file"))
  public var project: String?

  public init() {}

  /// The project, where the leads are to be put together from its tables; `nil` for a file given as
  /// `--data` alone, which holds them as they are scored.
  public func resolved(for loaded: LoadedModel, leads: OriginOptions) throws -> Project? {
    let path =
      project
      ?? (leads.source == nil && loaded.model.recipe != nil && isReadable("kelvin.yaml")
        ? "kelvin.yaml" : nil)
    guard let path else {
      if leads.source == nil, loaded.model.recipe != nil {
        throw ValidationError(
          "the model was learned from a project's tables, and there is no kelvin.yaml here: name the "
            + "project with --project FILE")
      }
      return nil
    }
    var overrides = ProjectOverrides()
    overrides.leads = leads.source?.place
    return try Project.read(path: path).applying(overrides)
  }
}
