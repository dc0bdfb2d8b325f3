import Comparison
import Foundation
import Tables

/// Generated leads and their figures as Python computed them (Fixtures/comparison_figures.py).
struct ComparisonFixture {
  let leads: ComparedLeads
  let figures: [String: Any]

  init() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures")
    let text = try String(contentsOf: folder.appendingPathComponent("leads.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    func numbers(_ column: Int) -> [Double] { rows.map { Double($0[column]) ?? .nan } }
    var leads = ComparedLeads(
      labels: rows.map { UInt8($0[0]) ?? 9 }, probabilities: numbers(1), ruleScores: numbers(2))
    leads.values = ("value", numbers(3))
    leads.contacted = ("contacted", rows.map { $0[4] == "1" })
    let levels = ["fair", "partner", "web"]
    leads.segments = [
      ComparedLeads.SegmentColumn(
        name: "source",
        values: CategoryValues(
          codes: rows.map { Int32(levels.firstIndex(of: String($0[5])) ?? -1) }, levels: levels))
    ]
    leads.rules = [
      ComparedLeads.RuleHits(
        rule: "held", group: "g", points: 5,
        rows: rows.indices.filter { rows[$0][6] == "1" }.map { Int32($0 - rows.startIndex) })
    ]
    self.leads = leads
    let data = try Data(contentsOf: folder.appendingPathComponent("figures.json"))
    figures = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }
}

/// A figure in nested dictionaries and lists, by its path: `"tops", 0, "both", "leads"`.
func figure(_ root: Any?, _ path: Any...) -> Double {
  var value = root
  for step in path {
    if let key = step as? String {
      value = (value as? [String: Any])?[key]
    } else if let index = step as? Int, let list = value as? [Any], index < list.count {
      value = list[index]
    }
  }
  return (value as? NSNumber)?.doubleValue ?? .nan
}
