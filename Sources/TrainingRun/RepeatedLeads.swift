import ModelFiles
import Parallel
import Tables

/// Leads that stand in the history more than once.
///
/// A copy in another fold, or held out, would be recognised rather than predicted, and flatter the
/// figures; so copies are kept together like the leads of an account.
struct RepeatedLeads: Sendable {
  /// What copies share.
  enum Basis: Sendable, Equatable {
    case ids
    /// All cells that are features, where there is no id column.
    case cells
  }

  let basis: Basis
  /// Closed rows.
  let leadCount: Int
  /// One a closed row, in their order: the same number for copies, -1 for a lead that stands once;
  /// empty where all do.
  let codes: [Int32]
  /// Rows that have a copy.
  let rowCount: Int

  /// With more rows alike than this, columns are coarse rather than leads repeated, and being alike says
  /// nothing about being the same lead.
  private static let largestShareOfCopies = 0.1

  /// Whether leads can be told apart at all.
  var tellsLeadsApart: Bool {
    basis == .ids || Double(rowCount) <= Self.largestShareOfCopies * Double(leadCount)
  }

  /// - Parameters:
  ///   - rows: the closed rows, ascending.
  ///   - features: the columns that become features.
  init(table: Table, rows: [Int], ids: [String], features: [String], pool: WorkerPool) throws {
    basis = ids.isEmpty ? .cells : .ids
    let leads: LeadIdentities =
      ids.isEmpty
      ? try .digests(of: table, columns: features, rows: rows, pool: pool)
      : try LeadIdentities(of: table, columns: ids, rows: rows)
    // Nobody sees these fingerprints, so the key is of no account.
    let prints = LeadFingerprinter(key: [UInt8](repeating: 0, count: 32))
      .fingerprints(of: leads, pool: pool)
    let sorted = prints.sorted()
    var repeated: [UInt64: Int32] = [:]
    for (print, next) in zip(sorted, sorted.dropFirst())
    where print == next && repeated[print] == nil {
      repeated[print] = Int32(repeated.count)
    }
    leadCount = rows.count
    codes = repeated.isEmpty ? [] : prints.map { repeated[$0] ?? -1 }
    rowCount = codes.count { $0 >= 0 }
  }

  /// Accounts with copies joined to them: leads that share an account or are copies get one number.
  /// - Parameter accounts: one a closed row, -1 for none; `nil` without accounts.
  /// - Returns: `nil` where there is nothing to keep together.
  func clusters(accounts: [Int32]?) -> [Int32]? {
    guard rowCount > 0, tellsLeadsApart else { return accounts }
    guard let accounts else { return codes }
    // Union of the two relations over the rows, by paths to the lowest row of a cluster.
    var parent = Array(accounts.indices)
    func root(_ row: Int) -> Int {
      var row = row
      while parent[row] != row {
        parent[row] = parent[parent[row]]
        row = parent[row]
      }
      return row
    }
    for relation in [accounts, codes] {
      var first: [Int32: Int] = [:]
      for (row, code) in relation.enumerated() where code >= 0 {
        let start = first[code] ?? row
        if first[code] == nil { first[code] = row }
        let (a, b) = (root(start), root(row))
        parent[max(a, b)] = min(a, b)
      }
    }
    return accounts.indices.map {
      accounts[$0] < 0 && codes[$0] < 0 ? -1 : Int32(root($0))
    }
  }
}
