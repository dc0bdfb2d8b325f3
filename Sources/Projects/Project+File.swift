import YAMLDocuments

extension Project {
  /// Reads a project file; paths in it start from its folder.
  /// - Throws: `YAMLError` and `ProjectError`, naming file, line and key.
  public static func read(path: String) throws -> Project {
    var project = try parse(YAMLDocument.text(ofFile: path), fileName: path)
    project.file = ProjectPath(path)
    return project
  }

  /// What models are kept under: the project's name, or that of the leads.
  public var modelName: String {
    name ?? leads?.stem ?? "leads"
  }
}
