//! Cases of the cells of a column: types, constraints, windows, totals, personal data, characters.

use super::Case;
use super::Given::{Inbox, Lines, Spend};

/// The cases, one for each check.
pub const CASES: &[Case] = &[
    Case {
        code: "error-value",
        fires: Spend("2022-04-15|INV-0001||||#REF!"),
        found: &["error error-value Spend!F2"],
        near_miss: Spend("2022-04-15|INV-0001|\"#REF! in May\"|||£5.00"),
    },
    Case {
        code: "impossible-date",
        fires: Spend("\"31/02/2022\"|INV-0001"),
        found: &["error impossible-date Spend!A2"],
        near_miss: Spend("\"30/04/2022\"|INV-0001"),
    },
    Case {
        code: "not-a-date",
        fires: Spend("mid April|INV-0001"),
        found: &["error not-a-date Spend!A2"],
        near_miss: Spend("\"15/04/2022\"|INV-0001"),
    },
    Case {
        code: "not-a-month",
        fires: Spend("2022-04-15|INV-0001||||||April"),
        found: &["error not-a-month Spend!H2"],
        near_miss: Spend("2022-04-15|INV-0001||||||April 2022"),
    },
    Case {
        code: "not-an-amount",
        fires: Spend("2022-04-15|INV-0001||||12 or 13"),
        found: &["error not-an-amount Spend!F2"],
        near_miss: Spend("2022-04-15|INV-0001||||\"£12\""),
    },
    Case {
        code: "foreign-currency",
        fires: Spend("2022-04-15|INV-0001||||€500"),
        found: &["error foreign-currency Spend!F2"],
        near_miss: Spend("2022-04-15|INV-0001||||\"£500\""),
    },
    Case {
        code: "fraction-of-penny",
        fires: Spend("2022-04-15|INV-0001||||10.004"),
        found: &["error fraction-of-penny Spend!F2"],
        near_miss: Spend("2022-04-15|INV-0001||||0.30000000000000004"),
    },
    Case {
        code: "amount-too-large",
        fires: Spend("2022-04-15|INV-0001||||10000000000000000"),
        found: &["error amount-too-large Spend!F2"],
        near_miss: Spend("2022-04-15|INV-0001||||1000000000"),
    },
    Case {
        code: "not-a-number",
        fires: Spend("2022-04-15|INV-0001|||about 20"),
        found: &["error not-a-number Spend!E2"],
        near_miss: Spend("2022-04-15|INV-0001|||20"),
    },
    Case {
        code: "not-a-whole-number",
        fires: Spend("2022-04-15|INV-0001|||12.5"),
        found: &["error not-a-whole-number Spend!E2"],
        near_miss: Spend("2022-04-15|INV-0001|||12.0"),
    },
    Case {
        code: "not-yes-or-no",
        fires: Spend("2022-04-15|INV-0001|||||Soon"),
        found: &["error not-yes-or-no Spend!G2"],
        near_miss: Spend("2022-04-15|INV-0001|||||No"),
    },
    Case {
        code: "format-not-understood",
        fires: Inbox(&[(
            "2022-04 values.xlsx",
            "# Front\nTitle | April\nDate prepared | 2022-05-05\n\n# Values\nName | Sent | Refund | Share | Index\n\
             Home | 2022-04-15 | £5.00 | 12% | 1234.5 as 0.0,\"k\"",
        )]),
        found: &["error format-not-understood Values!E2"],
        near_miss: Inbox(&[(
            "2022-04 values.xlsx",
            "# Front\nTitle | April\nDate prepared | 2022-05-05\n\n# Values\nName | Sent | Refund | Share | Index\n\
             Home | 2022-04-15 | £5.00 | 12% | 1234.5 as #,##0.0,",
        )]),
    },
    Case {
        code: "formula-without-result",
        fires: Spend("2022-04-15|INV-0001||||=2+3"),
        found: &["error formula-without-result Spend!F2"],
        near_miss: Spend("2022-04-15|INV-0001||||=2+3 -> £5.00"),
    },
    Case {
        code: "date-as-text",
        fires: Spend("\"15/04/2022\"|INV-0001"),
        found: &["warning date-as-text Spend!A2"],
        near_miss: Spend("2022-04-15|INV-0001|\"15/04/2022\""),
    },
    Case {
        code: "amount-as-text",
        fires: Spend("2022-04-15|INV-0001||||\"£1,250.00\""),
        found: &["warning amount-as-text Spend!F2"],
        near_miss: Spend("2022-04-15|INV-0001|\"£1,250.00\"|||£1,250.00"),
    },
    Case {
        code: "number-as-text",
        fires: Spend("2022-04-15|INV-0001|||\"12\""),
        found: &["warning number-as-text Spend!E2"],
        near_miss: Spend("2022-04-15|INV-0001|\"120\"||12"),
    },
    Case {
        code: "month-as-text",
        fires: Spend("2022-04-15|INV-0001||||||\"Apr-22\""),
        found: &["warning month-as-text Spend!H2"],
        near_miss: Spend("2022-04-15|INV-0001||||||2022-04"),
    },
    Case {
        code: "required-value",
        fires: Spend("|INV-0001|Hate Crime"),
        found: &["error required-value Spend!A2"],
        near_miss: Spend("2022-04-15||Hate Crime"),
    },
    Case {
        code: "pattern-mismatch",
        fires: Spend("2022-04-15|INV-00012"),
        found: &["error pattern-mismatch Spend!B2"],
        near_miss: Spend("2022-04-15|JNL-0012"),
    },
    Case {
        code: "not-in-list",
        fires: Spend("2022-04-15|INV-0001||With Home Ofice"),
        found: &["error not-in-list Spend!D2"],
        near_miss: Spend("2022-04-15|INV-0001||\" Draft\""),
    },
    Case {
        code: "too-small",
        fires: Spend("2022-04-15|INV-0001|||-1"),
        found: &["error too-small Spend!E2"],
        near_miss: Spend("2022-04-15|INV-0001|||0"),
    },
    Case {
        code: "too-large",
        fires: Spend("2022-04-15|INV-0001|||501"),
        found: &["error too-large Spend!E2"],
        near_miss: Spend("2022-04-15|INV-0001|||500"),
    },
    Case {
        code: "too-short",
        fires: Spend("2022-04-15|INV-0001|HC"),
        found: &["error too-short Spend!C2"],
        near_miss: Spend("2022-04-15|INV-0001|HCr"),
    },
    Case {
        code: "too-long",
        fires: Spend("2022-04-15|INV-0001|Integrated Offender Management, county ce"),
        found: &["error too-long Spend!C2"],
        near_miss: Spend("2022-04-15|INV-0001|Integrated Offender Management, county c"),
    },
    Case {
        code: "date-outside-month",
        fires: Spend("2022-05-01|INV-0001"),
        found: &["error date-outside-month Spend!A2"],
        near_miss: Spend("2022-04-30|INV-0001"),
    },
    Case {
        code: "date-outside-year",
        fires: Spend("2022-04-15|INV-0001||||||2023-04"),
        found: &["error date-outside-year Spend!H2"],
        near_miss: Spend("2022-04-15|INV-0001||||||2023-03"),
    },
    Case {
        code: "total-mismatch",
        fires: Lines("Rent | £0.10\nHeat | £0.20\nTotal | £0.31"),
        found: &["error total-mismatch Lines!B4"],
        near_miss: Lines("Rent | £0.10\nHeat | £0.20\nTotal | £0.30"),
    },
    Case {
        code: "missing-total",
        fires: Inbox(&[("funding.xlsx", "# Funding\nProject | Amount\nHate Crime | £139,250.00")]),
        found: &["warning missing-total Funding"],
        // A total is asked of what is held to the approved total alone.
        near_miss: Lines("Rent | £0.10"),
    },
    Case {
        code: "control-total",
        fires: Inbox(&[("funding.xlsx", "# Funding\nProject | Amount\nHate Crime | £139,249.99\nTotal | £139,249.99")]),
        found: &["error control-total Funding!B3"],
        near_miss: Inbox(&[(
            "funding.xlsx",
            "# Funding\nProject | Amount\nHate Crime | £139,249.99\nDawn Project | £0.01\nTotal | £139,250.00",
        )]),
    },
    Case {
        code: "personal-data",
        fires: Spend("2022-04-15|INV-0001|ask jo@example.org"),
        found: &["error personal-data Spend!C2"],
        near_miss: Spend("2022-04-15|INV-0001|ask Jo @ example"),
    },
    Case {
        code: "unprintable-character",
        fires: Spend("2022-04-15|INV-0001|Safe \u{1f512} homes"),
        found: &["warning unprintable-character Spend!C2"],
        near_miss: Spend("2022-04-15|INV-0001|Café Łódź"),
    },
];
