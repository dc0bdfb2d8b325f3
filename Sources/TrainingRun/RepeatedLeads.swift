import ModelFiles
import Parallel
import Tables

/// Leads that stand in the history more than once, under one id, alike in every cell, or with the e-mail
/// address of another.
///
/// A copy in another fold, or held out, would be recognised rather than predicted, and flatter the
/// figures; so copies are kept together like the leads of an account.
struct RepeatedLeads: Sendable {
  /// What copies share.
  enum Basis: Sendable, Equatable {
    case ids
    /// All cells that are features, where there is no id column.
    case cells
    /// Rows are examples: those of a lead belong together and are no copies.
    case examples
  }

  let basis: Basis
  /// Closed rows.
  let leadCount: Int
  /// One a closed row, in their order: the same number for copies, -1 for a lead that stands once;
  /// empty where all do.
  let codes: [Int32]
  /// Rows that have a copy.
  let rowCount: Int

  /// Rows that share an e-mail address.
  let emails: EmailGroups

  /// With more rows alike than this, columns are coarse rather than leads repeated, and being alike says
  /// nothing about being the same lead.
  private static let largestShareOfCopies = 0.1

  /// Whether leads can be told apart at all.
  var tellsLeadsApart: Bool {
    basis != .cells || Double(rowCount) <= Self.largestShareOfCopies * Double(leadCount)
  }

  /// - Parameters:
  ///   - rows: the closed rows, ascending.
  ///   - features: the columns that become features.
  init(
    table: Table, rows: [Int], ids: [String], features: [String], areExamples: Bool = false,
    pool: WorkerPool
  ) throws {
    basis = areExamples ? .examples : ids.isEmpty ? .cells : .ids
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
    rowCount = areExamples ? 0 : codes.count { $0 >= 0 }
    emails = EmailGroups(table: table, rows: rows)
  }

  /// Accounts with copies joined to them: leads that share an account or an e-mail address, or are
  /// copies, get one number.
  /// - Parameter accounts: one a closed row, -1 for none; `nil` without accounts.
  /// - Returns: `nil` where there is nothing to keep together.
  func clusters(accounts: [Int32]?) -> [Int32]? {
    var relations: [[Int32]] = []
    if !codes.isEmpty, tellsLeadsApart { relations.append(codes) }
    if emails.rowCount > 0 { relations.append(emails.codes) }
    guard !relations.isEmpty else { return accounts }
    if relations.count == 1, accounts == nil { return relations[0] }
    var union = RowUnion(rowCount: leadCount)
    for relation in [accounts].compactMap({ $0 }) + relations { union.join(codes: relation) }
    return union.groups()
  }
}
