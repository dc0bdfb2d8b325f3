import Spelling

/// The name among `names` that a mistyped one most likely means.
///
/// The distance is the least number of letters inserted, deleted, replaced or swapped with their
/// neighbour (optimal string alignment), case and underscores aside. A name is near when that is at
/// most a third of the longer one's length, and at least one; the first of equally near names wins.
/// - Returns: `nil` where none is near.
public func nearestName(to name: String, among names: some Sequence<String>) -> String? {
  // Longer strings are no typing mistakes; the bound keeps the distance table small.
  let longest = 200
  let wanted = folded(name)
  guard !wanted.isEmpty, wanted.count <= longest else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in names {
    let letters = folded(candidate)
    guard !letters.isEmpty, letters.count <= longest else { continue }
    let allowed = max(1, max(letters.count, wanted.count) / 3)
    guard abs(letters.count - wanted.count) <= allowed else { continue }
    let distance = alignmentDistance(wanted, letters)
    if distance <= allowed, distance < best?.distance ?? Int.max {
      best = (candidate, distance)
    }
  }
  return best?.name
}

private func folded(_ name: String) -> [Character] {
  name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
}
