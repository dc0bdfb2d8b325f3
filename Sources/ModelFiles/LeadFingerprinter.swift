import Crypto
import Models
import Parallel

/// Makes fingerprints of leads: the leading bits of SHA-256 over a key and the lead's fields.
///
/// The key comes first and has a fixed length, and fields carry their lengths, so that different leads
/// are different messages. With n fingerprints of b bits, a lead that is none of them is taken for one
/// with a chance of n / 2^b.
public struct LeadFingerprinter: Sendable {
  private let key: [UInt8]
  private let bits: Int

  /// - Parameters:
  ///   - key: 32 bytes.
  ///   - bits: kept of each hash, 32 to 64.
  public init(key: [UInt8], bits: Int = 64) {
    precondition((32...64).contains(bits), "a fingerprint has 32 to 64 bits")
    self.key = key
    self.bits = bits
  }

  /// Fingerprints to be looked up in a model's sketch.
  public init(_ sketch: TrainingSketch) {
    self.init(key: sketch.key, bits: sketch.bits)
  }

  /// A hasher to feed field by field; one a thread.
  public func makeHasher() -> LeadHasher { LeadHasher(key: key, bits: bits) }

  public func fingerprint(_ fields: [[UInt8]]) -> UInt64 {
    var hasher = makeHasher()
    for field in fields { hasher.append(field) }
    return hasher.finish()
  }

  /// One fingerprint a lead, in the given order.
  public func fingerprints(of leads: [[[UInt8]]]) -> [UInt64] {
    leads.map(fingerprint)
  }

  /// Leads a block: some milliseconds of work.
  private static let blockSize = 8_192

  /// One fingerprint a lead, in the given order.
  public func fingerprints(of leads: LeadIdentities, pool: WorkerPool) -> [UInt64] {
    let blocks = RowBlocks(rowCount: leads.count, blockSize: Self.blockSize)
    return [UInt64](unsafeUninitializedCapacity: leads.count) { output, count in
      // Each block writes its own leads only, all of them, and the pool joins before the array is
      // read.
      nonisolated(unsafe) let output = output
      pool.forEach(blocks.count) { block, _ in
        var hasher = makeHasher()
        for lead in blocks[block] {
          hasher.append(encoded: leads.bytes[leads.offsets[lead]..<leads.offsets[lead + 1]])
          output.initializeElement(at: lead, to: hasher.finish())
        }
      }
      count = leads.count
    }
  }
}

/// Takes a lead's fields one by one and gives its fingerprint; starts anew after each.
public struct LeadHasher {
  private let keyLength: Int
  private let bits: Int
  /// The key, then the fields so far; kept from lead to lead, so that hashing allocates nothing.
  private var message: [UInt8]

  init(key: [UInt8], bits: Int) {
    keyLength = key.count
    self.bits = bits
    message = key
  }

  public mutating func append(_ field: some Collection<UInt8>) {
    Self.append(field, to: &message)
  }

  /// Fields with their lengths before them already.
  mutating func append(encoded fields: ArraySlice<UInt8>) {
    message.append(contentsOf: fields)
  }

  /// The fingerprint of the fields since the last one.
  public mutating func finish() -> UInt64 {
    var leading: UInt64 = 0
    for byte in SHA256.hash(data: message).prefix(8) { leading = leading << 8 | UInt64(byte) }
    message.removeSubrange(keyLength...)
    return leading >> UInt64(64 - bits)
  }

  static func append(_ field: some Collection<UInt8>, to bytes: inout [UInt8]) {
    appendLength(field.count, to: &bytes)
    bytes.append(contentsOf: field)
  }

  static func appendLength(_ length: Int, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: length >> shift))
    }
  }
}

extension TrainingSketch {
  /// A sketch of the leads that a model is fitted to.
  ///
  /// Its key is SHA-256 over a label, the seed, the basis and all leads in their order: the same
  /// history and seed give the same bytes, and another history another key. Its fingerprints are as
  /// wide as needed (in whole bytes) for a lead that is not among n leads to be taken for one of them
  /// less than once in a million: 2^bits at least n × 2^20.
  public static func make(
    basis: Basis, leads: LeadIdentities, seed: UInt64, pool: WorkerPool
  ) -> TrainingSketch {
    var hasher = SHA256()
    hasher.update(data: Array("kelvin training sketch 1\0".utf8))
    hasher.update(data: seed.littleEndianBytes)
    hasher.update(data: Array("\(basis.rawValue)\0".utf8))
    hasher.update(data: leads.bytes)
    let key = Array(hasher.finalize())
    let bits = width(forLeads: leads.count)
    let sorted = LeadFingerprinter(key: key, bits: bits).fingerprints(of: leads, pool: pool)
      .sorted()
    var distinct: [UInt64] = []
    distinct.reserveCapacity(sorted.count)
    for fingerprint in sorted where fingerprint != distinct.last { distinct.append(fingerprint) }
    return TrainingSketch(basis: basis, key: key, bits: bits, fingerprints: distinct)
  }

  /// Bits a fingerprint, so that chance matches stay below one in 2^20.
  static func width(forLeads count: Int) -> Int {
    let bitsOfCount = Int.bitWidth - max(0, count - 1).leadingZeroBitCount
    return min(64, max(32, (bitsOfCount + 20 + 7) / 8 * 8))
  }
}
