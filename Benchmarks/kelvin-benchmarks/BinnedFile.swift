import ArgumentParser
import Features
import FoundationEssentials
import Glibc

/// Leads as bins, in the folder that `generate_bins.py` writes.
struct BinnedFile {
  /// What `meta.json` says.
  private struct Contents: Decodable {
    let rows: Int
    let testRows: Int
    let names: [String]
    let binCounts: [Int]
  }

  enum Part: String {
    case train
    case test
  }

  let folder: String
  private let contents: Contents

  init(folder: String) throws {
    self.folder = folder
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    contents = try decoder.decode(
      Contents.self, from: Data(contentsOf: URL(filePath: "\(folder)/meta.json")))
  }

  var features: [BinnedFeature] {
    zip(contents.names, contents.binCounts).map { name, count in
      BinnedFeature(name: name, sources: [name], kind: .ordered, binCount: count)
    }
  }

  /// The first rows of a part, read where they are to lie.
  func columns(_ part: Part, rows: Int? = nil) throws -> BinnedColumns {
    let stored = part == .train ? contents.rows : contents.testRows
    let count = min(rows ?? stored, stored)
    let file = try ArrayFile("\(folder)/\(part.rawValue)-bins.npy")
    return try BinnedColumns(features: features, rowCount: count) { bytes, stride in
      for feature in contents.names.indices {
        try file.read(
          into: UnsafeMutableRawBufferPointer(start: bytes + feature * stride, count: count),
          at: feature * stored)
      }
    }
  }

  func labels(_ part: Part, rows: Int? = nil) throws -> [UInt8] {
    let stored = part == .train ? contents.rows : contents.testRows
    let file = try ArrayFile("\(folder)/\(part.rawValue)-labels.npy")
    var labels = [UInt8](repeating: 0, count: min(rows ?? stored, stored))
    try labels.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
    return labels
  }
}

/// The bytes of a NumPy array of `uint8`, in C order.
private final class ArrayFile {
  private let path: String
  private let descriptor: Int32
  private let start: Int

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw ValidationError("\(path) can't be opened") }
    // Six bytes of magic, two of version, two of the header's length.
    var head = [UInt8](repeating: 0, count: 10)
    guard pread(descriptor, &head, 10, 0) == 10, head[0] == 0x93, head[6] == 1 else {
      throw ValidationError("\(path) is no array of NumPy's format 1")
    }
    start = 10 + Int(head[8]) + Int(head[9]) << 8
  }

  deinit { close(descriptor) }

  /// Fills memory with the array's bytes from an index on.
  func read(into memory: UnsafeMutableRawBufferPointer, at index: Int) throws {
    var done = 0
    while done < memory.count, let base = memory.baseAddress {
      let count = pread(descriptor, base + done, memory.count - done, off_t(start + index + done))
      guard count > 0 else { throw ValidationError("\(path) ends early") }
      done += count
    }
  }
}
