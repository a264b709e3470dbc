//! Cases of files, sheets, headings, keys and explanations.

use super::Case;
use super::Given::{Inbox, Made, Return, Spend};
use super::workbook;

/// A workbook of funding that satisfies the approved total.
const FUNDING: (&str, &str) =
    ("funding.xlsx", "# Funding\nProject | Amount\nHate Crime | £139,250.00\nTotal | £139,250.00");

/// A workbook of funding whose total is £1.00 more than its lines.
const POUND_OUT: (&str, &str) =
    ("funding.xlsx", "# Funding\nProject | Amount\nHate Crime | £139,250.00\nTotal | £139,251.00");

const FIRST_RETURN: &str = "# Spend\nDate paid | Reference | Project | Stage | People | Amount | Paid | Month booked\n\
                            2022-04-15 | INV-0001 | Hate Crime | Draft | 1 | £1.00 | Yes | 2022-04";

/// As the cases have it, a return whose first stage is Final stands in place of the one before it.
const NEXT_RETURN: &str = "# Spend\nDate paid | Reference | Project | Stage | People | Amount | Paid | Month booked\n\
                           2022-04-15 | INV-0001 | Hate Crime | Final | 1 | £2.00 | Yes | 2022-04";

/// Ten payments of April, and the same but for the last amount.
const TEN_ROWS: &str = "# Spend\nDate paid | Reference | Project | Stage | People | Amount | Paid | Month booked\n\
                          2022-04-01 | INV-0001 | Hate Crime | Draft | 1 | £1.00 | Yes | 2022-04\n\
                          2022-04-02 | INV-0002 | Hate Crime | Draft | 1 | £2.00 | Yes | 2022-04\n\
                          2022-04-03 | INV-0003 | Hate Crime | Draft | 1 | £3.00 | Yes | 2022-04\n\
                          2022-04-04 | INV-0004 | Hate Crime | Draft | 1 | £4.00 | Yes | 2022-04\n\
                          2022-04-05 | INV-0005 | Hate Crime | Draft | 1 | £5.00 | Yes | 2022-04\n\
                          2022-04-06 | INV-0006 | Hate Crime | Draft | 1 | £6.00 | Yes | 2022-04\n\
                          2022-04-07 | INV-0007 | Hate Crime | Draft | 1 | £7.00 | Yes | 2022-04\n\
                          2022-04-08 | INV-0008 | Hate Crime | Draft | 1 | £8.00 | Yes | 2022-04\n\
                          2022-04-09 | INV-0009 | Hate Crime | Draft | 1 | £9.00 | Yes | 2022-04\n\
                          2022-04-10 | INV-0010 | Hate Crime | Draft | 1 | £10.00 | Yes | 2022-04";
const TEN_OTHER_ROWS: &str = "# Spend\nDate paid | Reference | Project | Stage | People | Amount | Paid | Month booked\n\
                          2022-04-01 | INV-0001 | Hate Crime | Draft | 1 | £1.00 | Yes | 2022-04\n\
                          2022-04-02 | INV-0002 | Hate Crime | Draft | 1 | £2.00 | Yes | 2022-04\n\
                          2022-04-03 | INV-0003 | Hate Crime | Draft | 1 | £3.00 | Yes | 2022-04\n\
                          2022-04-04 | INV-0004 | Hate Crime | Draft | 1 | £4.00 | Yes | 2022-04\n\
                          2022-04-05 | INV-0005 | Hate Crime | Draft | 1 | £5.00 | Yes | 2022-04\n\
                          2022-04-06 | INV-0006 | Hate Crime | Draft | 1 | £6.00 | Yes | 2022-04\n\
                          2022-04-07 | INV-0007 | Hate Crime | Draft | 1 | £7.00 | Yes | 2022-04\n\
                          2022-04-08 | INV-0008 | Hate Crime | Draft | 1 | £8.00 | Yes | 2022-04\n\
                          2022-04-09 | INV-0009 | Hate Crime | Draft | 1 | £9.00 | Yes | 2022-04\n\
                          2022-04-10 | INV-0010 | Hate Crime | Draft | 1 | £11.00 | Yes | 2022-04";

/// A workbook that broke off while it was copied.
fn cut_off() -> Vec<u8> {
    let mut bytes = workbook("# Lines\nName | Amount\nRent | £1.00");
    bytes.truncate(bytes.len() / 2);
    bytes
}

