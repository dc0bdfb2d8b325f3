import YAMLDocuments

extension Project {
  /// Reads a project file; paths in it start from its folder.
  /// - Throws: `YAMLError` and `ProjectError`, naming file, line and key.
  public static func read(path: String) throws -> Project {
    try parse(YAMLDocument.text(ofFile: path), fileName: path)
  }

  /// What models are kept under: the project's name, or the leads file's without its endings.
  public var modelName: String {
    if let name { return name }
    let file = leads?.path.written.split(separator: "/").last.map(String.init) ?? "leads"
    return file.split(separator: ".").first.map(String.init) ?? "leads"
  }
}
