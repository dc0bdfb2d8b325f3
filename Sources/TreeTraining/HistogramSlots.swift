/// Memory for nodes' histograms, handed out and taken back.
///
/// A node of more rows than a packed sum can hold has a wide histogram; there are few of these. Packed
/// ones are limited to half a gibibyte: a node that gets none has its children's histograms built from
/// their own rows.
final class HistogramSlots {
  struct Slot: Equatable {
    let isWide: Bool
    fileprivate let index: Int
  }

  private let binCount: Int
  private let packed: AlignedBuffer<Int64>
  private let wide: AlignedBuffer<Int64>
  private var freePacked: [Int]
  private var freeWide: [Int]

  private static let mostPackedBytes = 1 << 29
  /// Slots that a split in progress needs: two children's, and the parent's own.
  static let inHand = 3

  init(binCount: Int, leaves: Int, totalLoad: Int, capacity: Int) {
    self.binCount = max(8, binCount)
    let most = max(2 * Self.inHand, Self.mostPackedBytes / (8 * self.binCount))
    let packedCount = min(leaves + Self.inHand, most)
    let wideCount = min(leaves, totalLoad / capacity + 1) + Self.inHand
    packed = AlignedBuffer(packedCount * self.binCount)
    wide = AlignedBuffer(wideCount * 2 * self.binCount)
    // Low slots first: memory that is never handed out is never touched.
    freePacked = Array((0..<packedCount).reversed())
    freeWide = Array((0..<wideCount).reversed())
  }

  /// Whether a packed slot can be kept with a node, enough being left for the next split.
  var canKeep: Bool { freePacked.count >= Self.inHand }

  /// A slot whose bins hold anything.
  func take(isWide: Bool) -> Slot {
    guard let index = isWide ? freeWide.popLast() : freePacked.popLast() else {
      preconditionFailure("histogram slots ran out")
    }
    return Slot(isWide: isWide, index: index)
  }

  func giveBack(_ slot: Slot) {
    if slot.isWide { freeWide.append(slot.index) } else { freePacked.append(slot.index) }
  }

  /// A slot's bins: `binCount` values where it is packed, twice as many where it is wide; valid while
  /// these slots live.
  func bins(_ slot: Slot) -> UnsafeMutablePointer<Int64> {
    slot.isWide
      ? wide.start + slot.index * 2 * binCount : packed.start + slot.index * binCount
  }
}
