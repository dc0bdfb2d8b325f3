/// What a word means in a yes/no column: 1 yes, 0 no; `nil` for any other word. Case is ignored.
func flagWord(_ text: String) -> Int8? {
  switch text.lowercased() {
  case "yes", "y", "sí", "si", "s", "true", "t", "verdadero", "v", "1": 1
  case "no", "n", "false", "f", "falso", "0": 0
  default: nil
  }
}
