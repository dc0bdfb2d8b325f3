/// A keyed sketch of the leads that a model was fitted to, to tell later whether it has seen a lead.
///
/// Fingerprints are the leading bits of a keyed hash of the id (without ids, of the row), so ids can't
/// be read back from the file.
public struct TrainingSketch: Codable, Sendable, Equatable {
  /// What was hashed: the id columns, or the whole row where there is no id.
  public enum Basis: String, Codable, Sendable {
    case ids
    case rows
  }

  public let basis: Basis
  /// 32 bytes.
  public let key: [UInt8]
  /// Ascending, distinct.
  public let fingerprints: [UInt64]

  public init(basis: Basis, key: [UInt8], fingerprints: [UInt64]) {
    self.basis = basis
    self.key = key
    self.fingerprints = fingerprints
  }

  public func contains(_ fingerprint: UInt64) -> Bool {
    var low = 0
    var high = fingerprints.count
    while low < high {
      let middle = (low + high) / 2
      if fingerprints[middle] < fingerprint { low = middle + 1 } else { high = middle }
    }
    return low < fingerprints.count && fingerprints[low] == fingerprint
  }
}
