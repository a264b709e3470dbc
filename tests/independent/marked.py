"""The marked copies of a run beside the workbooks that they are copies of: nothing but the marks is another.

    python3 marked.py OUTPUT INBOX

Says how many copies, cells and marks were compared. An assertion that fails names the copy and the cell.
"""

import json
import sys
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.utils import range_boundaries

LIST = "Crosscast findings"
MOST_FILLED = 2000


def opened(path, values=False):
    return openpyxl.load_workbook(path, data_only=values, keep_vba=path.suffix == ".xlsm", rich_text=True)


def look(cell):
    """How a cell looks, but for its fill."""
    return (cell.number_format, repr(cell.border), repr(cell.alignment), repr(cell.protection))


def fill(cell):
    return (cell.fill.fill_type, cell.fill.fgColor.rgb if cell.fill.fill_type else None)


def rules(sheet):
    return sorted(
        (str(area.sqref), rule.type, rule.priority, tuple(rule.formula), rule.operator)
        for area in sheet.conditional_formatting
        for rule in area.rules
    )


def validations(sheet):
    return sorted(
        (str(one.sqref), one.type, one.operator, one.formula1, one.formula2, one.prompt, one.error)
        for one in sheet.data_validations.dataValidation
    )


def layout(sheet):
    return {
        "merges": sorted(str(area) for area in sheet.merged_cells.ranges),
        "validations": validations(sheet),
        "rules": rules(sheet),
        "widths": {key: (one.width, one.hidden, one.min, one.max) for key, one in sheet.column_dimensions.items()},
        "heights": {key: (one.height, one.hidden) for key, one in sheet.row_dimensions.items() if one.height or one.hidden},
        "charts": len(sheet._charts),
        "images": len(sheet._images),
        "panes": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "tables": sorted((name, table.ref) for name, table in sheet.tables.items()),
        "print": (sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation),
        "protection": (sheet.protection.sheet, sheet.protection.password),
        "state": sheet.sheet_state,
        "tab": repr(sheet.sheet_properties.tabColor),
    }


def names(book):
    found = {(None, name): one.attr_text for name, one in book.defined_names.items()}
    for sheet in book.worksheets:
        if sheet.title != LIST:
            found.update({(sheet.title, name): one.attr_text for name, one in sheet.defined_names.items()})
    return found


def marked_cells(findings, sheet):
    """The cells that findings are in, each with its findings; and those at which each finding's comment stands."""
    filled, said = {}, {}
    for finding in findings:
        if finding["sheet"] != sheet.title or not finding["cell"]:
            continue
        left, top, right, bottom = range_boundaries(finding["cell"])
        cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        firsts = [first_of_merge(sheet, cell) for cell in cells[:MOST_FILLED]]
        said.setdefault(firsts[0], []).append(finding)
        for cell in firsts:
            filled.setdefault(cell, []).append(finding)
    return filled, said


def first_of_merge(sheet, cell):
    for area in sheet.merged_cells.ranges:
        if area.min_row <= cell[0] <= area.max_row and area.min_col <= cell[1] <= area.max_col:
            return (area.min_row, area.min_col)
    return cell


def same_parts(copy, original):
    """The parts that hold no marks are the same, byte for byte."""
    touched = ("[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml", "xl/styles.xml", "_rels/.rels")
    kinds = ("xl/worksheets/", "xl/comments", "xl/drawings/vmlDrawing", "xl/_rels/", "xl/drawings/commentsDrawing")
    new, old = zipfile.ZipFile(copy), zipfile.ZipFile(original)
    kept = 0
    for name in old.namelist():
        plain = name.replace("\\", "/").lstrip("/")
        if plain in touched or plain.startswith(kinds):
            continue
        assert new.read(name) == old.read(name), f"{copy}: {name} is another"
        kept += 1
    for sort in ("xl/charts/chart", "xl/media/", "xl/tables/table", "xl/externalLinks/", "xl/printerSettings"):
        count = [sum(name.startswith(sort) for name in one.namelist()) for one in (new, old)]
        assert count[0] == count[1], f"{copy}: {count} parts of {sort}"
    return kept


