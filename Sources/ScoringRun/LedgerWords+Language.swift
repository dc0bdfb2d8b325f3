import Explanations
import Models
import Rules

extension LedgerWords {
  init(_ language: ReasonLanguage) {
    self = language == .spanish ? .spanish : .english
  }
}

extension NoveltyWords {
  init(_ language: ReasonLanguage) {
    self = language == .spanish ? .spanish : .english
  }
}
