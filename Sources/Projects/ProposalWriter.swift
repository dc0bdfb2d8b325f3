import Tables
import YAMLDocuments

/// Writes a proposed project file: what was found as keys, what needs a person as comments.
struct ProposalWriter {
  let fileName: String
  let source: TableSource
  let activities: ActivityProposal?
  let table: Table
  let schema: TableSchema
  let id: String?
  let account: String?
  let created: String?
  let outcome: OutcomeProposal?
  let otherOutcomes: [String]
  let exclusions: [ProjectProposal.Exclusion]
  let missing: [String]
  let scoreColumn: String?
  let questions: [ColumnQuestion]
  let words: [String]

  func text() -> String {
    let sections = [
      opening, idSection, outcomeSection, datesSection, missingSection, excludeSection,
      vocabularySection, columnsSection, activitiesSection, closing,
    ].filter { !$0.isEmpty }
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var shortName: String {
    String(fileName.split(separator: "/").last ?? "leads")
  }

  private var opening: [String] {
    var stem = shortName
    if let dot = stem.firstIndex(of: ".") { stem = String(stem[..<dot]) }
    let words = columnNameWords(stem).joined(separator: "-")
    let isText = if case .csv = source.place { true } else { false }
    var leads = "leads: {\(place(table: nil))"
    if isText, schema.dialect.encoding == .windows1252 { leads += ", encoding: windows-1252" }
    if isText, !schema.dialect.hasHeader { leads += ", header: false" }
    return [
      "# Proposed from \(comment(shortName)): \(table.rowCount) rows, "
        + "\(table.columns.count) columns.",
      "# Everything after a # is a note. Read them, correct what is wrong, then train.",
      "",
      "name: \(yamlScalar(words.isEmpty ? "leads" : words))",
      leads + "}",
    ]
  }

  /// Where the leads are, or another table of the same database.
  private func place(table: String?) -> String {
    switch source.place {
    case .excel(let path, let sheet):
      "excel: \(yamlScalar(path.written))" + (sheet.map { ", sheet: \(yamlScalar($0))" } ?? "")
    case .sqlite(let path, .table(let own)):
      "sqlite: \(yamlScalar(path.written)), table: \(yamlScalar(table ?? own))"
    default: "csv: \(yamlScalar(fileName))"
    }
  }

  /// What a log of activities adds, to be taken up or left.
  private var activitiesSection: [String] {
    let opening =
      activities.map {
        [
          "# The table \(comment($0.table)) looks like a log of what leads did and what was done for them."
        ]
      } ?? [
        "# A log of what leads did and what was done for them, a row each, tells more than any field."
      ]
    let key =
      activities.map { $0.lines(from: "{\(place(table: $0.table))}") }
      ?? [
        "activities: {from: activities.csv, lead: lead_id, at: occurred_at, type: kind,",
        "             by_us: [call, email_sent]}",
      ]
    let event =
      "outcome: {event: won, lost: lost, within: 90d}  # activities that win and lose a lead"
    return opening
      + [
        "# With it, leads are looked at as of decision times and asked what came within a horizon; `id` and",
        "# `created` must be given. Take the # away, name under by_us what you do yourselves, and say what",
        "# wins a lead (in place of `outcome` above):",
      ] + (key + [event]).map { "# " + $0 }
  }

  private var vocabularySection: [String] {
    guard !words.isEmpty else { return [] }
    return [
      "# What the cells of \(words.map(comment).joined(separator: ", ")) mean becomes columns of its own,",
      "# also where they are left out themselves: seniority, department, free mail address, country code.",
      "vocabulary: standard",
    ]
  }

  private var idSection: [String] {
    guard let id else {
      return [
        "# No column has another value in every row and a name like id. Name the one that tells",
        "# leads apart; it is carried to the output and never learned from.",
        "# id: lead_id",
      ]
    }
    return [
      "# Tells leads apart (another value in every row): carried to the output, never learned from.",
      "id: \(yamlScalar(id))",
    ]
  }

  private var outcomeSection: [String] {
    guard let outcome else {
      return [
        "# No column looks like an outcome. Name the one that says what became of each lead, and",
        "# the values that mean won and lost; every other value is open and is not learned from.",
        "# outcome: {column: deal_stage, won: [Won], lost: [Lost]}",
      ]
    }
    var lines: [String] = []
    if outcome.isFlag {
      lines += [
        "# What became of each lead: yes is won, no is lost (\(counts(outcome.others))).",
        "outcome: {column: \(yamlScalar(outcome.column))}",
      ]
    } else if outcome.isSettled {
      lines += [
        "# What became of each lead. Check these values: they decide everything that follows.",
        "outcome:",
        "  column: \(yamlScalar(outcome.column))",
        "  won: \(list(outcome.won))  # \(counts(outcome.won))",
        "  lost: \(list(outcome.lost))  # \(counts(outcome.lost))",
      ]
      if !outcome.others.isEmpty {
        lines.append("  # Open, neither won nor lost: \(counts(outcome.others)).")
      }
    } else {
      lines += [
        "# \(comment(outcome.column)) looks like the outcome, but which of its values mean won and",
        "# which lost is for you to say; the rest are open. It has:",
        "#   \(counts(outcome.won + outcome.lost + outcome.others))",
        "# outcome:",
        "#   column: \(yamlScalar(outcome.column))",
        "#   won: \(list(outcome.won))",
        "#   lost: \(list(outcome.lost))",
      ]
    }
    if !otherOutcomes.isEmpty {
      lines.append(
        "# Could also hold the outcome: "
          + otherOutcomes.map(comment).joined(separator: ", ") + ".")
    }
    return lines
  }

  private var datesSection: [String] {
    var lines: [String] = []
    if let created {
      lines += ["# When each lead came in: models are validated forward in time."]
      lines += ["created: \(yamlScalar(created))"]
    } else {
      lines += [
        "# No date says when a lead came in. With one, models are validated forward in time."
      ]
      lines += ["# created: created_at"]
    }
    if let account {
      lines += ["# Leads of one account are never split between training and validation."]
      lines += ["account: \(yamlScalar(account))"]
    }
    return lines
  }

  private var missingSection: [String] {
    [
      "# Cells that mean \"not filled in\".",
      "missing: [\(missing.map(yamlScalar).joined(separator: ", "))]",
    ]
  }

  private var excludeSection: [String] {
    guard !exclusions.isEmpty else {
      return [
        "# Leave out what is only known after the outcome, such as a close date or a lost reason:",
        "# no column has a name that says so.",
        "# exclude: [close_date]",
      ]
    }
    var lines = ["# Left out, and why. Take a line away to learn from its column.", "exclude:"]
    for exclusion in exclusions {
      lines.append("  - \(yamlScalar(exclusion.column))  # \(exclusion.reason)")
    }
    return lines
  }

  private var columnsSection: [String] {
    var lines: [String] = []
    for question in questions {
      lines.append("# TO SETTLE: \(comment(question.text)) No cell tells.")
    }
    if !questions.isEmpty {
      lines.append("# Take the # away before `columns:` and before the line that is right:")
    } else {
      lines.append(
        "# Columns as they were read. To change one, take the # away before `columns:` and its line."
      )
    }
    if schema.columns.contains(where: { $0.type == .number }) {
      lines += [
        "# A number that can only speak for a lead, or only against it, may be held to that in trees:",
        "# {type: number, monotone: increasing}, or decreasing.",
      ]
    }
    lines.append("# columns:")
    for question in questions {
      for answer in question.answers {
        lines.append("#   \(yamlScalar(question.column)): \(answer)")
      }
    }
    let asked = Set(questions.map(\.column))
    for column in schema.columns where !asked.contains(column.name) {
      var kind = column.type.rawValue
      if column.type == .date, let order = column.dateOrder {
        kind = "{type: date, dates: \(order.rawValue)}"
      } else if column.type == .number, column.numberFormat?.decimalMark == UInt8(ascii: ",") {
        kind = "{type: number, decimal: \",\"}"
      }
      lines.append("#   \(yamlScalar(column.name)): \(kind)")
    }
    return lines
  }

  private var closing: [String] {
    var lines = [
      "training: {algorithms: [logistic, boosting], seed: 1, hold_out: 25%}",
      "",
      "# Your points, to be judged beside the model: a rule file",
      "# rules: rules.yaml",
      "# Who was called: a column, or {event: call} of activities. Points that decided it get credit for the",
      "# wins that calling caused; rules and model are then also compared among those alone.",
      "# contacted: called_at",
    ]
    if let scoreColumn {
      lines += [
        "# or a column of points that another system computed. It holds the score of the day of the",
        "# export, which may already know the outcome.",
        "# rule_score: \(yamlScalar(scoreColumn))",
      ]
    }
    return lines
  }

  private func list(_ values: [OutcomeProposal.Value]) -> String {
    "[\(values.map { yamlScalar($0.text) }.joined(separator: ", "))]"
  }

  private func counts(_ values: [OutcomeProposal.Value]) -> String {
    values.map { "\(comment($0.text)) \($0.count)" }.joined(separator: ", ")
  }

  /// Text within a comment: on one line, and nothing in it that YAML does not allow.
  private func comment(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isPlain = yamlScalar("\"\(scalar)").unicodeScalars.contains(scalar)
      view.append(isPlain && !scalar.properties.isWhitespace ? scalar : " ")
    }
    return String(view)
  }
}
