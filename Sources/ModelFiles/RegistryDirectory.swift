import FoundationEssentials
import Glibc

/// A directory whose files are replaced as a whole or not at all.
struct RegistryDirectory {
  let path: String

  static let documentName = "registry.json"
  static let lockName = "registry.lock"
  /// Of files in the making; only the holder of the lock makes any.
  private static let temporarySuffix = ".kelvin-tmp"

  /// Writes bytes to a descriptor as `write(2)` does; another one in tests of full disks.
  var writeBytes: @Sendable (Int32, UnsafeRawPointer, Int) -> Int = { Glibc.write($0, $1, $2) }

  init(_ path: String) {
    self.path = path
  }

  func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

  /// Makes the directory and those above it.
  func create() throws {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made == "/" ? "" : "/") + part
      if mkdir(made, 0o777) != 0, errno != EEXIST {
        let code = errno
        // A directory that is there may say anything (read-only, no permission) when made again.
        var status = stat()
        guard stat(made, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
          throw ModelFileError.system("make directory", made, code: code)
        }
      }
    }
  }

  /// Runs `body` while no other process or thread does so in this directory; waits for its turn.
  func locked<Result>(_ body: () throws -> Result) throws -> Result {
    let lock = file(Self.lockName)
    let descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ModelFileError.system("write", lock) }
    // Closing lets the lock go, as does the end of the process, however it ends.
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw ModelFileError.system("lock", lock) }
    }
    removeTemporaryFiles()
    return try body()
  }

  /// What a process that was killed left behind; called under the lock, when nobody else has any.
  private func removeTemporaryFiles() {
    for name in (try? names()) ?? [] where name.hasSuffix(Self.temporarySuffix) {
      unlink(file(name))
    }
  }

  /// The names of files and directories in it.
  func names() throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw ModelFileError.system("read", path, code: errno == 0 ? EIO : errno)
    }
  }

  /// Writes a file under another name, syncs it to disk, and renames it; under the lock only. What is
  /// thrown was thrown before the rename.
  func replace(_ name: String, with bytes: some ContiguousBytes) throws {
    let target = file(name)
    let temporary = file("." + name + Self.temporarySuffix)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ModelFileError.system("write", target) }
    do {
      defer { close(descriptor) }
      try bytes.withUnsafeBytes { try write($0, to: descriptor, target) }
      guard fsync(descriptor) == 0 else { throw ModelFileError.system("write", target) }
      guard rename(temporary, target) == 0 else { throw ModelFileError.system("write", target) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ target: String
  ) throws {
    guard let start = bytes.baseAddress else { return }
    var written = 0
    while written < bytes.count {
      // From `written` on, `bytes.count - written` bytes are left of the caller's buffer.
      let count = writeBytes(descriptor, start + written, bytes.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw ModelFileError.system("write", target, code: count < 0 ? errno : ENOSPC)
      }
      written += count
    }
  }

  /// Makes renames last through a loss of power.
  func sync() throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ModelFileError.system("read", path) }
    defer { close(descriptor) }
    // Some network file systems can't sync a directory and say so; the rename has happened.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw ModelFileError.system("write", path)
    }
  }
}
