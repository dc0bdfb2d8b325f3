import FoundationEssentials
import Glibc

extension YAMLDocument {
  /// The text of a file, UTF-8 with or without a byte-order mark.
  /// - Throws: `YAMLError.notFound`, `.unreadable`, `.notUTF8`.
  public static func text(ofFile path: String) throws -> String {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      if access(path, F_OK) != 0 { throw YAMLError.notFound(file: path) }
      throw YAMLError.unreadable(file: path)
    }
    let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data[...]
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw YAMLError.notUTF8(file: path)
    }
    return text
  }
}
