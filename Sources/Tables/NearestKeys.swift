import Spelling

/// The keys of a table, to be searched for the one that another spelling most likely means.
///
/// Keys are compared without case, accents, spaces and punctuation: `GTXPro` and `GTX Pro` are then the
/// same. Where none is, the one from which the fewest letters are inserted, deleted, replaced or swapped
/// with their neighbour is near: one in a key of three letters, two from eight, three from sixteen.
public struct NearestKeys: Sendable {
  private let keys: [String]
  private let letters: [[UInt8]]
  private let firstOfLetters: [[UInt8]: Int]

  /// Longer keys are texts rather than names; the bound keeps the distance table small.
  private static let longest = 200

  public init(_ keys: [String]) {
    self.keys = keys
    letters = keys.map(Self.folded)
    var first: [[UInt8]: Int] = [:]
    for (index, key) in letters.enumerated() where first[key] == nil { first[key] = index }
    firstOfLetters = first
  }

  /// - Returns: the first of equally near keys; `nil` where none is near.
  public func nearest(to key: String) -> String? {
    let wanted = Self.folded(key)
    guard !wanted.isEmpty, wanted.count <= Self.longest else { return nil }
    if let same = firstOfLetters[wanted] { return keys[same] }
    var best: (index: Int, distance: Int)?
    for (index, candidate) in letters.enumerated() {
      let allowed = min(
        Self.allowance(min(candidate.count, wanted.count)), (best?.distance ?? .max) - 1)
      guard allowed > 0, abs(candidate.count - wanted.count) <= allowed,
        candidate.count <= Self.longest
      else { continue }
      let distance = alignmentDistance(wanted, candidate)
      if distance <= allowed { best = (index, distance) }
    }
    return best.map { keys[$0.index] }
  }

  private static func folded(_ key: String) -> [UInt8] { Array(columnNameWords(key).joined().utf8) }

  private static func allowance(_ length: Int) -> Int {
    switch length {
    case ..<3: 0
    case ..<8: 1
    case ..<16: 2
    default: 3
    }
  }
}
