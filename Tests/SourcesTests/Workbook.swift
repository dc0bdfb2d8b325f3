import CZip
import Foundation

/// A workbook put together from the XML of its parts, for what no library would write.
struct Workbook {
  private static let relation =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// The rows of the first sheet.
  var rows = "<row><c><v>1</v></c></row>"
  var sheets = #"<sheet name="Leads" r:id="r1"/>"#
  var strings: String?
  var formats = ""

  private func relations(_ items: [(id: String, type: String, target: String)]) -> String {
    "<Relationships>"
      + items.map {
        #"<Relationship Id="\#($0.id)" Type="\#(Self.relation)/\#($0.type)" Target="\#($0.target)"/>"#
      }.joined() + "</Relationships>"
  }

  var parts: [(name: String, content: String)] {
    var parts = [
      ("_rels/.rels", relations([("r1", "officeDocument", "xl/workbook.xml")])),
      (
        "xl/_rels/workbook.xml.rels",
        relations([
          ("r1", "worksheet", "worksheets/sheet1.xml"),
          ("r2", "worksheet", "worksheets/sheet2.xml"),
          ("r3", "sharedStrings", "sharedStrings.xml"), ("r4", "styles", "styles.xml"),
        ])
      ),
      ("xl/workbook.xml", "<workbook><sheets>\(sheets)</sheets></workbook>"),
      ("xl/styles.xml", "<styleSheet>\(formats)</styleSheet>"),
      (
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData>\(rows)</sheetData></worksheet>"
      ),
      ("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"),
    ]
    parts.append(("xl/sharedStrings.xml", "<sst>\(strings ?? "")</sst>"))
    return parts
  }

  func write(_ path: String) throws { try Self.write(parts, to: path) }

  static func write(_ parts: [(name: String, content: String)], to path: String) throws {
    struct Failure: Error {}
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else { throw Failure() }
    for part in parts {
      let bytes = Array(part.content.utf8)
      // The library frees the copy when the archive is closed.
      guard let copy = malloc(max(bytes.count, 1)) else { throw Failure() }
      bytes.withUnsafeBytes {
        copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count)
      }
      let source = zip_source_buffer(archive, copy, UInt64(bytes.count), 1)
      guard zip_file_add(archive, part.name, source, UInt32(ZIP_FL_OVERWRITE)) >= 0 else {
        throw Failure()
      }
    }
    guard zip_close(archive) == 0 else { throw Failure() }
  }
}
