import Glibc

/// A file that appears under its name only when all of it is written.
///
/// Bytes go to a temporary file in the same folder, which is flushed to disk and takes the name's place
/// in one step at `commit`. Until then, and after any error, what stood there before is untouched. A
/// name that is a device or a pipe is written directly.
///
/// A process that is killed leaves its temporary file behind; the next one to write under the same name
/// removes it. A lock tells such a file from one that is being written.
public final class AtomicFile {
  public let path: String
  private let target: String
  private let temporary: String?
  private var descriptor: Int32
  private var isOpen = true

  /// - Throws: `SourceError.writeFailed`.
  public init(path: String) throws {
    self.path = path
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists && status.st_mode & S_IFMT == S_IFDIR {
      throw SourceError.writeFailed(path: path, reason: "it is a folder")
    }
    if exists && status.st_mode & S_IFMT != S_IFREG {
      target = path
      temporary = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // A link keeps being one: the file that it points to is replaced.
      let target = Self.resolved(path) ?? path
      self.target = target
      let slash = target.lastIndex(of: "/")
      let folder = slash.map { String(target[...$0]) } ?? ""
      let name = slash.map { String(target[target.index(after: $0)...]) } ?? target
      Self.removeLeftovers(folder: folder.isEmpty ? "." : folder, name: name)
      (descriptor, temporary) = Self.openTemporary(folder: folder, name: name)
      if descriptor >= 0 && exists { fchmod(descriptor, status.st_mode & 0o7777) }
    }
    guard descriptor >= 0 else { throw Self.failure(path) }
  }

  deinit {
    discard()
  }

  /// The file that stands in until `commit`, for a library that opens files itself; `nil` where the
  /// name is a device or a pipe.
  var partialPath: String? { temporary }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static let temporarySuffix = ".partial"

  /// A new temporary file, locked; the descriptor is negative where it can't be made.
  private static func openTemporary(folder: String, name: String) -> (Int32, String) {
    while true {
      let random = String(UInt32.random(in: 0...UInt32.max), radix: 16)
      let temporary = "\(folder).\(name).\(random)\(temporarySuffix)"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        if errno == EEXIST { continue }
        return (descriptor, temporary)
      }
      // Between making and locking, another process may have taken the file for a leftover.
      var status = stat()
      let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
      if isLocked, fstat(descriptor, &status) == 0, status.st_nlink > 0 {
        return (descriptor, temporary)
      }
      close(descriptor)
    }
  }

  /// Removes temporary files under this name that no process holds a lock on.
  private static func removeLeftovers(folder: String, name: String) {
    guard let entries = opendir(folder) else { return }
    defer { closedir(entries) }
    let prefix = ".\(name)."
    while let entry = readdir(entries) {
      // Bounds: a directory entry's name ends with a NUL; lifetime: until the next `readdir`.
      let found = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard found.hasPrefix(prefix), found.hasSuffix(temporarySuffix),
        found.dropFirst(prefix.count).dropLast(temporarySuffix.count).allSatisfy(\.isHexDigit)
      else { continue }
      let path = "\(folder)/\(found)"
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
      close(descriptor)
    }
  }

  private static func failure(_ path: String) -> SourceError {
    .writeFailed(path: path, reason: String(cString: strerror(errno)))
  }

  public func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { buffer in
      var at = 0
      while at < buffer.count {
        // Bounds: `at < count`; lifetime: the array stands for the length of the closure.
        let count = Glibc.write(descriptor, buffer.baseAddress.map { $0 + at }, buffer.count - at)
        if count >= 0 {
          at += count
        } else if errno != EINTR {
          let error = Self.failure(path)
          discard()
          throw error
        }
      }
    }
  }

  /// Puts the file in its place.
  public func commit() throws {
    precondition(isOpen, "a file is committed once")
    guard let temporary else {
      isOpen = false
      guard close(descriptor) == 0 else { throw Self.failure(path) }
      return
    }
    guard fsync(descriptor) == 0 else {
      let error = Self.failure(path)
      discard()
      throw error
    }
    // Renamed before it is closed: closing lets the lock go.
    guard rename(temporary, target) == 0 else {
      let error = Self.failure(path)
      discard()
      throw error
    }
    isOpen = false
    close(descriptor)
    // The folder's entry is flushed too; a file system that cannot do so has no say in it.
    let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "."
    let folderDescriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folderDescriptor >= 0 {
      fsync(folderDescriptor)
      close(folderDescriptor)
    }
  }

  /// Leaves what stood there before, and nothing else.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    if let temporary { unlink(temporary) }
  }
}

extension AtomicFile {
  /// Finds out before the work whether its result could be written.
  /// - Throws: `SourceError.writeFailed`.
  public static func checkWritable(_ path: String) throws {
    var status = stat()
    // Opening a pipe and closing it again would end it for its reader.
    if stat(path, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) { return }
    try AtomicFile(path: path).discard()
  }

  /// Whether two paths lead to the same file that is there.
  public static func isSameFile(_ first: String, _ second: String) -> Bool {
    var a = stat()
    var b = stat()
    guard stat(first, &a) == 0, stat(second, &b) == 0 else { return false }
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino
  }
}
