/// Features as bins, one byte a value, feature after feature.
///
/// A feature's bins lie in one run of `rowCount` bytes that starts on a 64-byte boundary and may be
/// read up to `columnStride` bytes; what lies behind the rows is zero.
///
/// `@unchecked Sendable`: the bytes are written only inside `init`, and read after it.
public final class BinnedColumns: @unchecked Sendable {
  public let features: [BinnedFeature]
  public let rowCount: Int
  /// Bytes from a feature's first row to the next feature's first row: a multiple of 64, and at least
  /// 64 more than the rows, so that whole vectors may be read at the end.
  public let columnStride: Int
  private let bytes: UnsafeMutablePointer<UInt8>

  /// - Parameter fill: writes bin `row` of feature `f` to `bytes[f * columnStride + row]` for every
  ///   row and feature, each below the feature's `binCount`; may write from several threads, each its
  ///   own values. The pointer is valid during the call.
  public init(
    features: [BinnedFeature], rowCount: Int,
    fill: (_ bytes: UnsafeMutablePointer<UInt8>, _ columnStride: Int) throws -> Void
  ) rethrows {
    self.features = features
    self.rowCount = rowCount
    columnStride = (rowCount + 127) / 64 * 64
    let size = max(64, columnStride * features.count)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    bytes = memory.bindMemory(to: UInt8.self, capacity: size)
    bytes.initialize(repeating: 0, count: size)
    do {
      try fill(bytes, columnStride)
    } catch {
      bytes.deallocate()
      throw error
    }
  }

  deinit { bytes.deallocate() }

  /// Where a feature's bins start; valid while this object lives.
  public func column(_ feature: Int) -> UnsafePointer<UInt8> {
    precondition(features.indices.contains(feature), "there is no such feature")
    return UnsafePointer(bytes + feature * columnStride)
  }

  /// The bin of one value, for tests and reports; kernels read whole columns.
  public func bin(row: Int, feature: Int) -> Int {
    precondition((0..<rowCount).contains(row), "there is no such row")
    return Int(column(feature)[row])
  }
}
