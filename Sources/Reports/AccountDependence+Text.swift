import Metrics
import Models

extension AccountDependence {
  func add(to page: inout TextPage) {
    page.heading("Accounts")
    page.paragraph(sentence)
  }

  /// What the fit found, in a sentence or two.
  private var sentence: String {
    let value = NumberText.fixed(correlation, 2)
    let column = column.map { " (\($0))" } ?? ""
    guard let evidence else {
      return
        "Of leads of one account\(column) nothing could be learned: account probabilities take a "
        + "correlation of \(value) (0: each lead by itself; 1: all as one)."
    }
    return
      "Leads of one account\(column) go together with a correlation of \(value) (0: each lead by itself; "
      + "1: all as one). Of \(NumberText.count(evidence.accounts)) accounts with several leads "
      + "\(NumberText.count(evidence.converted)) had a conversion; "
      + "\(NumberText.fixed(evidence.expectedAlone, 1)) were to be expected of leads by themselves, "
      + "\(NumberText.fixed(evidence.expected, 1)) with the correlation."
  }
}
