import Glibc

/// Memory for kernels: zeroed, on a 64-byte boundary; large buffers on 2 MiB boundaries and in huge
/// pages where the system grants them, since kernels walk them at random.
///
/// `@unchecked Sendable`: whoever shares a buffer hands each thread its own part. The pointer is valid
/// while the buffer lives.
final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  let count: Int
  let start: UnsafeMutablePointer<Element>
  /// Bytes mapped; 0 where the memory came from the heap.
  private let mapped: (base: UnsafeMutableRawPointer, size: Int)?

  /// 2 MiB: a huge page.
  private static var hugePage: Int { 1 << 21 }

  /// - Parameter count: elements; memory that is never touched is never taken from the system.
  init(_ count: Int) {
    self.count = count
    let size = max(64, count * MemoryLayout<Element>.stride)
    if size >= Self.hugePage {
      let whole = size + Self.hugePage
      let base = mmap(
        nil, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
      guard let base, base != MAP_FAILED else {
        preconditionFailure("the system has no \(size) bytes of memory left")
      }
      let address = (Int(bitPattern: base) + Self.hugePage - 1) / Self.hugePage * Self.hugePage
      let aligned = base + (address - Int(bitPattern: base))
      madvise(aligned, size, Int32(MADV_HUGEPAGE))
      mapped = (base, whole)
      start = aligned.bindMemory(to: Element.self, capacity: count)
    } else {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
      memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      mapped = nil
      start = memory.bindMemory(to: Element.self, capacity: count)
    }
  }

  deinit {
    if let mapped {
      munmap(mapped.base, mapped.size)
    } else {
      UnsafeMutableRawPointer(start).deallocate()
    }
  }
}
