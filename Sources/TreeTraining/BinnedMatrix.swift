import CSimd
import Features
import Parallel

/// Training rows as one byte a bundle of features, row after row: the form that histograms are built
/// from, since neighbouring additions then go to different histograms.
final class BinnedMatrix: Sendable {
  let features: [BinnedFeature]
  let bundles: FeatureBundles
  let rowCount: Int
  /// Bytes from one row to the next: 8, 16, 32 or a multiple of 64, so that no row of up to 64 bytes
  /// crosses a cache line.
  let rowStride: Int
  private let bytes: AlignedBuffer<UInt8>

  /// Rows that are bundled at a time: their bytes stay in the first-level cache.
  private static let block = 512

  init(_ columns: BinnedColumns, pool: WorkerPool) {
    let features = columns.features
    let rowCount = columns.rowCount
    var hasMissing = [Bool](repeating: false, count: features.count)
    hasMissing.withUnsafeMutableBufferPointer { flags in
      // Each index writes its own flag.
      nonisolated(unsafe) let flags = flags
      pool.forEach(features.count) { feature, _ in
        flags[feature] = Self.contains(
          UInt8(features[feature].missingBin), in: columns.column(feature), count: rowCount)
      }
    }
    let bundles = FeatureBundles(features: features, hasMissing: hasMissing)
    let count = bundles.bundles.count
    let stride = [8, 16, 32].first { $0 >= count } ?? (count + 63) / 64 * 64
    // Eight bytes more than the last row, which is read in words.
    let bytes = AlignedBuffer<UInt8>(rowCount * stride + 64)
    let blocks = RowBlocks(rowCount: rowCount, blockSize: Self.block)
    let scratch = AlignedBuffer<UInt8>(pool.threadCount * 8 * Self.block)
    pool.forEach(blocks.count) { index, worker in
      let rows = blocks[index]
      // The worker's own scratch; blocks of rows don't overlap; both live until the pool has joined.
      let codes = scratch.start + worker * 8 * Self.block
      for word in 0..<(count + 7) / 8 {
        for lane in 0..<8 {
          let bundle = word * 8 + lane
          Self.encode(
            bundle < count ? bundles.bundles[bundle].members : [], columns, rows,
            into: codes + lane * Self.block)
        }
        let target = UnsafeMutableRawPointer(bytes.start + rows.lowerBound * stride + word * 8)
        csimd_interleave(codes, Self.block, rows.count, target, stride)
      }
    }
    self.features = features
    self.bundles = bundles
    self.rowCount = rowCount
    self.rowStride = stride
    self.bytes = bytes
  }

  /// The first row's first byte; valid while the matrix lives.
  var start: UnsafePointer<UInt8> { UnsafePointer(bytes.start) }

  private static func encode(
    _ members: [FeatureBundles.Member], _ columns: BinnedColumns, _ rows: Range<Int>,
    into codes: UnsafeMutablePointer<UInt8>
  ) {
    guard let first = members.first else {
      codes.update(repeating: 0, count: rows.count)
      return
    }
    codes.update(from: columns.column(first.feature) + rows.lowerBound, count: rows.count)
    for member in members.dropFirst() {
      let column = columns.column(member.feature) + rows.lowerBound
      let place = UInt8(truncatingIfNeeded: member.place)
      for row in 0..<rows.count { codes[row] &+= place &* column[row] }
    }
  }

  private static func contains(
    _ bin: UInt8, in column: UnsafePointer<UInt8>, count: Int
  ) -> Bool {
    csimd_count_byte(column, 0, count, bin, csimd_level()) > 0
  }
}
