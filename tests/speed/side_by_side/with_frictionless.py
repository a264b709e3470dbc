"""The ledger's rules in frictionless: its schema for what a schema can say, and checks of rows for the rest."""

import sys
import time
from importlib.metadata import version

import attrs
from frictionless import Check, Checklist, Package, Resource, Schema, errors, system

from planted import DIRECTORATES, STATUSES
from said import say


@attrs.define(kw_only=True, repr=False)
class OfCostCentres(Check):
    """What holds between an entry and its cost centre, and within its amounts. The note of each error is its code."""

    type = "of-cost-centres"
    Errors = [errors.RowConstraintError]
    centres: dict = attrs.field(factory=dict)

    def validate_row(self, row):
        if "Entry" not in row.field_names:
            return
        net, vat, gross = row["Net (£)"], row["VAT (£)"], row["Gross (£)"]
        if None not in (net, vat, gross) and round(gross * 100) != round(net * 100) + round(vat * 100):
            yield errors.RowConstraintError.from_row(row, note="gross-is-net-and-vat")
        belongs, closed = self.centres.get(row["Cost centre"], (None, None))
        if closed and row["Posted on"] and row["Posted on"] > closed:
            yield errors.RowConstraintError.from_row(row, note="cost-centre-is-open")
        if belongs and row["Directorate"] != belongs:
            yield errors.RowConstraintError.from_row(row, note="directorate-of-cost-centre")


def text(name, **constraints):
    return {"name": name, "type": "string", "constraints": {"required": True, **constraints}}


def number(name, kind="number", **constraints):
    return {"name": name, "type": kind, "constraints": {"required": True, **constraints}}


LEDGER = {
    "fields": [
        text("Entry", unique=True, pattern=r"GL-\d{8}"),
        {"name": "Posted on", "type": "date", "format": "%d/%m/%Y", "constraints": {"required": True}},
        text("Directorate", enum=DIRECTORATES),
        text("Cost centre", pattern=r"CC-\d{4}"),
        text("Supplier"),
        text("Description", maxLength=200),
        text("Status", enum=STATUSES),
        number("Quantity", kind="integer", minimum=0),
        number("Net (£)"),
        number("VAT (£)"),
        number("Gross (£)"),
        text("Invoice", unique=True, pattern=r"INV-\d{8}"),
    ],
    "foreignKeys": [
        {"fields": ["Cost centre"], "reference": {"resource": "cost-centres", "fields": ["Cost centre"]}},
    ],
}
CENTRES = {
    "fields": [
        text("Cost centre", unique=True),
        text("Directorate"),
        {"name": "Closed on", "type": "date", "format": "%d/%m/%Y"},
    ],
    "primaryKey": ["Cost centre"],
}


def code_of(error):
    field = getattr(error, "field_name", None)
    if error.type == "type-error":
        return "impossible-date" if field == "Posted on" else "not-an-amount"
    if error.type == "unique-error":
        return "repeated-value" if field == "Entry" else "invoice-entered-twice"
    if error.type == "constraint-error":
        for word, code in (
            ("required", "required-value"), ("pattern", "pattern-mismatch"), ("enum", "not-in-list"), ("minimum", "too-small"),
        ):
            if f'constraint "{word}"' in error.note:
                return code
    return {"foreign-key": "unknown-reference", "row-constraint": error.note}.get(error.type, error.type)


def main(inbox):
    begin = time.perf_counter()
    with system.use_context(trusted=True):
        of_ledger = Resource(name="ledger", path=f"{inbox}/ledger.xlsx", schema=Schema.from_descriptor(LEDGER))
        of_centres = Resource(name="cost-centres", path=f"{inbox}/cost centres.xlsx", schema=Schema.from_descriptor(CENTRES))
        package = Package(resources=[of_ledger, of_centres])
        centres = {row["Cost centre"]: (row["Directorate"], row["Closed on"]) for row in of_centres.read_rows()}
        report = package.validate(Checklist(checks=[OfCostCentres(centres=centres)]), limit_errors=10_000_000)
    found = {}
    for task in report.tasks:
        for error in task.errors:
            if task.name == "ledger" and getattr(error, "row_number", None):
                found.setdefault(code_of(error), set()).add(error.row_number)
            else:
                found.setdefault(f"{task.name} {error.type}", set()).add(getattr(error, "row_number", 0))
    # It reads and checks row by row, so the time of reading is none by itself.
    seconds = time.perf_counter() - begin
    say(f"frictionless {version('frictionless')}, openpyxl {version('openpyxl')}", found, seconds, seconds)


main(sys.argv[1])
