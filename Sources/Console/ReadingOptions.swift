import ArgumentParser
import Sources
import Tables

/// The flags that say how a text file is written; what is not given is found from the file.
public struct ReadingOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Separator: , ; | or tab; found from the file otherwise.", valueName: "mark")
  )
  public var separator: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "utf-8, utf-16le, utf-16be or windows-1252; UTF-8 and byte-order marks are found.",
      valueName: "name"))
  public var encoding: String?

  @Flag(name: .long, help: "The file has no header line; columns are column_1, column_2, …")
  public var noHeader = false

  @Flag(name: .long, help: "Leave out rows that can't be read, and say how many.")
  public var skipBadRows = false

  public init() {}

  public func csvOptions() throws -> CSVReadOptions {
    var options = CSVReadOptions()
    options.separator = try separatorByte
    options.encoding = try textEncoding
    options.hasHeader = !noHeader
    options.skipBadRows = skipBadRows
    return options
  }

  public var separatorByte: UInt8? {
    get throws {
      switch separator {
      case nil: nil
      case ",", "comma": UInt8(ascii: ",")
      case ";", "semicolon": UInt8(ascii: ";")
      case "|", "pipe": UInt8(ascii: "|")
      case "\t", "\\t", "tab": UInt8(ascii: "\t")
      case let text?: throw ValidationError("--separator is “\(text)”; expected , ; | or tab")
      }
    }
  }

  public var textEncoding: TextDialect.Encoding? {
    get throws {
      guard let encoding else { return nil }
      guard let found = TextDialect.Encoding(rawValue: encoding.lowercased()) else {
        throw ValidationError(
          "--encoding is “\(encoding)”; expected "
            + TextDialect.Encoding.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return found
    }
  }
}
