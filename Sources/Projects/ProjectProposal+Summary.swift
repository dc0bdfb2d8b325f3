extension ProjectProposal {
  /// What was proposed, in a few lines, and what to do next.
  public func summary(writtenTo path: String) -> String {
    var lines = ["Wrote \(path):"]
    lines.append("  id        \(id.isEmpty ? "none found" : id.joined(separator: ", "))")
    if let outcome {
      lines.append(
        "  outcome   \(outcome.column)"
          + (outcome.won.isEmpty
            ? "" : ": \(outcome.won.map(\.text).joined(separator: ", ")) won")
          + (outcome.lost.isEmpty
            ? "" : ", \(outcome.lost.map(\.text).joined(separator: ", ")) lost"))
    } else {
      lines.append("  outcome   none found: say in \(path) which column tells won from lost")
    }
    if let created { lines.append("  created   \(created)") }
    if let account { lines.append("  account   \(account)") }
    if !exclusions.isEmpty {
      lines += Self.wrapped(exclusions.map(\.column), start: "  left out  ")
    }
    if hasUnlikelyHeader {
      lines.append("")
      lines.append(
        "The names of the columns look like cells. If the file has no header line, start again with"
      )
      lines.append("--no-header: its first lead was taken for one.")
    }
    if !questions.isEmpty {
      lines.append("")
      lines.append("To settle in \(path) first, since no cell tells:")
      for question in questions { lines.append("  \(question.text)") }
    }
    lines.append("")
    lines.append("Read it, correct what is wrong, then:")
    let flag = path == "kelvin.yaml" ? "" : " --project \(path)"
    lines.append("  kelvin-train audit\(flag)")
    lines.append("  kelvin-train fit\(flag)")
    return lines.joined(separator: "\n")
  }

  /// Names after commas, in lines of 80 columns where names allow it, set in below the first.
  private static func wrapped(_ names: [String], start: String) -> [String] {
    var lines: [String] = []
    var line = start
    for (index, name) in names.enumerated() {
      let word = name + (index + 1 < names.count ? "," : "")
      if line.count > start.count, line.count + 1 + word.count > 80 {
        lines.append(line)
        line = String(repeating: " ", count: start.count)
      }
      line += (line.count > start.count ? " " : "") + word
    }
    return lines + [line]
  }
}
