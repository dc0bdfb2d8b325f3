/// A keyed sketch of the leads that a model was fitted to, to tell later whether it has seen a lead.
///
/// Fingerprints are the leading bits of a keyed hash of the id (without ids, of the row), so the file
/// holds no ids; the key stands beside them, so whoever has the file can still test a guessed id.
public struct TrainingSketch: Codable, Sendable, Equatable {
  /// What was hashed: the id columns, or the whole row where there is no id.
  public enum Basis: String, Codable, Sendable {
    case ids
    case rows
  }

  public let basis: Basis
  /// 32 bytes.
  public let key: [UInt8]
  /// Bits a fingerprint: 32, 40, 48, 56 or 64.
  public let bits: Int
  /// Ascending, distinct, each below 2 to the power of `bits`; empty where leads can't be told apart.
  public let fingerprints: [UInt64]

  public init(basis: Basis, key: [UInt8], bits: Int = 64, fingerprints: [UInt64]) {
    self.basis = basis
    self.key = key
    self.bits = bits
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
