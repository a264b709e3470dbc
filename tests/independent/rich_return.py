"""A return with what officers' workbooks hold beside their tables, made from a plain one.

    python3 rich_return.py PLAIN RICH
"""

import sys

from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

book = load_workbook(sys.argv[1])
summary = book["Summary"]
# On the faulty cell itself: a look of its own, a note of the officer's, and a rule that colours it.
faulty = summary["D9"]
faulty.font = Font(name="Calibri", sz=14, bold=True, italic=True, color="FFFFFFFF")
faulty.fill = PatternFill("solid", fgColor="FF203864")
faulty.border = Border(*[Side(style="thick", color="FFC00000")] * 4)
faulty.alignment = Alignment(horizontal="center", textRotation=15)
faulty.comment = Comment("Ask <Jo> & the team about this one.", "Finance & Performance")
summary["D4"].comment = Comment("Checked.", "Finance & Performance")
summary.conditional_formatting.add("D4:D13", CellIsRule(operator="lessThan", formula=["0"], font=Font(color="FFFF0000")))

working = book.create_sheet("Wörk & \"notes\"", 0)
working["A1"] = "Own working"
working.merge_cells("A1:C1")
for row in range(2, 8):
    working.cell(row, 1, f"Ward {row}")
    working.cell(row, 2, row * 10)
    working.cell(row, 3, f"=B{row}*2")
working.column_dimensions["A"].width = 31.5
working.column_dimensions["D"].hidden = True
working.row_dimensions[3].height = 40
working.freeze_panes = "B2"
working.conditional_formatting.add(
    "B2:B7", ColorScaleRule(start_type="min", start_color="FFFFFFFF", end_type="max", end_color="FF00AA00")
)
choice = DataValidation(type="list", formula1='"Yes,No"', allow_blank=True)
choice.add("E2:E7")
working.add_data_validation(choice)
working["F2"] = "See the summary"
working["F2"].hyperlink = "#'Summary'!A1"
chart = BarChart()
chart.add_data(Reference(working, min_col=2, min_row=1, max_row=7), titles_from_data=True)
working.add_chart(chart, "G2")
working.print_title_rows = "1:1"
working.print_area = "A1:C7"
working.sheet_properties.tabColor = "FF00AA00"
book.defined_names["Wards"] = DefinedName("Wards", attr_text="'Wörk & \"notes\"'!$A$2:$A$7")
book.active = book.sheetnames.index("Summary")
book.save(sys.argv[2])
