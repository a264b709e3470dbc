//! Causes that stand in the cells themselves.

use crosscast::model::{HiddenLines, Place, SheetLayout, WhyHidden};

use super::{lines, lines_pack, mismatch, pounds, suggestions, sums};

#[test]
fn one_line_or_the_total() {
    let pack = pounds();
    let amounts = ["£120.50", "£75.25", "£310.00", "£48.99", "£205.10"];
    // The lines add up to £759.84.
    let rows: [(&str, &str, &[&str]); 14] = [
        ("left out of the total", "£449.84", &["B4 (£310.00, Line c) left out of the total"]),
        ("counted twice", "£808.83", &["a line of £48.99 left out", "B5 (£48.99, Line d) counted twice in the total"]),
        ("the last two left out", "£505.75", &["B5:B6 (£254.09 together) left out of the total"]),
        ("the first two left out", "£564.09", &["B2:B3 (£195.75 together) left out of the total"]),
        ("a sign turned", "£349.64", &["B6 (£205.10, Line e) with its sign turned"]),
        (
            "a decimal point slipped",
            "£1,844.34",
            &["B2 (£120.50, Line a) with its decimal point out of place (£1,205.00)"],
        ),
        ("two digits swapped in a line", "£804.84", &["B6 (£205.10, Line e) with two digits swapped (£250.10)"]),
        ("two digits swapped in the total", "£759.48", &["the total typed with two digits swapped"]),
        ("the total ten times", "£7,598.40", &["the total typed with its decimal point out of place"]),
        ("the total with a sign too many", "-£759.84", &["the total typed with its sign turned"]),
        ("near miss: a formula is not mistyped", "=SUM(B2:B6) -> £759.48", &[]),
        ("divisible by nine, and nothing more", "£768.84", &[]),
        ("nothing known", "£761.11", &[]),
        ("a penny tells nothing", "£759.85", &[]),
    ];
    for (name, total, expected) in rows {
        let finding = mismatch(&pack, &sums(&pack, &amounts, total)).unwrap();
        assert_eq!(suggestions(&finding), expected, "{name}");
    }
}

#[test]
fn a_nought_is_always_without_all_of_its_lines() {
    let pack = pounds();
    let rows: [(&str, &[&str], &str, &[&str]); 4] = [
        ("one line, and it is all there is", &["£310.00"], "£0.00", &[]),
        ("two lines, and they are all there is", &["£120.50", "£310.07"], "£0.00", &[]),
        ("near miss: one of two", &["£48.99", "£310.00"], "£48.99", &["B3 (£310.00, Line b) left out of the total"]),
        (
            "near miss: a reason is known",
            &["\"£310.00\""],
            "£0.00",
            &["B2 (£310.00, Line a) typed as text, which Excel's sums leave out"],
        ),
    ];
    for (name, amounts, total, expected) in rows {
        let finding = mismatch(&pack, &sums(&pack, amounts, total)).unwrap();
        assert_eq!(suggestions(&finding), expected, "{name}");
    }
}

#[test]
fn two_causes_together() {
    let pack = pounds();
    let amounts = ["£120.50", "£75.25", "£310.00", "£48.99", "£205.10"];
    let rows: [(&str, &str, &[&str]); 4] = [
        ("two lines left out", "£329.34", &["B2 (£120.50, Line a) and B4 (£310.00, Line c) left out of the total"]),
        ("two in the middle", "£374.59", &["B3 (£75.25, Line b) and B4 (£310.00, Line c) left out of the total"]),
        (
            "one left out and one counted twice",
            "£733.58",
            &["B3 (£75.25, Line b) left out of the total and B5 (£48.99, Line d) counted twice"],
        ),
        (
            "one left out and one turned",
            "£541.36",
            &["B2 (£120.50, Line a) left out of the total and B5 (£48.99, Line d) with its sign turned"],
        ),
    ];
    for (name, total, expected) in rows {
        let finding = mismatch(&pack, &sums(&pack, &amounts, total)).unwrap();
        assert_eq!(suggestions(&finding), expected, "{name}");
    }
}

#[test]
fn several_lines() {
    let pack = pounds();
    let typed = mismatch(&pack, &sums(&pack, &["£120.50", "\"£75.25\"", "£310.00"], "£430.50")).unwrap();
    assert_eq!(suggestions(&typed)[0], "B3 (£75.25, Line b) typed as text, which Excel's sums leave out");

    let several = mismatch(&pack, &sums(&pack, &["£5.00", "£5.00", "£5.00", "£5.00"], "£25.00")).unwrap();
    assert_eq!(
        suggestions(&several),
        ["a line of £5.00 left out", "one of B2, B3, B4 and 1 more counted twice in the total"]
    );

    let twice = lines(&pack, "Rent | £80.00\nHeat | £7.00\nRent | £80.00\nTotal | £87.00");
    assert_eq!(
        suggestions(&mismatch(&pack, &twice).unwrap()),
        ["B4 (£80.00, Rent) entered twice, as in B2", "B2 (£80.00, Rent) or B4 (£80.00, Rent) left out of the total"]
    );

    let below = lines(&pack, "Rent | £80.00\nHeat | £7.00\nTotal | £99.50\nWater | £12.50");
    assert_eq!(suggestions(&mismatch(&pack, &below).unwrap()), ["B5 (£12.50), below the total, counted in it"]);
}

