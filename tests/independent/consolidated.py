"""The consolidated workbook as openpyxl reads it: tables, live totals with cached results, properties, print set-up.

Usage: consolidated.py OUTPUT_FOLDER INBOX PUBLISHED_JSON
"""

import json
import sys
from pathlib import Path

import openpyxl

consolidated = Path(sys.argv[1]) / "for-officers" / "consolidated.xlsx"
inbox = Path(sys.argv[2])
published = json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))

SHEETS_WITH_SOURCE = [
    "Position by project",
    "Payments",
    "Year-end measures",
    "Recorded crime",
    "Reviews",
    "Orders",
    "Meetings",
    "Members",
]

live = openpyxl.load_workbook(consolidated)
cached = openpyxl.load_workbook(consolidated, data_only=True)


def check(holds, message):
    if not holds:
        sys.exit(message)


def pence(pounds):
    return round(pounds * 100)


def headings(sheet):
    """The titles of the sheet's one table, each with its column letter."""
    (table,) = sheet.tables.values()
    return {cell.value: cell.column_letter for cell in sheet[table.ref][0]}


def properties():
    check(live.properties.title == "SWCSP consolidated figures 2022-23", f"title: {live.properties.title}")
    check(live.properties.language == "en-GB", f"language: {live.properties.language}")
    check(live.sheetnames[:3] == ["Cover", "Contents", "Notes"], f"sheets: {live.sheetnames}")
    check(len(live.sheetnames) == 15, f"sheets: {live.sheetnames}")
    check(live.active.title == "Cover", f"opens at {live.active.title}")
    check(all(sheet.sheet_state == "visible" for sheet in live), "a sheet is hidden")
    cover = " ".join(str(cell.value) for row in live["Cover"] for cell in row if cell.value)
    check("monthly detail is illustrative" in cover, "the cover does not say what the sample is")


def tables():
    for sheet in live.worksheets[1:]:
        check(len(sheet.tables) == 1, f"{sheet.title} has {len(sheet.tables)} tables")
        (table,) = sheet.tables.values()
        first, last = table.ref.split(":")
        check(first == "A4", f"{sheet.title}: the table starts at {first}")
        end = sheet.cell(sheet.max_row, sheet.max_column).coordinate
        check(last == end, f"{sheet.title}: the table ends at {last}, the sheet at {end}")
        check(not sheet.merged_cells.ranges, f"{sheet.title} has merged cells")
        check(sheet.print_title_rows == "$4:$4", f"{sheet.title} repeats {sheet.print_title_rows}")
        check(sheet.sheet_properties.pageSetUpPr.fitToPage, f"{sheet.title} is not fitted to the page's width")
        titles = [cell.value for cell in sheet[table.ref][0]]
        check(len(set(titles)) == len(titles) and all(titles), f"{sheet.title}: {titles}")
    targets = [cell.hyperlink.location for row in live["Contents"] for cell in row if cell.hyperlink]
    for title in live.sheetnames[2:]:
        check(any(title in (target or "") for target in targets), f"the contents have no link to {title}")


def totals():
    for sheet in live:
        for row in sheet:
            for cell in row:
                result = cached[sheet.title][cell.coordinate].value
                check(not str(result).startswith("#"), f"{sheet.title}!{cell.coordinate}: {result}")
                if cell.data_type == "f":
                    check(isinstance(result, (int, float)), f"{sheet.title}!{cell.coordinate}: no result")
    for title, columns in published["totals"].items():
        sheet, results = live[title], cached[title]
        letters, last = headings(sheet), sheet.max_row
        check(sheet.cell(last, 1).value == "Total", f"{title}: no total row")
        for column, total in columns.items():
            cell = f"{letters[column]}{last}"
            check(sheet[cell].data_type == "f", f"{title}!{cell} is no formula")
            check(pence(results[cell].value) == pence(total), f"{title}!{cell}: {results[cell].value}, not {total}")
            rows = [results[f"{letters[column]}{row}"].value or 0 for row in range(5, last)]
            check(pence(sum(rows)) == pence(total), f"{title}, {column}: the rows add up to {sum(rows)}")


def cross_casts():
    """Spend by month, across and down, is the payments' total, which is what the returns themselves list."""
    sheet = cached["Spend by project and month"]
    letters = headings(sheet)
    months = list(letters)[2:14]
    for row in range(5, sheet.max_row + 1):
        across = sum(sheet[f"{letters[month]}{row}"].value or 0 for month in months)
        year = sheet[f"{letters['Year to date']}{row}"].value
        check(pence(across) == pence(year), f"row {row}: {across} across, {year} for the year")
    listed = sum(spend_listed(workbook) for workbook in sorted(inbox.glob("monthly/*.xlsx")))
    check(listed == pence(published["totals"]["Payments"]["Amount"]), f"the returns list {listed} pence")


def spend_listed(workbook):
    """The pence in the amount column of a return's payments, above the totals row."""
    sheet = openpyxl.load_workbook(workbook, data_only=True)["Spend"]
    column, pence_listed = None, 0
    for row in sheet.iter_rows(values_only=True):
        if column is None:
            column = next((at for at, value in enumerate(row) if str(value).strip().startswith("Amount")), None)
        elif any(str(value).strip().lower().startswith("total") for value in row):
            break
        elif isinstance(row[column], (int, float)):
            pence_listed += pence(row[column])
    return pence_listed


def measures():
    sheet = cached["Measures by month"]
    year = headings(sheet)["Year to date"]
    for row, (key, words, figure) in enumerate(published["measures"], start=5):
        found = (sheet[f"A{row}"].value, sheet[f"B{row}"].value, sheet[f"{year}{row}"].value)
        check(found == (key, words, int(figure.replace(",", ""))), f"{found}, not {key} {words} {figure}")


def sources():
    """Each row of data names its source, and the sources are there."""
    with_source = [title for title in live.sheetnames[3:] if "Source workbook" in headings(live[title])]
    check(with_source == SHEETS_WITH_SOURCE, f"sheets whose rows name their source: {with_source}")
    for title in SHEETS_WITH_SOURCE:
        letters = headings(live[title])
        for row in range(5, live[title].max_row + 1):
            if live[title].cell(row, 1).value == "Total":
                continue
            workbook = live[title][f"{letters['Source workbook']}{row}"].value
            check((inbox / workbook).is_file(), f"{title}, row {row}: there is no {workbook}")
            check(live[title][f"{letters['Source row']}{row}"].value > 1, f"{title}, row {row}: no source row")


for part in (properties, tables, totals, cross_casts, measures, sources):
    part()
