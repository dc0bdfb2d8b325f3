import Features
import Models
import Tables
import Testing

@testable import ModelFiles

/// Whatever the bytes, reading them is an error or gives a model that can score; it never traps.
@Suite struct HostileFileTests {
  enum Kind: CaseIterable {
    case logistic
    case trees
    case blend
    case additive

    var model: LeadModel {
      switch self {
      case .logistic: SampleModel.small()
      case .trees: SampleTrees.small()
      case .blend: SampleBlend.small()
      case .additive: SampleAdditive.small()
      }
    }
  }

  @Test(arguments: Kind.allCases) func everyTruncationIsAnError(_ kind: Kind) throws {
    let bytes = try encode(kind.model)
    for length in 0..<bytes.count {
      #expect(throws: ModelFileError.self) { try decode(Array(bytes[..<length])) }
    }
  }

  @Test(arguments: Kind.allCases) func everyChangedByteIsAnError(_ kind: Kind) throws {
    let bytes = try encode(kind.model)
    var generator = SeededGenerator(state: 2)
    for _ in 0..<10_000 {
      var changed = bytes
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      changed[place] ^= UInt8.random(in: 1...255, using: &generator)
      #expect(throws: ModelFileError.self) { try decode(changed) }
    }
  }

  /// With a checksum that fits the change, only the checks behind it stand between the file and a
  /// crash.
  @Test(arguments: Kind.allCases)
  func changesUnderAFittingChecksumGiveAnErrorOrAModelThatScores(_ kind: Kind) throws {
    let bytes = try encode(kind.model)
    let body = Array(bytes.dropLast(32))
    let headerEnd = 16 + Int(body[12]) + Int(body[13]) << 8
    var generator = SeededGenerator(state: 3)
    var accepted = 0
    var errors = 0
    for turn in 0..<10_000 {
      var changed = body
      // A third anywhere, a third in the sections, a third replaces a character of the header by
      // one that is at home in JSON.
      switch turn % 3 {
      case 0:
        let place = Int.random(in: 0..<body.count, using: &generator)
        changed[place] ^= UInt8.random(in: 1...255, using: &generator)
      case 1:
        let place = Int.random(in: headerEnd..<body.count, using: &generator)
        changed[place] ^= UInt8.random(in: 1...255, using: &generator)
      default:
        let place = Int.random(in: 16..<headerEnd, using: &generator)
        changed[place] =
          Array("0123456789-.eE\"{}[],: ntf".utf8)
          .randomElement(using: &generator) ?? 0
      }
      if changed == body { continue }
      do {
        let model = try decode(changed + ModelContainer.digest(of: changed)).model
        accepted += 1
        try Self.score(with: model)
      } catch is ModelFileError {
        errors += 1
      }
    }
    #expect(accepted > 500)
    #expect(errors > 500)
  }

  /// Sizes that the file claims, one after the other, with nothing behind them.
  @Test(arguments: Kind.allCases) func claimedSizesAllocateNothing(_ kind: Kind) throws {
    let bytes = try encode(kind.model)
    let headerLength = Int(bytes[12]) + Int(bytes[13]) << 8
    let header = String(decoding: bytes[16..<16 + headerLength], as: UTF8.self)
    let body = bytes[ModelContainer.aligned(16 + headerLength)..<bytes.count - 32]
    let keys = [
      "count", "length", "offset", "binThresholds", "levels", "rareLevels", "bits", "thresholds",
      "rates", "binCount", "source",
    ]
    let lines = header.split(separator: "\n", omittingEmptySubsequences: false)
    var tried = 0
    for (index, line) in lines.enumerated() {
      guard let key = keys.first(where: { line.contains("\"\($0)\" : ") }),
        let colon = line.firstIndex(of: ":")
      else { continue }
      for claim in ["9223372036854775807", "4611686018427387904", "1000000000000", "-1", "1e30"] {
        var claimed = lines.map(String.init)
        claimed[index] = line[...colon] + " " + claim + (line.hasSuffix(",") ? "," : "")
        let text = Array(claimed.joined(separator: "\n").utf8)
        var file = Array(bytes[..<12]) + UInt32(text.count).littleEndianBytes + text
        file += [UInt8](repeating: 0, count: ModelContainer.aligned(file.count) - file.count)
        file += body
        #expect(throws: ModelFileError.self, "\(key) \(claim)") {
          try decode(file + ModelContainer.digest(of: file))
        }
        tried += 1
      }
    }
    #expect(tried > 100)
  }

  private static let table = Table(
    columns: [
      Column(name: "age", values: .number([.nan, -1e300, 1e300, 40])),
      Column(
        name: "región", values: .category(.init(codes: [-1, 0, 1, 0], levels: ["Madrid", "?"]))),
      Column(name: "subscribed", values: .flag([-1, 0, 1, 0])),
    ], rowCount: 4)

  /// Scores some leads, if the model still has their columns.
  private static func score(with model: LeadModel) throws {
    guard let scores = try? LeadScorer(model).score(table) else { return }
    for raw in scores.rawPredictions { try #require(raw.isFinite) }
  }
}