/// The cases, one for each check.
pub const CASES: &[Case] = &[
    Case {
        code: "missing-workbook",
        fires: Inbox(&[("lines.xlsx", "# Lines\nName | Amount\nRent | £1.00")]),
        found: &["error missing-workbook"],
        near_miss: Inbox(&[FUNDING]),
    },
    Case {
        code: "file-left-aside",
        fires: Inbox(&[FUNDING, ("May return.csv", "Date paid,Amount")]),
        found: &["info file-left-aside May return.csv"],
        near_miss: Inbox(&[FUNDING, ("lines.xlsm", "Name,Amount")]),
    },
    Case {
        code: "unknown-year",
        fires: Inbox(&[("2032-04 April return.xlsx", "# Spend\nDate paid")]),
        found: &["warning unknown-year 2032-04 April return.xlsx"],
        near_miss: Inbox(&[("2023-03 March return.xlsx", "# Spend\nDate paid")]),
    },
    Case {
        code: "unreadable-folder",
        fires: Inbox(&[
            FUNDING,
            (
                "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31/32/33/lines.xlsx",
                "",
            ),
        ]),
        found: &["error unreadable-folder"],
        near_miss: Inbox(&[
            FUNDING,
            ("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31/32/lines.xlsx", ""),
        ]),
    },
    Case {
        code: "open-elsewhere",
        fires: Inbox(&[("lines.xlsx", "# Lines\nName | Amount\nRent | £1.00"), ("~$lines.xlsx", "A. Clerk")]),
        found: &["info open-elsewhere lines.xlsx"],
        near_miss: Inbox(&[("lines.xlsx", "# Lines\nName | Amount\nRent | £1.00"), ("~$line.xlsx", "A. Clerk")]),
    },
    Case {
        code: "unreadable-workbook",
        fires: Made("lines.xlsx", cut_off),
        found: &["error unreadable-workbook lines.xlsx"],
        near_miss: Inbox(&[("lines.xlsx", "# Lines\n<!DOCTYPE html>")]),
    },
    Case {
        code: "unknown-workbook",
        fires: Inbox(&[("lines of May.xlsx", "# Lines\nName | Amount\nRent | £1.00")]),
        found: &["warning unknown-workbook lines of May.xlsx"],
        near_miss: Inbox(&[("May/lines.xlsx", "# Lines\nName | Amount\nRent | £1.00")]),
    },
    Case {
        code: "resubmitted",
        fires: Inbox(&[("2022-04 April return.xlsx", FIRST_RETURN), ("2022-04 April return again.xlsx", NEXT_RETURN)]),
        found: &["info resubmitted 2022-04 April return again.xlsx"],
        near_miss: Inbox(&[("2022-04 April return.xlsx", FIRST_RETURN), ("2022-05 May return.xlsx", NEXT_RETURN)]),
    },
    Case {
        code: "other-month-in-title",
        fires: Return(
            "# Spend\nPayments made in March 2022\n\nDate paid | Reference | Project | Stage | People | Amount | Paid | Month booked",
        ),
        found: &["warning other-month-in-title Spend!A1"],
        near_miss: Return(
            "# Spend\nPayments made in April 2022\n\nDate paid | Reference | Project | Stage | People | Amount | Paid | Month booked",
        ),
    },
    Case {
        code: "repeated-workbook-compared",
        fires: Inbox(&[("2022-04 April return.xlsx", FIRST_RETURN), ("2022-04 April return copy.xlsx", FIRST_RETURN)]),
        found: &["info repeated-workbook-compared 2022-04 April return copy.xlsx"],
        near_miss: Inbox(&[("2022-04 April return.xlsx", FIRST_RETURN), ("2022-05 May return.xlsx", FIRST_RETURN)]),
    },
    Case {
        code: "copy-of-another-month",
        fires: Inbox(&[("2022-04 April return.xlsx", TEN_ROWS), ("2022-05 May return.xlsx", TEN_ROWS)]),
        found: &["error copy-of-another-month 2022-05 May return.xlsx"],
        near_miss: Inbox(&[("2022-04 April return.xlsx", TEN_ROWS), ("2022-05 May return.xlsx", TEN_OTHER_ROWS)]),
    },
    Case {
        code: "missing-sheet",
        fires: Inbox(&[("lines.xlsx", "# Lnes\nName | Amount\nRent | £1.00")]),
        found: &["error missing-sheet lines.xlsx"],
        near_miss: Inbox(&[("lines.xlsx", "# LINES\nName | Amount\nRent | £1.00")]),
    },
    Case {
        code: "missing-table",
        fires: Inbox(&[("lines.xlsx", "# Lines\nNom | Montant\nRent | £1.00")]),
        found: &["error missing-table Lines"],
        near_miss: Inbox(&[("lines.xlsx", "# Lines\nLines of May\n\nNAME | amount\nRent | £1.00")]),
    },
    Case {
        code: "missing-heading",
        fires: Return("# Spend\nDate paid | Reference | Project | Stage | People | Amuont | Paid | Month booked"),
        found: &["error missing-heading Spend!F1"],
        // A share is optional.
        near_miss: Spend(""),
    },
    Case {
        code: "unknown-heading",
        fires: Return(
            "# Spend\nDate paid | Reference | Project | Stage | People | Amount | Paid | Month booked | Checked",
        ),
        found: &["info unknown-heading Spend!I1"],
        near_miss: Return(
            "# Spend\nDate paid | Reference | Project | Stage | People | Amount | Paid | Month booked | Share",
        ),
    },
    Case {
        code: "repeated-heading",
        fires: Inbox(&[("lines.xlsx", "# Lines\nName | Amount | amount\nRent | £1.00 | £2.00")]),
        found: &["error repeated-heading Lines!C1"],
        near_miss: Inbox(&[("lines.xlsx", "# Lines\nName | Amount | Amounts\nRent | £1.00 | £2.00")]),
    },
    Case {
        code: "blank-heading",
        fires: Inbox(&[("lines.xlsx", "# Lines\nName | | Amount\nRent | paid | £1.00")]),
        found: &["warning blank-heading Lines!B1"],
        near_miss: Inbox(&[("lines.xlsx", "# Lines\nName | | Amount\nRent | | £1.00")]),
    },
    Case {
        code: "row-after-total",
        fires: Inbox(&[("lines.xlsx", "# Lines\nName | Amount\nRent | £1.00\nTotal | £1.00\nHeat | £2.00")]),
        found: &["error row-after-total Lines!A4:B4"],
        near_miss: Inbox(&[(
            "lines.xlsx",
            "# Lines\nName | Amount\nRent | £1.00\nTotal | £1.00\n\nHeat is paid in June.",
        )]),
    },
    Case {
        code: "table-not-located",
        fires: Inbox(&[("layouts.xlsx", "# Sections\nSectoin B\nName | Amount\nRent | £1.00")]),
        found: &["error table-not-located Sections"],
        near_miss: Inbox(&[("layouts.xlsx", "# Sections\nSection A\nsection b\nName | Amount\nRent | £1.00")]),
    },
    Case {
        code: "ambiguous-table",
        fires: Inbox(&[("lines.xlsx", "# Lines\nName | Amount\nRent | £1.00\n\nName | Amount\nHeat | £2.00")]),
        found: &["error ambiguous-table Lines"],
        // The second has one of the two headings alone.
        near_miss: Inbox(&[("lines.xlsx", "# Lines\nName | Amount\nRent | £1.00\n\nName | £2.00\nHeat | £2.00")]),
    },
    Case {
        code: "ambiguous-heading",
        fires: Inbox(&[(
            "layouts.xlsx",
            "# Forecast\n | Forecast | Actual\nService | April | April\nParks | £1.00 | £2.00",
        )]),
        found: &["error ambiguous-heading Forecast!B2"],
        near_miss: Inbox(&[(
            "layouts.xlsx",
            "# Forecast\n | Forecast | Actual\nService | April | May\nParks | £1.00 | £2.00",
        )]),
    },
    Case {
        code: "cells-read-twice",
        fires: Inbox(&[(
            "layouts.xlsx",
            "# Stacked\nTable B\nWho | Sum\nRent | £1.00\n\nTable C\nName | Amount\nHeat | £2.00\nBooks | £3.00",
        )]),
        found: &["error cells-read-twice Stacked!B7:B8"],
        near_miss: Inbox(&[(
            "layouts.xlsx",
            "# Stacked\nTable B\nName | Amount\nRent | £1.00\n\nTable C\nName | Amount\nHeat | £2.00\nBooks | £3.00",
        )]),
    },
    Case {
        code: "sheet-name-not-understood",
        fires: Inbox(&[("layouts.xlsx", "# Aprill 2022\nName | Amount\nRent | £1.00")]),
        found: &["error sheet-name-not-understood Aprill 2022"],
        near_miss: Inbox(&[("layouts.xlsx", "# April 2022\nName | Amount\nRent | £1.00")]),
    },
    Case {
        code: "repeated-value",
        fires: Inbox(&[
            FUNDING,
            (
                "meetings.xlsx",
                "# Meetings\nDate | Project | Reference\n2022-06-12 | Hate Crime | A-1\n2022-06-13 | Hate Crime | A-1",
            ),
        ]),
        found: &["error repeated-value Meetings!C3"],
        near_miss: Inbox(&[
            FUNDING,
            (
                "meetings.xlsx",
                "# Meetings\nDate | Project | Reference\n2022-06-12 | Hate Crime | A-1\n2022-06-13 | Hate Crime | A-2",
            ),
        ]),
    },
    Case {
        code: "repeated-key",
        fires: Inbox(&[
            FUNDING,
            (
                "meetings.xlsx",
                "# Meetings\nDate | Project | Reference\n2022-06-12 | Hate Crime | A-1\n2022-06-12 | Hate Crime | A-2",
            ),
        ]),
        found: &["error repeated-key Meetings!A3"],
        near_miss: Inbox(&[
            FUNDING,
            (
                "meetings.xlsx",
                "# Meetings\nDate | Project | Reference\n2022-06-12 | Hate Crime | A-1\n2022-06-13 | Hate Crime | A-2",
            ),
        ]),
    },
    Case {
        code: "unknown-reference",
        fires: Inbox(&[
            FUNDING,
            ("meetings.xlsx", "# Meetings\nDate | Project | Reference\n2022-06-12 | Hate Cirme | A-1"),
        ]),
        found: &["error unknown-reference Meetings!B2"],
        near_miss: Inbox(&[
            FUNDING,
            ("meetings.xlsx", "# Meetings\nDate | Project | Reference\n2022-06-12 | Hate Crime | A-1"),
        ]),
    },
    Case {
        code: "explanation-not-approved",
        fires: Inbox(&[
            POUND_OUT,
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nfunding | Funding | B3 | £1.00 | Rounded in the published report | Clerk | Clerk | 2022-05-01",
            ),
        ]),
        found: &["error explanation-not-approved Explanations!G2"],
        near_miss: Inbox(&[
            POUND_OUT,
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nfunding | Funding | B3 | £1.00 | Rounded in the published report | Clerk | Head | 2022-05-01",
            ),
        ]),
    },
    Case {
        code: "explanation-not-possible",
        fires: Inbox(&[
            ("lines.xlsx", "# Lines\nName | Amount\nask jo@example.org | £1.00"),
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nlines | Lines | A2 | £0.00 | It has always been there | Clerk | Head | 2022-05-01",
            ),
        ]),
        found: &["warning explanation-not-possible Explanations!C2"],
        near_miss: Inbox(&[
            POUND_OUT,
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nfunding | Funding | B3 | £1.00 | Rounded in the published report | Clerk | Head | 2022-05-01",
            ),
        ]),
    },
    Case {
        code: "explanation-not-written",
        fires: Inbox(&[
            POUND_OUT,
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nfunding | Funding | B3 | £1.00 | | \" \" | |",
            ),
        ]),
        found: &["info explanation-not-written Explanations"],
        near_miss: Inbox(&[
            POUND_OUT,
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nfunding | Funding | B3 | £1.00 | | Clerk | |",
            ),
        ]),
    },
    Case {
        code: "explanation-repeated",
        fires: Inbox(&[
            POUND_OUT,
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nfunding | Funding | B3 | £1.00 | Rounded in the published report | Clerk | Head | 2022-05-01\nfunding | Funding | B3 | £1.00 | Rounded in the published report | Clerk | Head | 2022-05-01",
            ),
        ]),
        found: &["warning explanation-repeated Explanations!C3"],
        near_miss: Inbox(&[
            POUND_OUT,
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nfunding | Funding | B3 | £1.00 | Rounded in the published report | Clerk | Head | 2022-05-01\nfunding | Funding | B3 | £2.00 | Rounded in the published report | Clerk | Head | 2022-05-01",
            ),
        ]),
    },
    Case {
        code: "explanation-unused",
        fires: Inbox(&[
            POUND_OUT,
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nfunding | Funding | B3 | £2.00 | Rounded in the published report | Clerk | Head | 2022-05-01",
            ),
        ]),
        found: &["warning explanation-unused Explanations!C2"],
        near_miss: Inbox(&[
            POUND_OUT,
            (
                "Explanations.xlsx",
                "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date \
                 recorded\nfunding | Funding | B3 | £1.00 | Rounded in the published report | Clerk | Head | 2022-05-01",
            ),
        ]),
    },
];
