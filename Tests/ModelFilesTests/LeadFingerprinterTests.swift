import Crypto
import Models
import Parallel
import Tables
import Testing

@testable import ModelFiles

@Suite struct LeadFingerprinterTests {
  private static let key = [UInt8](0..<32)
  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// The definition, step by step.
  private static func naive(_ fields: [[UInt8]], bits: Int = 64) -> UInt64 {
    var message = key
    for field in fields {
      message += (0..<8).map { UInt8(truncatingIfNeeded: field.count >> (8 * $0)) } + field
    }
    let leading = SHA256.hash(data: message).prefix(8).reduce(UInt64(0)) { $0 << 8 + UInt64($1) }
    return leading >> UInt64(64 - bits)
  }

  /// The value was computed with Python: `int.from_bytes(hashlib.sha256(bytes(range(32)) +
  /// (4).to_bytes(8, "little") + b"L-17").digest()[:8], "big")`.
  @Test func aFingerprintIsTheLeadingBitsOfSHA256() {
    let fingerprint = LeadFingerprinter(key: Self.key).fingerprint([Self.bytes("L-17")])
    #expect(fingerprint == 17_410_016_113_798_267_600)
    #expect(
      LeadFingerprinter(key: Self.key, bits: 40).fingerprint([Self.bytes("L-17")])
        == fingerprint >> 24)
  }

  @Test func fieldsDoNotRunIntoEachOther() {
    let fingerprinter = LeadFingerprinter(key: Self.key)
    let variants: [[[UInt8]]] = [
      [Self.bytes("ab"), Self.bytes("c")], [Self.bytes("a"), Self.bytes("bc")],
      [Self.bytes("abc")], [Self.bytes("abc"), []], [[], Self.bytes("abc")], [], [[]],
    ]
    #expect(Set(fingerprinter.fingerprints(of: variants)).count == variants.count)
  }

  @Test(arguments: [1, 2, 3, 7]) func allWaysAgreeWithTheDefinition(threads: Int) {
    let leads = (0..<20_000).map { [Self.bytes("L-\($0)"), Self.bytes("\($0 % 7)")] }
    var identities = LeadIdentities()
    for lead in leads { identities.append(lead) }
    let fingerprinter = LeadFingerprinter(key: Self.key, bits: 48)
    let expected = leads.map { Self.naive($0, bits: 48) }
    #expect(fingerprinter.fingerprints(of: leads) == expected)
    #expect(
      fingerprinter.fingerprints(of: identities, pool: WorkerPool(threadCount: threads))
        == expected)
    var hasher = fingerprinter.makeHasher()
    for (lead, fingerprint) in zip(leads, expected).prefix(100) {
      for field in lead { hasher.append(field[...]) }
      #expect(hasher.finish() == fingerprint)
    }
  }

  @Test func aSketchKnowsItsLeadsAndNoOthers() {
    let pool = WorkerPool(threadCount: 2)
    func identities(_ range: Range<Int>) -> LeadIdentities {
      var identities = LeadIdentities()
      for index in range { identities.append([Self.bytes("lead \(index)")]) }
      return identities
    }
    let sketch = TrainingSketch.make(
      basis: .ids, leads: identities(0..<4_000), seed: 1, pool: pool)
    #expect(sketch.fingerprints.count == 4_000)
    let fingerprinter = LeadFingerprinter(sketch)
    let seen = fingerprinter.fingerprints(of: identities(0..<4_000), pool: pool)
    #expect(seen.allSatisfy(sketch.contains))
    // 100,000 × 4,000 / 2^32: 0.09 chance matches are expected of a sketch of 32 bits.
    let others = fingerprinter.fingerprints(of: identities(4_000..<104_000), pool: pool)
    #expect(others.count(where: sketch.contains) <= 1)
  }

  @Test func theKeyComesOfSeedBasisAndLeads() {
    let pool = WorkerPool(threadCount: 1)
    func sketch(_ ids: [String], seed: UInt64, basis: TrainingSketch.Basis = .ids) -> TrainingSketch
    {
      var identities = LeadIdentities()
      for id in ids { identities.append([Self.bytes(id)]) }
      return .make(basis: basis, leads: identities, seed: seed, pool: pool)
    }
    let first = sketch(["a", "b", "a"], seed: 1)
    #expect(first == sketch(["a", "b", "a"], seed: 1))
    #expect(first.fingerprints.count == 2)
    #expect(first.key.count == 32)
    let keys = [
      first, sketch(["a", "b", "a"], seed: 2), sketch(["a", "b"], seed: 1),
      sketch(["a", "b", "a"], seed: 1, basis: .rows),
    ].map(\.key)
    #expect(Set(keys).count == 4)
  }

  @Test func chanceMatchesStayBelowOneInAMillion() {
    for count in [0, 1, 2, 1_000, 4_096, 4_097, 1 << 20, (1 << 20) + 1, 1 << 28, 1 << 40, 1 << 50] {
      let bits = TrainingSketch.width(forLeads: count)
      #expect(bits.isMultiple(of: 8) && (32...64).contains(bits))
      if bits < 64 { #expect(count <= (1 << bits) / 1_000_000) }
    }
    #expect(TrainingSketch.width(forLeads: 4_096) == 32)
    #expect(TrainingSketch.width(forLeads: 4_097) == 40)
    #expect(TrainingSketch.width(forLeads: 1 << 20) == 40)
  }

  @Test func rowsOfATableAreToldApartByValue() throws {
    let table = Table(
      columns: [
        Column(name: "n", values: .number([1, -0.0, 0, .nan, 1])),
        Column(name: "c", values: .category(.init(codes: [0, 0, 0, 0, 1], levels: ["x", ""]))),
        Column(name: "f", values: .flag([1, 1, 1, -1, 1])),
        Column(name: "d", values: .date([5, 5, 5, .nan, 5])),
        Column(
          name: "t",
          values: .text(
            TextValues(
              offsets: [0, 1, 2, 3, 3, 4], bytes: Array("aaab".utf8),
              missing: [false, false, false, true, false]))),
      ], rowCount: 5)
    let fingerprinter = LeadFingerprinter(key: Self.key)
    let pool = WorkerPool(threadCount: 1)
    let all = try fingerprinter.fingerprints(
      of: LeadIdentities(of: table, columns: ["n", "c", "f", "d", "t"]), pool: pool)
    #expect(all[1] == all[2])
    #expect(Set(all).count == 4)
    let expected = [
      [UInt8(ascii: "n")] + Double(1).bitPattern.littleEndianBytes, Self.bytes("tx"),
      [UInt8(ascii: "f"), 1], [UInt8(ascii: "d")] + Double(5).bitPattern.littleEndianBytes,
      Self.bytes("ta"),
    ]
    #expect(all[0] == Self.naive(expected))
    let some = try fingerprinter.fingerprints(
      of: LeadIdentities(of: table, columns: ["t"], rows: [4, 0]), pool: pool)
    #expect(some == [Self.naive([Self.bytes("tb")]), Self.naive([Self.bytes("ta")])])
    #expect(throws: ModelFileError.columnMissing(name: "uuid")) {
      try LeadIdentities(of: table, columns: ["uuid"])
    }
  }

  @Test(arguments: [1, 3])
  func digestsTellRowsApartByEveryCellAndNothingElse(threads: Int) throws {
    let pool = WorkerPool(threadCount: threads)
    let count = 5_000
    func table(numbers: [Double]) -> Table {
      Table(
        columns: [
          Column(name: "n", values: .number(numbers)),
          Column(
            name: "c",
            values: .category(
              .init(codes: (0..<count).map { Int32($0 % 3) - 1 }, levels: ["x", "y"]))),
        ], rowCount: count)
    }
    var numbers = (0..<count).map { Double($0 / 3) }
    numbers[0] = -0.0
    let first = try LeadIdentities.digests(
      of: table(numbers: numbers), columns: ["n", "c"], pool: pool)
    #expect(first.count == count)
    let prints = LeadFingerprinter(key: Self.key).fingerprints(of: first, pool: pool)
    // Every pair of number and level stands once.
    #expect(Set(prints).count == count)
    numbers[0] = 0
    let same = try LeadIdentities.digests(
      of: table(numbers: numbers), columns: ["n", "c"], pool: WorkerPool(threadCount: 1))
    #expect(same == first)
    numbers[4_999] = .nan
    let changed = try LeadIdentities.digests(
      of: table(numbers: numbers), columns: ["n", "c"], pool: pool)
    let changedPrints = LeadFingerprinter(key: Self.key).fingerprints(of: changed, pool: pool)
    #expect(zip(prints, changedPrints).filter { $0 != $1 }.count == 1)
    let some = try LeadIdentities.digests(
      of: table(numbers: numbers), columns: ["n", "c"], rows: [7, 2], pool: pool)
    #expect(
      LeadFingerprinter(key: Self.key).fingerprints(of: some, pool: pool)
        == [prints[7], prints[2]])
  }
}
