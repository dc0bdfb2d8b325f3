import Parallel
import Rules
import Sources
import Tables

/// Some leads to be scored: typed columns, and cells that go to the output beside the scores.
struct LeadBlock: Sendable {
  /// Cells that are carried to the output.
  enum Carried: Sendable {
    /// Byte for byte as a text file has them.
    case raw(RawFields)
    case texts([String])
  }

  let table: Table
  /// Ids, and what else names a line of the output.
  let carried: [Carried]
  /// Of each column of the stream, the filled cells that did not parse.
  let unparsedCounts: [Int]
  let skippedRows: Int
  /// What the leads did, for rules that ask; `nil` without activities.
  var events: RuleEvents?
}

/// Leads that come in blocks: of a table as it stands, or made of a project's tables.
protocol ScorableLeads: Sendable {
  /// As the user named it.
  var name: String { get }
  var dialect: TextDialect { get }
  /// Typed columns that are read, in the order of `LeadBlock.unparsedCounts`.
  var columns: [String] { get }
  /// Columns that the model does not know.
  var extraColumns: [String] { get }
  /// The names of what is carried; empty where leads have nothing that names them.
  var carriedColumns: [String] { get }
  /// What a reader of the scores must know.
  var warnings: [String] { get }
  /// The types of the activities that there are; `nil` without activities.
  var activityTypes: [String]? { get }

  func forEachBlock<Output: Sendable>(
    pool: WorkerPool, _ process: @Sendable (LeadBlock) throws -> Output,
    consume: (Output) throws -> Void
  ) throws

  /// The rows of a block that get a score: the open ones, or all.
  func rowsToScore(_ block: LeadBlock, includesClosed: Bool) throws -> [Int]
}

extension BlockEncoder {
  func append(_ carried: LeadBlock.Carried, row: Int, to records: inout CSVRecordBuffer) {
    switch carried {
    case .raw(let fields):
      if carriesText {
        records.append(cell: fields.text(row))
      } else {
        records.append(raw: fields[row])
      }
    case .texts(let texts): records.append(cell: texts[row])
    }
  }
}
