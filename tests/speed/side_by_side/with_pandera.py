"""The ledger's rules in pandera, over pandas, which reads it with calamine: every failure is collected."""

import sys
import time
from importlib.metadata import version

import pandas as pd
import pandera.pandas as pa

from planted import DIRECTORATES, FIRST_ROW, STATUSES
from said import say


def dates(column):
    """Dates as cells have them, and as officers type them; none where there is no such day."""
    typed = column.map(lambda value: isinstance(value, str))
    cells = pd.to_datetime(column.mask(typed), errors="coerce")
    return cells.fillna(pd.to_datetime(column.where(typed), format="%d/%m/%Y", errors="coerce"))


def pence(column):
    return (pd.to_numeric(column, errors="coerce") * 100).round()


def code_of(check, column):
    """The code of a check by the name that pandera gives it; those of the frame have their code for a name."""
    if check == "field_uniqueness":
        return "repeated-value" if column == "Entry" else "invoice-entered-twice"
    codes = {
        "not_nullable": "required-value",
        "str_matches": "pattern-mismatch",
        "isin": "not-in-list",
        "greater_than_or_equal_to": "too-small",
    }
    return codes.get(check.split("(")[0], check)


def main(inbox):
    begin = time.perf_counter()
    ledger = pd.read_excel(f"{inbox}/ledger.xlsx", sheet_name="Ledger", engine="calamine")
    centres = pd.read_excel(f"{inbox}/cost centres.xlsx", sheet_name="Cost centres", engine="calamine")
    read = time.perf_counter() - begin

    ledger.index += FIRST_ROW
    centres = centres.set_index("Cost centre")
    amounts = ["Net (£)", "VAT (£)", "Gross (£)"]
    ledger["posted"] = dates(ledger["Posted on"])
    ledger["belongs"] = ledger["Cost centre"].map(centres["Directorate"])
    ledger["closed"] = ledger["Cost centre"].map(pd.to_datetime(centres["Closed on"]))
    for column in amounts:
        ledger[f"{column} pence"] = pence(ledger[column])

    def rule(name, holds):
        return pa.Check(holds, name=name, ignore_na=False)

    def text(*checks, unique=False):
        return pa.Column(checks=list(checks), nullable=False, unique=unique, report_duplicates="exclude_first")

    def pattern(expression):
        return pa.Check.str_matches(expression)

    columns = {
        "Entry": text(pattern(r"^GL-\d{8}$"), unique=True),
        "Posted on": text(),
        "Directorate": text(pa.Check.isin(DIRECTORATES)),
        "Cost centre": text(
            pattern(r"^CC-\d{4}$"), pa.Check(lambda column: column.isin(centres.index), name="unknown-reference")
        ),
        "Supplier": text(),
        "Description": text(),
        "Status": text(pa.Check.isin(STATUSES)),
        "Quantity": text(pa.Check.ge(0)),
        "Invoice": text(pattern(r"^INV-\d{8}$"), unique=True),
        **{column: text() for column in amounts},
    }
    net, vat, gross = (f"{column} pence" for column in amounts)
    rules = [
        rule("impossible-date", lambda frame: frame["posted"].notna() | frame["Posted on"].isna()),
        rule(
            "not-an-amount",
            lambda frame: (frame[[net, vat, gross]].notna().set_axis(amounts, axis=1) | frame[amounts].isna()).all(axis=1),
        ),
        rule(
            "gross-is-net-and-vat",
            lambda frame: (frame[gross] == frame[net] + frame[vat]) | frame[[net, vat, gross]].isna().any(axis=1),
        ),
        rule("cost-centre-is-open", lambda frame: ~(frame["posted"] > frame["closed"])),
        rule(
            "directorate-of-cost-centre",
            lambda frame: (frame["Directorate"] == frame["belongs"]) | frame["belongs"].isna(),
        ),
    ]
    found = {}
    try:
        pa.DataFrameSchema(columns, checks=rules).validate(ledger, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for (check, column), cases in errors.failure_cases.groupby(["check", "column"], dropna=False):
            code = code_of(check, column)
            found.setdefault(code, set()).update(int(row) for row in cases["index"])
    said = f"pandas {version('pandas')}, pandera {version('pandera')}, python-calamine {version('python-calamine')}"
    say(said, found, read, time.perf_counter() - begin)


main(sys.argv[1])
