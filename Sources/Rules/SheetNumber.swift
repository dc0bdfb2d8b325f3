import YAMLDocuments

/// A number as people write it in a sheet, with a point or a comma and with or without thousands
/// apart, as rules write it; `nil` for what is no number.
///
/// - Throws: for `1,000` and `1.000`, which are a thousand in one language and one in another.
func sheetNumber(_ text: String) throws(SheetCellProblem) -> String? {
  let marks = text.filter { $0 == "," || $0 == "." }
  guard let last = marks.last else { return plainNumber(text) == nil ? nil : text }
  let sign = text.prefix { $0 == "-" || $0 == "+" }
  let parts = text.dropFirst(sign.count).split(omittingEmptySubsequences: false) {
    $0 == "," || $0 == "."
  }
  let areThousands = { (parts: ArraySlice<Substring>) in
    (1...3).contains(parts.first?.count ?? 0) && parts.first?.first != "0"
      && parts.dropFirst().allSatisfy { $0.count == 3 }
  }
  let written: String
  if marks.count == 1 {
    guard !areThousands(parts[...]) else {
      throw SheetCellProblem(
        reason:
          "“\(text)” may be \(sign)\(parts.joined()) or \(sign)\(parts[0]): write one of them.")
    }
    written = "\(sign)\(parts.joined(separator: "."))"
  } else if Set(marks).count == 1, areThousands(parts[...]) {
    written = "\(sign)\(parts.joined())"
  } else if marks.count(where: { $0 == last }) == 1, areThousands(parts.dropLast()) {
    written = "\(sign)\(parts.dropLast().joined()).\(parts[parts.count - 1])"
  } else {
    return nil
  }
  return plainNumber(written) == nil ? nil : written
}
