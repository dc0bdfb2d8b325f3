import Testing

@testable import Spelling

@Suite struct AlignmentDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("won", "won", 0), ("won", "wonn", 1),
    ("deal_stage", "dael_stage", 1), ("kitten", "sitting", 3), ("ca", "abc", 3), ("ñu", "nu", 1),
    ("abcd", "badc", 2),
  ])
  func countsTheChangesOfAPerson(left: String, right: String, distance: Int) {
    #expect(alignmentDistance(Array(left), Array(right)) == distance)
    #expect(alignmentDistance(Array(right), Array(left)) == distance)
  }

  /// The recursion that defines it, without a table.
  private func naive(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    guard let a = left.last, let b = right.last else { return max(left.count, right.count) }
    var least = min(
      naive(left.dropLast(), right) + 1, naive(left, right.dropLast()) + 1,
      naive(left.dropLast(), right.dropLast()) + (a == b ? 0 : 1))
    if left.count > 1, right.count > 1, left.dropLast().last == b, right.dropLast().last == a {
      least = min(least, naive(left.dropLast(2), right.dropLast(2)) + 1)
    }
    return least
  }

  @Test func equalsItsDefinitionOnAllShortWords() {
    var words: [[UInt8]] = [[]]
    var longest = words
    for _ in 0..<4 {
      longest = longest.flatMap { word in [UInt8(0), 1, 2].map { word + [$0] } }
      words += longest
    }
    let left = words.filter { $0.count % 2 == 0 }
    for a in left.prefix(30) {
      for b in words {
        #expect(alignmentDistance(a, b) == naive(a[...], b[...]), "\(a) and \(b)")
      }
    }
  }
}
