import Foundation
import Glibc
import Testing

/// One model fitted once for all tests that only read one.
enum FittedModel {
  static let leads = SampleLeads(300)

  /// The bytes of the fitted registry's files.
  private static let files: [(name: String, bytes: [UInt8])] = {
    do {
      let place = try Workspace(leads)
      try place.fit("--hold-out", "25%", "--hold-out-file", "held.csv")
      var files = try place.names("m").map { ($0, try place.bytes("m/" + $0)) }
      files.append(("../held.csv", try place.bytes("held.csv")))
      return files
    } catch {
      Issue.record("the model of the tests cannot be fitted: \(error)")
      return []
    }
  }()

  /// A folder with `leads.csv`, `rules.yaml`, the model `m` fitted to three quarters of the leads, and
  /// the others in `held.csv`.
  static func workspace() throws -> Workspace {
    let place = try Workspace(leads)
    try place.write("rules.yaml", SampleLeads.rules)
    try place.makeFolder("m")
    for file in files { try place.write("m/" + file.name, file.bytes) }
    return place
  }
}
