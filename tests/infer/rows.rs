//! Tables of rows: headings, types, what is required, keys, lists of values, codes, totals, shorthand.

use crate::program::{drafts, drafts_and_faults};

const PAYMENTS: &str = "
    # Payments
    Payments over £500

    Date paid  | Reference | Ward  | Supplier        | Amount   | Approved | Notes
    2022-04-15 | INV-0001  | North | Acme Ltd        | £561.44  | Yes      |
    2022-05-16 | INV-0002  | South | Bolt and Son    | £612.00  | Yes      | late
    2022-06-17 | INV-0003  | North | Crane hire      | £700.10  | No       |
    2022-07-18 | INV-0004  | North | Dale farm       | £801.00  | Yes      |
    2022-08-19 | INV-0005  | South | Acme Ltd        | £500.00  | Yes      |
    2022-09-20 | INV-0006  | South | Echo            | £999.99  | Yes      | part
               |           |       | Total           | =SUM(E4:E9) -> £4174.53 | |
";

#[test]
fn a_list_of_payments() {
    insta::assert_snapshot!(drafts(PAYMENTS));
}

// Nine rows of free text are no list of values, a year is no money though its heading has a pound sign, and a column of
// whole numbers is none either.
#[test]
fn what_is_nearly_a_list_of_values_or_money() {
    insta::assert_snapshot!(drafts(
        "
        # Projects
        Project      | Year (£ budget) | Posts | Cost
        Hate crime   | 2019            | 3     | 12.5
        Burglary     | 2020            | 4     | 11
        Youth work   | 2021            | 5     | 10
        Street light | 2022            | 6     | 9
        Cameras      | 2020            | 7     | 8
        Patrols      | 2021            | 8     | 7
        Outreach     | 2022            | 9     | 6
        Training     | 2019            | 8     | 5
        Research     | 2021            | 7     | 4
        "
    ));
}

// Rows of the survey: words where numbers belong; money as text; template filler rows.
#[test]
fn shorthand_and_filler() {
    insta::assert_snapshot!(drafts(
        "
        # Claims
        Project    | Claimed | Visits | Checked on
        Hate crime | £100.00 | 12     | 2022-04-15
        Burglary   | -       | [x]    | 2022-05-15
        Youth work | £55.10  | ..     | n/a
        Cameras    | £20.00  | 7      | 2022-06-15
        Patrols    | £30.00  | 8      | 2022-07-15
        Outreach   | £40.00  | 9      | 2022-08-15
        Training   | £41.00  | 10     | 2022-09-15
        Research   | £42.00  | 11     | 2022-10-15
        < Select > | £0.00   | 0      |
        < Select > | £0.00   | 0      |
        "
    ));
}

// Row of the survey: headings on several rows, of which one reaches over others.
#[test]
fn headings_on_two_rows() {
    insta::assert_snapshot!(drafts(
        "
        # Budget
        Budget monitor

                | Revenue |        | Capital |
        Service | Budget  | Actual | Budget  | Actual
        Parks   | 100     | 90     | 10      | 9
        Streets | 200     | 190    | 20      | 19
        Housing | 300     | 290    | 30      | 29
        "
    ));
}

// Row of the survey: heading row repeated in mid-table.
#[test]
fn headings_that_stand_again() {
    insta::assert_snapshot!(drafts(
        "
        # Grants
        Group    | Grant
        Scouts   | £100.00
        Guides   | £200.00
        Group    | Grant
        Choir    | £300.00
        Swimmers | £400.00
        "
    ));
}

// A total that is wrong stays, and is named.
#[test]
fn a_wrong_total_is_named() {
    let ended = drafts_and_faults(&PAYMENTS.replace("£4174.53", "£4174.00").replace("=SUM(E4:E9) -> ", ""));
    assert_eq!(ended.status, 1);
    insta::assert_snapshot!(ended.err);
}

// Row of the survey: headings on several rows, of which some are merely wrapped text.
#[test]
fn headings_that_were_wrapped_by_hand() {
    let drafted = drafts(
        "
        # Payments
        Date       | Payment   |          | Amount
        paid       | reference | Supplier | (£)
        2022-04-15 | PAY-1     | Acme     | 12.50
        2022-05-15 | PAY-2     | Bolt     | 13.50
        2022-06-15 | PAY-3     | Crane    | 14.50
        ",
    );
    assert!(
        drafted.contains("  headings:\n    rows: 2  # headings on several rows: rows 1 to 2\n    fill: none\n"),
        "{drafted}"
    );
    assert!(drafted.contains("title: Date paid\n") && drafted.contains("path: [Date, paid]"), "{drafted}");
    assert!(drafted.contains("title: Supplier\n") && drafted.contains("path: [Amount, '(£)']"), "{drafted}");
}

// Row of the survey: units in their own row.
#[test]
fn units_in_a_row_of_their_own() {
    let drafted = drafts(
        "
        # Budget
        Service | Budget | Actual | Variance
                | (£000) | (£000) | %
        Parks   | 100    | 90     | 10
        Streets | 200    | 190    | 5
        Housing | 300    | 290    | 3
        ",
    );
    assert!(drafted.contains("skip_rows: 1  # units or numbers of columns: rows 2 to 2"), "{drafted}");
    assert!(!drafted.contains("factor:") && drafted.contains("type: number  # whole numbers: B3:B5"), "{drafted}");
    assert!(drafted.contains("type: integer  # whole numbers: D3:D5"), "{drafted}");
}

// What stands below a table is none of its rows; a row that was entered below the total is found, and not hidden.
#[test]
fn what_stands_below_a_table() {
    let text = "
        # Grants
        Group    | Grant   | Year
        Scouts   | £100.00 | 2022
        Guides   | £200.00 | 2022
        Choir    | £300.00 | 2022
        Total    | £600.00 |
        ";
    let noted = format!("{text}\nNotes on grants\nPaid by | Finance |\nAgreed by | Council |\n");
    let drafted = drafts(&noted);
    assert!(drafted.contains("end: {match: 'Notes on grants'}"), "{drafted}");
    let late = drafts_and_faults(&format!("{}Swimmers | £50.00 | 2022\n", text.trim_end_matches(' ')));
    assert_eq!(late.status, 1);
    assert_eq!(
        late.err,
        "Could not describe: Grants!A6:C6 of Payments 2022-23.xlsx: A6:C6 stands below the total and looks like data; it is \
         in no figure.\n"
    );
}
