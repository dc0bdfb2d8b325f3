/// The lines of many leads' ledgers side by side: what a line is called is kept once for all leads, so that
/// a line of a lead takes 16 bytes.
struct KeptLedgers: Sendable {
  /// What a line is called.
  private struct Name: Hashable {
    let kind: LedgerLine.Kind
    let category: String
    let group: String?
    let rule: String?
  }

  private struct Line {
    let name: Int32
    let events: Int32
    let thousandths: Int
  }

  private var names: [Name] = []
  private var placesOfNames: [Name: Int32] = [:]
  private var lines: [Line] = []
  /// Where each lead's lines begin, and where the last one's end.
  private var starts = [0]

  var count: Int { starts.count - 1 }

  private mutating func place(_ name: Name) -> Int32 {
    if let place = placesOfNames[name] { return place }
    let place = Int32(names.count)
    names.append(name)
    placesOfNames[name] = place
    return place
  }

  mutating func append(_ ledger: [LedgerLine]) {
    for line in ledger {
      let name = Name(
        kind: line.kind, category: line.category, group: line.group, rule: line.rule)
      lines.append(
        Line(
          name: place(name), events: Int32(clamping: line.events), thousandths: line.thousandths))
    }
    starts.append(lines.count)
  }

  mutating func append(_ other: KeptLedgers) {
    let places = other.names.map { place($0) }
    let offset = lines.count
    for line in other.lines {
      lines.append(
        Line(
          name: places[Int(line.name)], events: line.events, thousandths: line.thousandths))
    }
    for start in other.starts.dropFirst() { starts.append(offset + start) }
  }

  subscript(row: Int) -> [LedgerLine] {
    lines[starts[row]..<starts[row + 1]].map { line in
      let name = names[Int(line.name)]
      return LedgerLine(
        kind: name.kind, category: name.category, group: name.group, rule: name.rule,
        thousandths: line.thousandths, events: Int(line.events))
    }
  }

  func gathered(_ rows: [Int]) -> KeptLedgers {
    var gathered = KeptLedgers()
    (gathered.names, gathered.placesOfNames) = (names, placesOfNames)
    for row in rows {
      gathered.lines += lines[starts[row]..<starts[row + 1]]
      gathered.starts.append(gathered.lines.count)
    }
    return gathered
  }
}
