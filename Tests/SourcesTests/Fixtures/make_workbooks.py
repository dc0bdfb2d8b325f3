"""Writes the workbooks of ExcelBytesTests and the CSV files that they must read the same as.

Made with Python 3.11, openpyxl 3.1.5 and XlsxWriter 3.3.1; run it in this folder. The workbook "raw" is
put together by hand, as other programs write them: inline strings, no cell references, prefixed
elements, absolute targets, UTF-16, days counted from 1904.
"""
import csv
import datetime as dt
import zipfile

import openpyxl
import xlsxwriter

HEADER = ["lead id", "created", "seen", "amount", "employees", "customer", "city", "note"]
ROWS = [
    ["007", dt.date(2024, 3, 1), dt.datetime(2024, 3, 1, 10, 30), 0.1, 12, True, "León", None],
    ["008", dt.date(1999, 12, 31), dt.datetime(2024, 2, 29, 23, 59, 59), 1e-7, 50, False,
     "A Coruña, \"La\" ciudad", "two\nlines"],
    ["009", None, dt.datetime(2024, 1, 1), 123456.789, 2500, True, "=1+1", None],
    ["010", dt.date(2030, 1, 15), None, None, None, None, "Tom & <Ana>", "  spaces  "],
    ["011", dt.date(1904, 2, 1), dt.datetime(2001, 9, 9, 1, 46, 40, 250000), -17.25, 0, False,
     "東京 😀", "_x0041_"],
]


