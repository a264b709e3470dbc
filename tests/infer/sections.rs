//! Rows that are no records: sections, subtotals, keys given once; and several tables on a sheet.

use crate::program::drafts;

// Rows of the survey: section rows inside the table; subtotal rows.
#[test]
fn sections_with_subtotals() {
    insta::assert_snapshot!(drafts(
        "
        # Budget
        Budget by service, 2022-23

        Line             | Budget   | Actual
        Parks            |          |
        Wages            | £100.00  | £90.00
        Plants           | £50.00   | £40.00
        Total Parks      | =SUM(B5:B6) -> £150.00 | =SUM(C5:C6) -> £130.00
        Streets          |          |
        Wages            | £200.00  | £190.00
        Salt             | £20.00   | £25.00
        Total Streets    | =SUM(B9:B10) -> £220.00 | =SUM(C9:C10) -> £215.00
        Total            | =B7+B11 -> £370.00 | =C7+C11 -> £345.00
        "
    ));
}

// A title above the headings, and one row with a label alone, are no sections.
#[test]
fn a_title_is_no_section() {
    let drafted = drafts(
        "
        # Budget
        Parks
        Line   | Budget
        Wages  | £100.00
        Plants | £50.00
        Tools  | £20.00
        ",
    );
    assert!(!drafted.contains("section"), "{drafted}");
}

// Row of the survey: key given once for a group of rows.
#[test]
fn a_key_that_is_given_once() {
    insta::assert_snapshot!(drafts(
        "
        # Wards
        Ward  | Street | Lamps
        North | High   | 12
              | Low    | 13
              | Mid    | 14
        South | Main   | 15
              | Side   | 16
        "
    ));
}

// Row of the survey: the same small block repeated (one a project).
#[test]
fn blocks_below_lines_of_their_own() {
    insta::assert_snapshot!(drafts(
        "
        # Claims
        Project: Hate crime
        Month      | Claimed | Paid
        April 2022 | £100.00 | £90.00
        May 2022   | £110.00 | £95.00

        Project: Burglary
        Month      | Claimed | Paid
        April 2022 | £200.00 | £190.00
        May 2022   | £210.00 | £195.00
        "
    ));
}

// Row of the survey: stacked tables on a sheet.
#[test]
fn two_tables_on_a_sheet() {
    insta::assert_snapshot!(drafts(
        "
        # Summary
        Grants
        Group  | Grant
        Scouts | £100.00
        Guides | £200.00
        Total  | £300.00

        Loans
        Borrower | Lent    | Years
        Library  | £500.00 | 5
        Museum   | £700.00 | 7
        "
    ));
}

// Row of the survey: the same table on many sheets (the name carries a value).
#[test]
fn the_same_table_on_sheets_named_by_month() {
    insta::assert_snapshot!(drafts(
        "
        # April
        Group  | Grant
        Scouts | £100.00
        Guides | £200.00

        # May
        Group  | Grant
        Scouts | £150.00
        Guides | £250.00
        "
    ));
}

// A row whose figures all are formulas that add the rows above is a sum, whatever it is called.
#[test]
fn a_total_with_a_name_of_its_own() {
    for (label, one, two) in [("All wards", "SUM(B2:B4)", "SUM(C2:C4)"), ("Council", "B2+B3+B4", "C2+C3+C4")] {
        let table = format!(
            "
            # Wards
            Ward    | Budget  | Spent
            North   | £100.00 | £90.00
            South   | £200.00 | £190.00
            East    | £300.00 | £290.00
            {label} | ={one} -> £600.00 | ={two} -> £570.00
            "
        );
        let drafted = drafts(&table);
        let wanted = format!("    totals: {{match: '{label}'}}  # it states the sum of all: A5\n");
        assert!(drafted.contains(&wanted) && drafted.contains("# none of 3 is empty"), "{drafted}");
        // Near miss: a figure was typed, so the row could be a ward.
        let typed = drafts(&table.replace(&format!("={two} -> "), ""));
        assert!(!typed.contains("totals:") && typed.contains("# none of 4 is empty"), "{typed}");
        // Near miss: it reckons, and does not add.
        let reckoned = drafts(&table.replace(&format!("={one} -> £600.00"), "=AVERAGE(B2:B4) -> £200.00"));
        assert!(!reckoned.contains("totals:") && reckoned.contains("# none of 4 is empty"), "{reckoned}");
    }
}

// Sums of parts with names of their own, and the total that adds them.
#[test]
fn subtotals_with_names_of_their_own() {
    let drafted = drafts(
        "
        # Wards
        Ward       | Budget  | Spent
        North      | £100.00 | £90.00
        South      | £200.00 | £190.00
        Upper town | =SUM(B2:B3) -> £300.00 | =SUM(C2:C3) -> £280.00
        East       | £300.00 | £290.00
        West       | £10.00  | £20.00
        Lower town | =SUM(B5:B6) -> £310.00 | =SUM(C5:C6) -> £310.00
        Whole town | =B4+B7 -> £610.00 | =C4+C7 -> £590.00
        ",
    );
    assert!(drafted.contains("    totals: {match: 'Whole town'}  # it states the sum of all: A8\n"), "{drafted}");
    let subtotals = "    subtotals: {match: 'Upper town|Lower town'}  # rows that state sums of a part: A4, A7\n";
    assert!(drafted.contains(subtotals) && drafted.contains("# none of 4 is empty"), "{drafted}");
}
