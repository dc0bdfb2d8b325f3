import Metrics

/// Columns of the leads that only the export tells of, whenever the leads are looked at.
struct ExportColumns: Equatable, Sendable {
  var names: [String] = []

  /// What it means to learn from them, or to be judged by them: `3 columns are as of the export; …`.
  var liveWarning: String? {
    names.isEmpty ? nil : "\(words); expect worse live: \(names.briefly)."
  }

  /// What it means to look at leads as of a moment before the export.
  var pastWarning: String? {
    names.isEmpty
      ? nil : "\(words), not of the moment: \(names.briefly). They may tell what came after it."
  }

  private var words: String {
    NumberText.counted(names.count, "column is", "columns are") + " as of the export"
  }

  func without(_ unlearned: Set<String>) -> ExportColumns {
    ExportColumns(names: names.filter { !unlearned.contains($0) })
  }
}

extension [String] {
  /// The first eight, and how many there are besides.
  var briefly: String {
    let shown = prefix(8).joined(separator: ", ")
    return count > 8 ? "\(shown) and \(count - 8) more" : shown
  }
}
