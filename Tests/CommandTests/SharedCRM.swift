import Foundation
import Glibc
import Testing

/// A generated CRM, made once for all tests that read it.
enum SharedCRM {
  static let leads = 1_200

  /// The folder that it is in.
  private static let made = Result { () throws -> String in
    var template = Array("/tmp/kelvin-crm-XXXXXX".utf8CString)
    let folder = template.withUnsafeMutableBufferPointer { buffer -> String? in
      guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
      return String(cString: start)
    }
    guard let folder else { throw Problem.notMade("no folder") }
    // It is for all tests, and goes with the program that runs them.
    atexit { SharedCRM.remove() }
    let result = try CommandProcess(
      program: KelvinCommand.crm.path,
      arguments: ["--out", folder, "--leads", "\(leads)", "--seed", "3", "--format", "sqlite"],
      folder: folder, captures: folder
    ).wait()
    guard result.status == 0 else { throw Problem.notMade(result.errors) }
    return folder
  }

  enum Problem: Error { case notMade(String) }

  private static func remove() {
    guard case .success(let folder) = made else { return }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// A folder of its own with the database in it as `crm.db`.
  static func workspace() throws -> Workspace {
    let place = try Workspace()
    symlink(try made.get() + "/crm.db", place.path("crm.db"))
    return place
  }

  /// The tables and their columns, for a project file.
  static let tables = """
    leads: {sqlite: crm.db, table: leads}
    id: lead_id
    account: account_id
    created: created_at
    activities: {from: {sqlite: crm.db, table: activities}, lead: lead_id, at: occurred_at, type: kind,
                 value: amount, attributes: [product], by_us: [email_sent, call],
                 recorded_at: recorded_at}

    """

  /// A fit of a second or two.
  static let training =
    "training: {algorithms: [logistic], folds: 2, penalty: 30, numbers: linear}\n"

  /// The CRM as of July 2025 (`july.yaml`) beside the whole one (`kelvin.yaml`), and a model `m` of the former.
  static func learnedInJuly() throws -> Workspace {
    let place = try workspace()
    let whole =
      tables + "exclude: [stage, closed_at, onboarding_owner]\n"
      + "outcome: {event: won, lost: lost, within: 60d}\ndecision: {ages: [0d, 14d]}\n"
      + training
    try place.write("kelvin.yaml", whole)
    try place.write("leads.sql", "SELECT * FROM leads WHERE created_at < '2025-07-01'")
    try place.write(
      "activities.sql",
      "SELECT * FROM activities WHERE occurred_at < '2025-07-01' AND recorded_at < '2025-07-01'")
    try place.write(
      "july.yaml",
      whole.replacing("table: leads", with: "query: leads.sql")
        .replacing("table: activities", with: "query: activities.sql"))
    let fit = try place.train("fit", "--project", "july.yaml", "--model", "m", "--quiet")
    #expect(fit.status == 0, "\(fit.errors)")
    return place
  }
}
