/// Text as a YAML scalar that reads back as the same text: plain where that is safe, in double
/// quotes otherwise.
public func yamlScalar(_ text: String) -> String {
  if isSafePlain(text) { return text }
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    case "\n": quoted += "\\n"
    case "\r": quoted += "\\r"
    case "\t": quoted += "\\t"
    default:
      // Control characters, and the separators and marks that YAML does not allow or keep.
      let value = scalar.value
      let isPrintable =
        value >= 0x20 && !(0x7F...0xA0).contains(value) && !(0x2028...0x2029).contains(value)
        && value != 0xFEFF && value != 0xFFFE && value != 0xFFFF
      if isPrintable {
        quoted.unicodeScalars.append(scalar)
      } else {
        let digits = String(value, radix: 16, uppercase: true)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
  }
  return quoted + "\""
}

/// Letters, digits, spaces, dots, dashes, underscores and parentheses, starting and ending with a
/// letter or a digit, and no word or number that a YAML reader could take for something else.
private func isSafePlain(_ text: String) -> Bool {
  let words: Set<String> = [
    "y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf",
  ]
  guard let first = text.unicodeScalars.first, first.properties.isAlphabetic,
    let last = text.unicodeScalars.last, last != " ", !words.contains(text.lowercased())
  else { return false }
  return text.unicodeScalars.allSatisfy { scalar in
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      || [" ", ".", "-", "_", "(", ")"].contains(scalar)
  }
}