#[test]
fn the_line_that_is_missing_from_the_approved_total() {
    let pack = lines_pack("type: number, crosscast: {unit: GBP, control_total: true}");
    // The approved total of the test's year is £139,250.00.
    let finding = mismatch(&pack, &sums(&pack, &["£133,000.00", "£250.00"], "£139,250.00")).unwrap();
    assert_eq!(suggestions(&finding), ["a line of £6,000.00 left out"]);
    let other = mismatch(&pack, &sums(&pack, &["£133,000.00", "£250.00"], "£139,251.00")).unwrap();
    assert_eq!(suggestions(&other), [""; 0]);
}

#[test]
fn rows_that_are_not_shown() {
    let pack = pounds();
    let amounts = ["£120.50", "£75.25", "£310.00", "£48.99", "£205.10"];
    // Rows 3 and 5 hold £124.24 of £759.84.
    let rows: [(&str, &str, WhyHidden, &[&str]); 6] = [
        (
            "a SUBTOTAL passes over what a filter does",
            "=SUBTOTAL(9,B2:B6) -> £635.60",
            WhyHidden::Filtered,
            &["B3 (£75.25, Line b) and B5 (£48.99, Line d), in rows that are filtered out, which SUBTOTAL passes over"],
        ),
        (
            "a SUBTOTAL that was told to passes over all",
            "=SUBTOTAL(109,B2:B6) -> £635.60",
            WhyHidden::Hidden,
            &["B3 (£75.25, Line b) and B5 (£48.99, Line d), in rows that are hidden, which SUBTOTAL passes over"],
        ),
        (
            "near miss: one that was not counts what was hidden by hand",
            "=SUBTOTAL(9,B2:B6) -> £635.60",
            WhyHidden::Hidden,
            &["B3 (£75.25, Line b) and B5 (£48.99, Line d) left out of the total"],
        ),
        (
            "a total that was typed from what is shown",
            "£635.60",
            WhyHidden::Hidden,
            &["B3 (£75.25, Line b) and B5 (£48.99, Line d), in rows that are hidden, left out of the total"],
        ),
        (
            "near miss: a SUM counts hidden rows",
            "=SUM(B2:B6) -> £635.60",
            WhyHidden::Hidden,
            &["B3 (£75.25, Line b) and B5 (£48.99, Line d) left out of the total"],
        ),
        ("near miss: another difference", "=SUBTOTAL(109,B2:B6) -> £635.11", WhyHidden::Hidden, &[]),
    ];
    for (name, total, why, expected) in rows {
        let mut workbook = sums(&pack, &amounts, total);
        let hidden = |row| HiddenLines { first: row, last: row, why };
        workbook.sheets[0].layout =
            Some(SheetLayout { hidden_rows: vec![hidden(2), hidden(4)], ..SheetLayout::default() });
        assert_eq!(suggestions(&mismatch(&pack, &workbook).unwrap()), expected, "{name}");
    }
}

#[test]
fn lines_that_the_formula_does_not_name() {
    let pack = pounds();
    let amounts = ["£120.50", "£75.25", "£310.00", "£48.99", "£205.10"];
    let rows: [(&str, &str, &[&str]); 4] = [
        ("the last", "=SUM(B2:B5) -> £554.74", &["B6 (£205.10, Line e), which SUM(B2:B5) leaves out"]),
        (
            "the last two",
            "=SUM(B2:B4) -> £505.75",
            &["B5 (£48.99, Line d) and B6 (£205.10, Line e), which SUM(B2:B4) leaves out"],
        ),
        ("one in a chain", "=B2+B3+B5+B6 -> £449.84", &["B4 (£310.00, Line c), which B2+B3+B5+B6 leaves out"]),
        ("near miss: all are named", "=SUM(B2:B6) -> £554.74", &["B6 (£205.10, Line e) left out of the total"]),
    ];
    for (name, total, expected) in rows {
        let finding = mismatch(&pack, &sums(&pack, &amounts, total)).unwrap();
        assert_eq!(suggestions(&finding), expected, "{name}");
    }
}

#[test]
fn suggestions_name_their_cells() {
    let pack = pounds();
    let workbook = sums(&pack, &["£120.50", "£75.25", "£310.00", "£48.99", "£205.10"], "£505.75");
    let finding = mismatch(&pack, &workbook).unwrap();
    let cells: Vec<String> = finding.suggestions[0].cells.iter().map(Place::in_workbook).collect();
    assert_eq!(cells, ["Lines!B5:B6"]);
}
