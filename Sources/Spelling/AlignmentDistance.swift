/// The least number of letters inserted, deleted, replaced or swapped with their neighbour that make one
/// word the other, no letter touched twice.
///
/// Optimal string alignment (the restricted Damerau–Levenshtein distance), by dynamic programming over
/// three rows: time in the product of the lengths, memory in the right one's. Can be inlined, so that it is
/// compiled for the callers' letters.
@inlinable
public func alignmentDistance<Letter: Equatable>(_ left: [Letter], _ right: [Letter]) -> Int {
  var twoBack = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  var current = twoBack
  for i in left.indices {
    current[0] = i + 1
    for j in right.indices {
      let replaced = previous[j] + (left[i] == right[j] ? 0 : 1)
      var least = min(previous[j + 1] + 1, current[j] + 1, replaced)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        least = min(least, twoBack[j - 1] + 1)
      }
      current[j + 1] = least
    }
    (twoBack, previous, current) = (previous, current, twoBack)
  }
  return previous[right.count]
}
