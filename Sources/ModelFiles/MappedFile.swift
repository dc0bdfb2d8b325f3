import FoundationEssentials
import Glibc

/// A file mapped into memory, read-only and private, for as long as this value lives.
///
/// The mapping belongs to the file that was opened: when another is renamed into its place, what is
/// read stays the old one, whole. A file that is written over in place is not protected; `verify`
/// notices.
struct MappedFile: ~Copyable {
  private let descriptor: Int32
  private let address: UnsafeMutableRawPointer?
  private let count: Int
  private let path: String
  private let modified: timespec

  init(_ path: String) throws {
    // Without O_NONBLOCK, opening a named pipe would wait for its other end.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw ModelFileError.system("read", path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = ModelFileError.system("read", path)
      close(descriptor)
      throw error
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw ModelFileError.system(
        action: "read", path: path, code: EINVAL, reason: "it is not a file")
    }
    let count = Int(status.st_size)
    var address: UnsafeMutableRawPointer?
    // A mapping of no bytes is an error; an empty file simply has none.
    if count > 0 {
      address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
      guard address != MAP_FAILED else {
        let error = ModelFileError.system("map", path)
        close(descriptor)
        throw error
      }
    }
    self.descriptor = descriptor
    self.address = address
    self.count = count
    self.path = path
    modified = status.st_mtim
  }

  deinit {
    if let address { munmap(address, count) }
    close(descriptor)
  }

  /// The file's bytes, borrowed for the length of the call.
  borrowing func withBytes<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
    // `count` bytes from `address` stay mapped until `deinit`, which the borrow puts off.
    try body(UnsafeRawBufferPointer(start: address, count: count).bytes)
  }

  /// Throws if the file was changed in place since it was opened.
  borrowing func verify() throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ModelFileError.system("read", path) }
    guard Int(status.st_size) == count, status.st_mtim.tv_sec == modified.tv_sec,
      status.st_mtim.tv_nsec == modified.tv_nsec
    else { throw ModelFileError.changedWhileRead }
  }
}

extension ModelFileError {
  /// What `errno` says about the call that has just failed.
  static func system(_ action: String, _ path: String, code: Int32 = errno) -> ModelFileError {
    let reason =
      switch code {
      case ENOENT: "there is no such file or directory"
      case EACCES, EPERM: "permission denied; check who owns it"
      case EROFS: "the file system is read-only; choose another --model directory"
      case ENOSPC: "no space is left on the device; free some and run it again"
      case EDQUOT: "the disk quota is used up; free some and run it again"
      case EFBIG: "the file would be larger than the limit set for this process (ulimit -f)"
      case ENOTDIR: "a part of the path is a file, not a directory"
      case EISDIR: "it is a directory"
      case ELOOP: "its symbolic links go in circles"
      case ENAMETOOLONG: "the name is too long"
      case ENOLCK: "its file system can't lock files; choose another --model directory"
      default: String(cString: strerror(code))
      }
    return .system(action: action, path: path, code: code, reason: reason)
  }
}
