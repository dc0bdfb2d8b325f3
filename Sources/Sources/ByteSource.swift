import CZlib
import Glibc

/// Bytes in order, from a file or through a decoder. One thread reads at a time.
protocol ByteSource: AnyObject {
  /// Fills at most `buffer.count` bytes.
  /// - Returns: how many; 0 at the end and only then.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// A file read from its start.
///
/// Files are read rather than mapped: a file that shrinks underneath is an error then, not a signal,
/// and its pages never count as this process's memory.
final class FileBytes: ByteSource {
  let path: String
  private let descriptor: Int32
  /// The file's size in bytes, or `nil` for a pipe or device.
  let size: Int?

  /// - Throws: `SourceError.fileNotFound`, `.isDirectory`, `.unreadable`.
  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? SourceError.fileNotFound(path: path)
        : SourceError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw SourceError.unreadable(path: path, reason: reason)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw SourceError.isDirectory(path: path)
    }
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit {
    close(descriptor)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0 else { return 0 }
    while true {
      // Bounds: the system writes at most `buffer.count` bytes.
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw SourceError.unreadable(path: path, reason: String(cString: strerror(errno)))
      }
    }
  }
}

/// Bytes that were read already, and then the rest of their source.
final class PushedBackBytes: ByteSource {
  private let head: [UInt8]
  private var at = 0
  private let rest: any ByteSource

  init(head: [UInt8], rest: any ByteSource) {
    self.head = head
    self.rest = rest
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard at < head.count else { return try rest.read(into: buffer) }
    let count = min(buffer.count, head.count - at)
    buffer.copyBytes(from: head[at..<at + count])
    at += count
    return count
  }
}

/// The content of gzip members, one after the other.
final class GzipBytes: ByteSource {
  private let path: String
  private let compressed: any ByteSource
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var inputIsDone = false
  private var memberIsOpen = true
  private var isDone = false

  init(path: String, compressed: any ByteSource) throws {
    self.path = path
    self.compressed = compressed
    stream.initialize(to: z_stream())
    // 15 bits of window; 16 more say that the data has a gzip header.
    guard
      inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw SourceError.unreadable(path: path, reason: "zlib cannot be started") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !isDone, buffer.count > 0 else { return 0 }
    let room = UInt32(clamping: buffer.count)
    // Lifetime: `buffer` and `input` outlive the calls that are given pointers into them.
    stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = room
    while stream.pointee.avail_out == room {
      if stream.pointee.avail_in == 0 && !inputIsDone {
        let count = try compressed.read(into: input)
        inputIsDone = count == 0
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
      }
      if stream.pointee.avail_in == 0 && inputIsDone {
        guard !memberIsOpen else { throw SourceError.truncatedGzip(path: path) }
        isDone = true
        break
      }
      if !memberIsOpen {
        // Members may be padded with zeros, as tapes and some tools do.
        if stream.pointee.next_in.pointee == 0 {
          stream.pointee.next_in += 1
          stream.pointee.avail_in -= 1
          continue
        }
        inflateReset(stream)
        memberIsOpen = true
      }
      switch inflate(stream, Z_NO_FLUSH) {
      case Z_OK: break
      case Z_STREAM_END: memberIsOpen = false
      case Z_BUF_ERROR where stream.pointee.avail_in == 0: break
      default:
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "unknown format"
        throw SourceError.corruptGzip(path: path, reason: reason)
      }
    }
    return Int(room - stream.pointee.avail_out)
  }
}
