/// How much memory activities may take before they go to a file, and where that file is.
public struct ActivityMemory: Sendable, Equatable {
  /// Bytes; what is beyond goes to a file without a name. The default, 1 GiB, holds some forty million
  /// activities with a value and an attribute, and leaves as much for the leads of a history five times
  /// as long within 4 GB.
  public var limit: Int
  /// `nil` takes `TMPDIR`, or `/tmp`.
  public var folder: String?

  public init(limit: Int = 1 << 30, folder: String? = nil) {
    self.limit = limit
    self.folder = folder
  }
}
