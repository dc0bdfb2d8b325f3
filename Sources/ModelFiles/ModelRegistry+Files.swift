import Glibc

extension ModelRegistry {
  /// Whether a file would stand where a registry keeps its own: a model, or the list of them. Scores and
  /// tables that are written there would be the end of the models.
  ///
  /// - Parameter path: need not be there; a link is followed to what it points to.
  public static func owns(_ path: String) -> Bool {
    var target = path
    if let resolved = realpath(path, nil) {
      target = String(cString: resolved)
      free(resolved)
    }
    let name = target.split(separator: "/").last ?? ""
    return name.hasSuffix(".kelvin")
      || [RegistryDirectory.documentName, RegistryDirectory.lockName].contains(String(name))
  }
}
