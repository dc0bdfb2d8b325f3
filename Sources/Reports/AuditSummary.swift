import Audit
import Metrics

/// What an audit found, as the report of a fit shows it: leaks and suspects in full, the rest by number.
public struct AuditSummary: Codable, Sendable, Equatable {
  /// Leaks and suspects.
  public let findings: [Finding]
  /// How many warnings and notes there are besides.
  public let warnings: Int
  public let notes: Int

  public init(_ findings: [Finding]) {
    self.findings = findings.filter { $0.severity <= .suspect }
    warnings = findings.count { $0.severity == .warning }
    notes = findings.count { $0.severity == .note }
  }
}

extension AuditSummary {
  func add(to page: inout TextPage) {
    for severity in [Finding.Severity.leak, .suspect] {
      findings.filter { $0.severity == severity }.add(of: severity, to: &page)
    }
    guard warnings + notes > 0 else { return }
    let counts = [
      (warnings, "warning"), (notes, "note"),
    ].filter { $0.0 > 0 }.map { NumberText.counted($0.0, $0.1) }.joined(separator: " and ")
    page.heading("Audit: \(counts) more; kelvin-train audit shows them.")
  }
}
