/// What can go wrong with a model file or a registry of them.
public enum ModelFileError: Error, Equatable, CustomStringConvertible {
  /// The first bytes are not those of a model file.
  case notAModelFile
  /// The first bytes are those of a model file after a program has changed its line ends.
  case changedAsText
  /// Shorter than the smallest model file, or than its own header says.
  case tooShort(expected: Int, found: Int)
  /// The checksum at the end does not fit what stands before it.
  case damaged
  case newerFormat(found: String, newest: String)
  /// The frame of the file (header, list of sections, padding) breaks the format.
  case malformed(String)
  case unknownCriticalSection(name: String)
  case sectionMissing(name: String)
  /// The values contradict each other or can't be those of a fitted model.
  case inconsistent(String)
  case changedWhileRead
  /// The data lacks a column that leads are told apart by.
  case columnMissing(name: String)

  /// One of the above, and the file that it was found in.
  indirect case file(path: String, problem: ModelFileError)

  case badSpecification(String)
  /// A version where a directory was expected: versions are numbered when they are written.
  case versionToWrite(directory: String)
  case noRegistry(directory: String, others: [String])
  case noVersion(registry: String, version: String, available: [String])
  /// A version of another registry than the one that is asked.
  case otherRegistry(asked: String, registry: String, available: [String])
  case noChampion(registry: String, available: [String])
  case modelFileGone(path: String)
  case registryDamaged(path: String, reason: String)
  case newerRegistry(path: String, found: Int, newest: Int)
  case registryDisagrees(path: String, expected: String, found: String)
  /// A call of the operating system failed.
  case system(action: String, path: String, code: Int32, reason: String)

  public var description: String {
    switch self {
    case .notAModelFile:
      "this is not a Kelvin model file: its first eight bytes are not those of one"
    case .changedAsText:
      "the file was changed on the way, as if it were text (line ends were converted): "
        + "copy it again in binary mode"
    case .tooShort(let expected, let found):
      "the file was cut: it has \(found) bytes, at least \(expected) are needed; copy it again or "
        + "fit anew"
    case .damaged:
      "the file was cut, changed or damaged: its checksum does not fit its content; copy it again "
        + "or fit anew"
    case .newerFormat(let found, let newest):
      "the file is in format \(found), and this program knows formats up to \(newest): use a newer "
        + "Kelvin, or fit anew with this one"
    case .malformed(let what):
      "the file does not follow the model format: \(what); fit anew"
    case .unknownCriticalSection(let name):
      "the model needs “\(name)”, which this program does not know: use a newer Kelvin"
    case .sectionMissing(let name):
      "the file does not follow the model format: it has no section “\(name)”; fit anew"
    case .inconsistent(let what):
      "the model contradicts itself: \(what)"
    case .changedWhileRead:
      "the file was changed while it was read: try again when the copy has ended"
    case .columnMissing(let name):
      "the data has no column “\(name)”, which leads are known by: add it, or fit a model without it"
    case .file(let path, let problem):
      "\(path): \(problem)"
    case .badSpecification(let text):
      "“\(text)” names no model: write the registry's directory (models/bank), a version of it "
        + "(models/bank@v0003) or a model file (models/bank/v0003.kelvin)"
    case .versionToWrite(let directory):
      "a fit writes the next version by itself: name the directory alone, --model \(directory)"
    case .noRegistry(let directory, let others):
      "\(directory) holds no models"
        + (others.isEmpty
          ? ": fit one first with kelvin-train fit --model \(directory)"
          : "; there is \(others.joined(separator: ", "))")
    case .noVersion(let registry, let version, let available):
      "\(registry) has no version \(version)"
        + (available.isEmpty ? ": it is empty" : "; it has \(available.joined(separator: ", "))")
    case .otherRegistry(let asked, let registry, let available):
      "\(asked) is no version of \(registry)"
        + (available.isEmpty ? ", which is empty" : "; it has \(available.joined(separator: ", "))")
    case .noChampion(let registry, let available):
      "\(registry) has no champion: name a version, such as \(registry)@"
        + (available.last ?? "v0001")
        + (available.isEmpty ? "" : " (it has \(available.joined(separator: ", ")))")
    case .modelFileGone(let path):
      "\(path) is listed in its registry but gone: put it back, name another version, or fit anew"
    case .registryDamaged(let path, let reason):
      "\(path) is damaged (\(reason)): put back a copy of it, or move it away; model files can be "
        + "named one by one (models/bank/v0003.kelvin), and the next fit starts a new list"
    case .newerRegistry(let path, let found, let newest):
      "\(path) is in format \(found), and this program knows formats up to \(newest): use a newer "
        + "Kelvin"
    case .registryDisagrees(let path, let expected, let found):
      "\(path) is not the file that its registry lists (SHA-256 \(found.prefix(12))… instead of "
        + "\(expected.prefix(12))…): put the right file back, or fit anew"
    case .system(let action, let path, _, let reason):
      "can't \(action) \(path): \(reason)"
    }
  }
}
