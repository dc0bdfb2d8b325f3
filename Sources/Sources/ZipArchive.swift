import CZip
import Glibc

/// A zip archive opened for reading. One thread uses it and its entries at a time.
final class ZipArchive {
  let path: String
  private let archive: OpaquePointer

  /// - Throws: `SourceError.damaged` for a file that is no whole zip archive.
  init(path: String) throws {
    self.path = path
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      let reason =
        code == ZIP_ER_NOZIP ? "it is cut off" : String(cString: zip_error_strerror(&error))
      throw SourceError.workbook(path: path, .damaged(part: nil, reason: reason))
    }
    self.archive = archive
  }

  deinit {
    zip_discard(archive)
  }

  /// Whether there is such an entry; the case of letters aside, as Excel has it.
  func contains(_ name: String) -> Bool {
    zip_name_locate(archive, name, UInt32(ZIP_FL_NOCASE)) >= 0
  }

  /// Opens an entry to be read from its start.
  /// - Parameter limit: the most bytes that are read from it: an archive of a few kilobytes may hold
  ///   terabytes of the same byte.
  /// - Throws: `SourceError.damaged` where there is no such entry.
  func entry(_ name: String, limit: Int) throws -> ZipEntryBytes {
    guard let file = zip_fopen(archive, name, UInt32(ZIP_FL_NOCASE)) else {
      let reason = String(cString: zip_strerror(archive))
      throw SourceError.workbook(path: path, .damaged(part: name, reason: reason))
    }
    return ZipEntryBytes(archive: self, name: name, limit: limit, file: file)
  }
}

/// The bytes of one entry, inflated as they are read and checked against their checksum at the end.
final class ZipEntryBytes: ByteSource {
  let name: String
  /// Kept open as long as the entry is.
  private let archive: ZipArchive
  private let limit: Int
  private let file: OpaquePointer
  private var given = 0

  fileprivate init(archive: ZipArchive, name: String, limit: Int, file: OpaquePointer) {
    self.archive = archive
    self.name = name
    self.limit = limit
    self.file = file
  }

  deinit {
    zip_fclose(file)
  }

  var path: String { archive.path }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0 else { return 0 }
    // Bounds: the library writes at most `buffer.count` bytes.
    let count = Int(zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
    guard count >= 0 else {
      let reason = String(cString: zip_file_strerror(file))
      throw SourceError.workbook(path: path, .damaged(part: name, reason: reason))
    }
    given += count
    guard given <= limit else {
      throw SourceError.workbook(path: path, .tooLarge(part: name, limit: limit))
    }
    return count
  }

  func damaged(_ reason: String) -> SourceError {
    .workbook(path: path, .damaged(part: name, reason: reason))
  }
}
