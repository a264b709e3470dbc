//! Sums that a crosstab states, and what looks like one.

use super::{SECTIONS, YEARS, months_alone, stated, the_codes};
use crate::{findings, read_by, the_table};

/// A sum that is wrong names its own cell, and the cells that it adds, whichever way they lie.
#[test]
fn a_wrong_sum_names_its_parts() {
    let right = "# Budget
        Service      | April  | May    | Year
        Adults       |
        Home care    | £1.00  | £2.00  | £3.00
        Day care     | £3.00  | £4.00  | £7.00
        Adults total | £4.00  | £6.00  | £10.00
        Total        | £4.00  | £6.00  | £10.00";
    let tables = [("budget", "Budget", SECTIONS)];
    for (cell, wrong, expected) in [
        (
            "| £4.00  | £7.00",
            "| £4.00  | £8.00",
            "row-total-mismatch D4: The total of the row, “Year”, says £8.00; B4:C4 add up to £7.00. The difference is £1.00.",
        ),
        (
            "Adults total | £4.00",
            "Adults total | £4.50",
            "subtotal-mismatch B5: The subtotal “Adults total” says £4.50; B3:B4 add up to £4.00. The difference is £0.50.",
        ),
        (
            "Total        | £4.00  | £6.00  | £10.00",
            "Total        | £4.00  | £6.00  | £11.00",
            "total-mismatch D6: The total “Total” says £11.00; B3:C4 add up to £10.00. The difference is £1.00.",
        ),
    ] {
        assert_eq!(findings(&tables, right), Vec::<String>::new());
        let text = right.replace(cell, wrong);
        assert_ne!(text, right);
        assert_eq!(findings(&tables, &text), [expected]);
    }
}

/// A column that the pack does not call a total is a column of values: its sum is not guessed.
#[test]
fn a_column_of_sums_that_the_pack_does_not_name_is_read_as_values() {
    let text = "# Staff
        Team   | 2020-21 | 2021-22 | Both
        Adults | 10      | 11      | 21";
    let table = the_table(&read_by(&[("headcount", "Staff", YEARS)], text), "headcount");
    assert_eq!(table.rows.len(), 3);
    assert_eq!(stated(&table), Vec::<String>::new());
    let with_total = YEARS.replace("value: people}", "value: people, to: '2021-22'}");
    let tables = [("headcount", "Staff", with_total.as_str())];
    assert_eq!(the_codes(&findings(&tables, text)), ["unknown-heading D1"]);
}

/// Survey: years, quarters across (22): a column of sums that the pack does not name is values, and warned of.
#[test]
fn a_column_of_sums_that_was_read_as_values_is_warned_of() {
    let schema = months_alone().replace(", to: June 2022", "");
    let tables = [("budget", "Budget", schema.as_str())];
    let text = "# Budget
        Service | 2022-04 | 2022-05 | Year
        Roads   | £1.00   | £2.00   | =SUM(B2:C2) -> £3.00
        Parks   | £4.00   | £5.00   | =B3+C3 -> £9.00";
    let found = findings(&tables, text);
    let warned = "sum-among-records D1: D1 says “Year”, and its column looks like a sum of those beside it, but was read as \
                  values and counted beside them.";
    assert!(found.iter().any(|one| one == warned), "{found:?}");
    // Near miss: the pack names it.
    let named = schema.replace("value: amount", "value: amount, totals: {match: Year}");
    let found = findings(&[("budget", "Budget", named.as_str())], text);
    assert!(found.is_empty(), "{found:?}");
}