def compare(copy, original, findings):
    new, old = opened(copy), opened(original)
    new_values, old_values = opened(copy, True), opened(original, True)
    assert new.sheetnames == [LIST] + [name for name in old.sheetnames if name != LIST], (copy, new.sheetnames)
    assert new.active.title == LIST, copy
    selected = [sheet.title for sheet in new.worksheets if sheet.sheet_view.tabSelected]
    assert selected == [LIST], f"{copy}: sheets are grouped: {selected}"
    assert names(new) == names(old), copy
    assert new.epoch == old.epoch and new.calculation.fullCalcOnLoad == old.calculation.fullCalcOnLoad, copy
    cells = marks = 0
    fills = {}
    for sheet in old.worksheets:
        other = new[sheet.title]
        assert layout(other) == layout(sheet), f"{copy} {sheet.title}:\n{layout(other)}\n{layout(sheet)}"
        filled, said = marked_cells(findings, sheet)
        rows = max(sheet.max_row, other.max_row)
        columns = max(sheet.max_column, other.max_column)
        for row in range(1, rows + 1):
            for column in range(1, columns + 1):
                was, now = sheet.cell(row, column), other.cell(row, column)
                at = f"{copy} {sheet.title}!{was.coordinate}"
                cells += 1
                assert (now.value, now.data_type) == (was.value, was.data_type), at
                values = [book[sheet.title].cell(row, column).value for book in (new_values, old_values)]
                assert values[0] == values[1], f"{at}: {values}"
                if (row, column) not in filled:
                    assert fill(now) == fill(was), f"{at}: {fill(now)}, not {fill(was)}"
                    assert repr(now.font) == repr(was.font) and look(now) == look(was), at
                    assert (now.comment and now.comment.text) == (was.comment and was.comment.text), at
                    continue
                marks += 1
                assert look(now) == look(was), f"{at}: {look(now)}\n{look(was)}"
                assert (now.font.name, now.font.sz, now.font.b) == (was.font.name, was.font.sz, was.font.b), at
                assert now.fill.fill_type == "solid" and fill(now) != fill(was), f"{at}: {fill(now)}"
                fills.setdefault(heaviest(filled[row, column]), set()).add(fill(now)[1])
                if (row, column) in said:
                    told = now.comment.text if now.comment else ""
                    for finding in said[row, column]:
                        assert finding["message"] in told, f"{at}: {finding['message']} is not in {told!r}"
                    if was.comment:
                        assert was.comment.text in told, f"{at}: the officer's own words are gone: {told!r}"
    listed(new[LIST], findings, copy)
    return cells, marks, fills


def heaviest(findings):
    def weight(finding):
        if finding["severity"] == "error":
            return "explained" if finding["explained"] else "error"
        return finding["severity"]

    return min((weight(one) for one in findings), key=["error", "warning", "explained", "info"].index)


def listed(sheet, findings, copy):
    """The first sheet says each finding, and leads to its cell."""
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert sheet["A1"].value, f"{copy}: A1 is empty"
    links = {link.hyperlink.location for row in sheet.iter_rows() for link in row if link.hyperlink}
    for finding in findings:
        assert any(finding["message"] in text for text in texts), f"{copy}: {finding['message']} is not listed"
        if finding["sheet"] and finding["cell"]:
            first = finding["cell"].split(":")[0]
            quoted = "'" + finding["sheet"].replace("'", "''") + "'!"
            leads = [link for link in links if link.startswith((quoted + first, finding["sheet"] + "!" + first))]
            assert leads, f"{copy}: no link to {finding['sheet']}!{finding['cell']} among {links}"


def main():
    output, inbox = Path(sys.argv[1]), Path(sys.argv[2])
    report = json.loads((output / "for-officers" / "findings.json").read_text("utf-8"))
    folder = output / "for-officers" / "marked"
    copies = cells = marks = parts = 0
    fills = {}
    for copy in sorted(folder.rglob("*.xls[xm]")):
        path = copy.relative_to(folder).as_posix()
        if path.endswith(" findings.xlsx"):
            continue
        findings = [one for one in report["findings"] if one["workbook"] == path]
        assert findings, f"{path} has no findings"
        compared, marked, found = compare(copy, inbox / path, findings)
        copies, cells, marks = copies + 1, cells + compared, marks + marked
        parts += same_parts(copy, inbox / path)
        for weight, colours in found.items():
            fills.setdefault(weight, set()).update(colours)
    for weight, colours in fills.items():
        assert len(colours) == 1, f"{weight}: {colours}"
    assert fills["error"] != fills.get("warning"), fills
    print(f"{copies} copies, {cells} cells, {marks} marks, {parts} parts")


main()
