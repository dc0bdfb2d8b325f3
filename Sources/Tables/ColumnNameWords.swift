/// The words of a column's name, to compare it with names known in other spellings: lower case,
/// without accents, cut at spaces, punctuation, underscores and inner capitals.
///
/// `Fecha_de_Creación`, `fecha de creacion` and `fechaDeCreación` give the same words.
public func columnNameWords(_ name: String) -> [String] {
  var words: [String] = []
  var word = ""
  var previousIsSmall = false
  for scalar in name.unicodeScalars {
    // Combining marks are accents written apart from their letter.
    if (0x300...0x36F).contains(scalar.value) { continue }
    let isCapital = scalar.properties.isUppercase
    if isCapital, previousIsSmall, !word.isEmpty {
      words.append(word)
      word = ""
    }
    previousIsSmall = scalar.properties.isLowercase || scalar.properties.numericType != nil
    if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      for letter in scalar.properties.lowercaseMapping.unicodeScalars
      where !(0x300...0x36F).contains(letter.value) {
        word.unicodeScalars.append(unaccented[letter] ?? letter)
      }
    } else if !word.isEmpty {
      words.append(word)
      word = ""
    }
  }
  if !word.isEmpty { words.append(word) }
  return words
}

/// Letters with the accents of the languages that exports come in, and what stands for them.
private let unaccented: [Unicode.Scalar: Unicode.Scalar] = {
  var letters: [Unicode.Scalar: Unicode.Scalar] = [:]
  let groups: [(plain: Unicode.Scalar, accented: String)] = [
    ("a", "áàäâãå"), ("e", "éèëê"), ("i", "íìïî"), ("o", "óòöôõ"), ("u", "úùüû"), ("n", "ñ"),
    ("c", "ç"),
  ]
  for group in groups {
    for scalar in group.accented.unicodeScalars { letters[scalar] = group.plain }
  }
  return letters
}()
