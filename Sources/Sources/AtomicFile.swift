import Glibc

/// A file that appears under its name only when all of it is written.
///
/// Bytes go to a temporary file in the same folder, which is flushed to disk and takes the name's place
/// in one step at `commit`. Until then, and after any error, what stood there before is untouched. A
/// name that is a device or a pipe is written directly.
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
      let random = UInt32.random(in: 0...UInt32.max)
      let temporary = "\(folder).\(name).\(getpid())-\(String(random, radix: 16)).partial"
      self.temporary = temporary
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 && exists { fchmod(descriptor, status.st_mode & 0o7777) }
    }
    guard descriptor >= 0 else { throw Self.failure(path) }
  }

  deinit {
    discard()
  }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
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
    isOpen = false
    let closed = close(descriptor) == 0
    guard closed, rename(temporary, target) == 0 else {
      let error = Self.failure(path)
      unlink(temporary)
      throw error
    }
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
  /// Whether two paths lead to the same file that is there.
  public static func isSameFile(_ first: String, _ second: String) -> Bool {
    var a = stat()
    var b = stat()
    guard stat(first, &a) == 0, stat(second, &b) == 0 else { return false }
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino
  }
}
