"""The ledger's rules in polars, which reads it with fastexcel: whole columns at a time."""

import sys
import time
from importlib.metadata import version

import fastexcel
import polars as pl

from planted import DIRECTORATES, FIRST_ROW, STATUSES
from said import say


def sheet(path, name):
    # As text: a column of dates with texts in it has no type of its own.
    return fastexcel.read_excel(path).load_sheet(name, dtypes="string").to_polars()


def main(inbox):
    begin = time.perf_counter()
    ledger = sheet(f"{inbox}/ledger.xlsx", "Ledger")
    centres = sheet(f"{inbox}/cost centres.xlsx", "Cost centres")
    read = time.perf_counter() - begin

    def date(column):
        as_cell = pl.col(column).str.to_date("%Y-%m-%d %H:%M:%S", strict=False)
        return pl.coalesce(as_cell, pl.col(column).str.to_date("%d/%m/%Y", strict=False))

    def pence(column):
        return (pl.col(column).cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64)

    centres = centres.select("Cost centre", pl.col("Directorate").alias("belongs"), date("Closed on").alias("closed"), known=True)
    amounts = ["Net (£)", "VAT (£)", "Gross (£)"]
    typed = (
        ledger.with_row_index("row", offset=FIRST_ROW)
        .join(centres, on="Cost centre", how="left", maintain_order="left")
        .with_columns(
            date("Posted on").alias("posted"),
            pl.col("Quantity").cast(pl.Float64, strict=False).alias("quantity"),
            *(pence(column).alias(f"{column} pence") for column in amounts),
        )
    )
    given = [column for column in ledger.columns]
    net, vat, gross = (pl.col(f"{column} pence") for column in amounts)
    wrong = {
        "required-value": pl.any_horizontal(pl.col(column).is_null() for column in given),
        "pattern-mismatch": ~pl.col("Entry").str.contains(r"^GL-\d{8}$")
        | ~pl.col("Cost centre").str.contains(r"^CC-\d{4}$")
        | ~pl.col("Invoice").str.contains(r"^INV-\d{8}$"),
        "not-in-list": ~pl.col("Status").is_in(STATUSES) | ~pl.col("Directorate").is_in(DIRECTORATES),
        "impossible-date": pl.col("Posted on").is_not_null() & pl.col("posted").is_null(),
        "not-an-amount": pl.any_horizontal(
            pl.col(column).is_not_null() & pl.col(f"{column} pence").is_null() for column in amounts
        ),
        "too-small": pl.col("quantity") < 0,
        "unknown-reference": pl.col("Cost centre").is_not_null() & pl.col("known").is_null(),
        "repeated-value": ~pl.col("Entry").is_first_distinct(),
        "gross-is-net-and-vat": gross != net + vat,
        "invoice-entered-twice": ~pl.col("Invoice").is_first_distinct(),
        "cost-centre-is-open": pl.col("posted") > pl.col("closed"),
        "directorate-of-cost-centre": pl.col("Directorate") != pl.col("belongs"),
    }
    flags = typed.select("row", **{code: rule.fill_null(False) for code, rule in wrong.items()})
    found = {code: flags.filter(pl.col(code))["row"].to_list() for code in wrong}
    say(f"polars {version('polars')}, fastexcel {version('fastexcel')}", found, read, time.perf_counter() - begin)


main(sys.argv[1])
