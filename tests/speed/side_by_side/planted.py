"""What tests/speed/ledger/entry.rs plants: each fault once in each thousand rows, at a place of its own."""

PLANTED = {
    "required-value": 37,
    "pattern-mismatch": 137,
    "not-in-list": 187,
    "impossible-date": 237,
    "not-an-amount": 337,
    "too-small": 437,
    "unknown-reference": 537,
    "repeated-value": 637,
    "gross-is-net-and-vat": 687,
    "invoice-entered-twice": 737,
    "cost-centre-is-open": 837,
    "directorate-of-cost-centre": 937,
}

STATUSES = ["Paid", "Approved", "On hold", "Disputed"]
DIRECTORATES = [
    "Adult Social Care", "Children and Families", "Community Safety", "Environment",
    "Highways", "Housing", "Public Health", "Resources",
]

# The row of the sheet that holds the first entry; the headings stand above it.
FIRST_ROW = 2


def planted_rows(rows):
    """The rows of the sheet, from 1, at which each fault is planted in a ledger of so many entries."""
    return {code: set(range(at + FIRST_ROW, rows + FIRST_ROW, 1000)) for code, at in PLANTED.items()}
