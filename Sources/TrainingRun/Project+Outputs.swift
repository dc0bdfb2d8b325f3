import ModelFiles
import Projects
import Sources

extension Project {
  /// - Throws: `TrainingError.sameFile` where a result would take the place of a file of the project's, or
  ///   of a model's.
  func checkOutput(_ path: String, flag: String) throws {
    for own in ownFiles where AtomicFile.isSameFile(path, own.resolved) {
      throw TrainingError.sameFile(flag: flag, path: path, other: own.written)
    }
    guard !ModelRegistry.owns(path) else {
      throw TrainingError.sameFile(flag: flag, path: path, other: "a file of a model's")
    }
  }
}