def text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.strftime("%Y-%m-%d")
        shown = value.strftime("%Y-%m-%d %H:%M:%S")
        return shown + (".%03d" % (value.microsecond // 1000) if value.microsecond else "")
    if isinstance(value, dt.date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def write_csv(name, header, rows):
    with open(name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([[text(value) for value in row] for row in rows])


def write_openpyxl():
    """Shared strings, a hidden sheet first, empty rows and a column before the table."""
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title = "Lists"
    hidden.sheet_state = "hidden"
    hidden["A1"] = "nothing to read"
    sheet = book.create_sheet("Leads")
    for column, name in enumerate(HEADER):
        sheet.cell(3, column + 2, name)
    for index, row in enumerate(ROWS):
        for column, value in enumerate(row):
            cell = sheet.cell(index + 4, column + 2)
            cell.value = value
            if isinstance(value, str):
                # openpyxl leaves the escape of Excel's own escapes to its caller.
                cell.value = value.replace("_x0041_", "_x005F_x0041_")
                cell.data_type = "s"
    # Formats without values far below.
    sheet["B400"].font = openpyxl.styles.Font(bold=True)
    book.create_sheet("Other")["A1"] = "other"
    book.save("leads-openpyxl.xlsx")


def write_xlsxwriter():
    """Formulas with results, rich text, merged cells, an error cell, percentages."""
    book = xlsxwriter.Workbook("leads-xlsxwriter.xlsx", {"strings_to_formulas": False})
    day = book.add_format({"num_format": "[$-409]d \"de\" mmmm, yyyy;@"})
    moment = book.add_format({"num_format": "dd/mm/yy h:mm AM/PM"})
    percent = book.add_format({"num_format": "0.00%"})
    red = book.add_format({"color": "red"})
    sheet = book.add_worksheet("Leads 2024")
    sheet.write_row(0, 0, HEADER)
    for index, row in enumerate(ROWS):
        for column, value in enumerate(row):
            if value is None:
                sheet.write_blank(index + 1, column, None, red)
            elif isinstance(value, bool):
                sheet.write_boolean(index + 1, column, value)
            elif isinstance(value, dt.datetime):
                sheet.write_datetime(index + 1, column, value, moment)
            elif isinstance(value, dt.date):
                sheet.write_datetime(index + 1, column, value, day)
            elif value == "León":
                sheet.write_rich_string(index + 1, column, "Le", red, "ón")
            elif value == 2500:
                sheet.write_formula(index + 1, column, "=50*50", None, 2500)
            elif value == "011":
                sheet.write_formula(index + 1, column, '="0"&"11"', None, "011")
            elif column == 3:
                sheet.write_number(index + 1, column, value, percent)
            else:
                sheet.write(index + 1, column, value)
    sheet.write_formula(4, 3, "=NA()", None, "#N/A")
    book.close()


def write_raw():
    space = 'xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"'
    relation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    epoch = dt.datetime(1904, 1, 1)

    def escaped(value):
        return value.replace("&", "&amp;").replace("<", "&#60;").replace(">", "&#x3e;")

    def cell(value):
        if value is None:
            return "<x:c/>"
        if isinstance(value, bool):
            return f'<x:c t="b"><x:v>{int(value)}</x:v></x:c>'
        if isinstance(value, (dt.date, dt.datetime)):
            moment = dt.datetime(value.year, value.month, value.day)
            if isinstance(value, dt.datetime):
                moment = value
            serial = (moment - epoch) / dt.timedelta(days=1)
            style = 2 if isinstance(value, dt.datetime) else 1
            return f"<x:c s='{style}'><x:v>{serial!r}</x:v></x:c>"
        if isinstance(value, str):
            if value == "León":
                return ('<x:c t="inlineStr"><x:is><x:r><x:rPr><x:b/></x:rPr><x:t>Le</x:t></x:r>'
                        '<x:r><x:t><![CDATA[ón]]></x:t></x:r>'
                        '<x:rPh sb="0" eb="1"><x:t>pronounced</x:t></x:rPh></x:is></x:c>')
            value = value.replace("_x0041_", "_x005F_x0041_").replace("\n", "_x000A_")
            return (f'<x:c t="inlineStr"><x:is><x:t xml:space="preserve">{escaped(value)}</x:t>'
                    "</x:is></x:c>")
        return f"<x:c><x:f>1&lt;2</x:f><x:v>{value!r}</x:v></x:c>"

    rows = "".join(
        "<x:row>" + "".join(cell(value) for value in row) + "</x:row>\r\n" for row in [HEADER] + ROWS)
    sheet = (f'<?xml version="1.0" encoding="UTF-16"?><!-- > --><x:worksheet {space}>'
             f"<x:sheetData>{rows}</x:sheetData></x:worksheet>")
    styles = (f"<x:styleSheet {space}><x:numFmts><x:numFmt numFmtId='170' "
              "formatCode='&quot;am&quot; dd\\.mm\\.yyyy'/></x:numFmts><x:cellStyleXfs><x:xf numFmtId='9'/>"
              "</x:cellStyleXfs><x:cellXfs><x:xf numFmtId='0'/><x:xf numFmtId='170'/>"
              "<x:xf numFmtId='22'/></x:cellXfs></x:styleSheet>")
    workbook = (f'<x:workbook {space} xmlns:r="{relation}"><x:workbookPr date1904="true"/>'
                '<x:sheets><x:sheet name="Hoja &quot;1&quot;" sheetId="1" r:id="rId7"/></x:sheets>'
                "</x:workbook>")

    def relations(*items):
        inner = "".join(
            f'<Relationship Id="{id}" Type="{relation}/{kind}" Target="{target}"/>'
            for id, kind, target in items)
        return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                + inner + "</Relationships>")

    with zipfile.ZipFile("leads-raw.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        def add(name, content):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content,
                             zipfile.ZIP_DEFLATED)
        add("[Content_Types].xml", "<Types/>")
        add("_rels/.rels", relations(("rId1", "officeDocument", "/book/main.xml")))
        add("book/_rels/main.xml.rels", relations(
            ("rId7", "worksheet", "../sheets/one.xml"), ("rId8", "styles", "Styles.xml")))
        add("book/main.xml", workbook)
        add("book/styles.xml", styles)
        add("sheets/one.xml", sheet.encode("utf-16"))


write_csv("leads.csv", HEADER, ROWS)
write_openpyxl()
write_xlsxwriter()
write_raw()
