//! Cases of values that look right and are not.

use super::super::support::package::edit_parts;
use super::super::support::workbook;
use super::Case;
use super::Given::{Inbox, Made, Spend};

/// A front sheet and a table of values, in the workbook of a month or of none.
macro_rules! values {
    ($rows:literal) => {
        values!("2022-04-28", $rows)
    };
    ($prepared:literal, $rows:literal) => {
        Inbox(&[(
            "2022-04 values.xlsx",
            concat!(
                "# Front\nTitle | Values\nDate prepared | ",
                $prepared,
                "\n# Values\nName | Sent | Refund | Share\n",
                $rows
            ),
        )])
    };
}

/// The cases, one for each check.
pub const CASES: &[Case] = &[
    Case {
        code: "look-alike-characters",
        fires: Spend("2022-04-15|INV-0001||||386.75O"),
        found: &["error look-alike-characters Spend!F2"],
        near_miss: Spend("2022-04-15|INV-0001||||386.75 or so"),
    },
    Case {
        code: "invisible-character",
        fires: Spend("2022-04-15|\"INV-0001\\u{a0}\"|Hate Crime"),
        found: &["warning invisible-character Spend!B2"],
        near_miss: Spend("2022-04-15|\"INV-0001 \"|Hate Crime"),
    },
    Case {
        code: "two-digit-year",
        fires: Spend("15/04/22|INV-0001"),
        found: &["error two-digit-year Spend!A2"],
        near_miss: Spend("\"15/04/2022\"|INV-0001"),
    },
    Case {
        code: "number-as-date",
        fires: Spend("serial 15|INV-0001"),
        found: &["error number-as-date Spend!A2"],
        near_miss: Spend("serial 44666|INV-0001"),
    },
    Case {
        code: "date-with-time",
        fires: Spend("serial 44666.395833333336|INV-0001"),
        found: &["warning date-with-time Spend!A2"],
        near_miss: Spend("serial 44666|INV-0001"),
    },
    Case {
        code: "other-date-system",
        fires: Made("2022-04 values.xlsx", counted_from_1904),
        found: &["warning other-date-system 2022-04 values.xlsx"],
        near_miss: values!("A | 2022-04-15"),
    },
    Case {
        code: "date-after-prepared",
        fires: values!("A | 2022-04-29"),
        found: &["warning date-after-prepared Values!B2"],
        near_miss: values!("A | 2022-04-28"),
    },
    Case {
        code: "day-and-month-swapped",
        fires: values!("2022-10-05", "A | 2022-04-15"),
        found: &["warning day-and-month-swapped Front!B2"],
        near_miss: values!("2022-05-10", "A | 2022-04-15"),
    },
    Case {
        code: "sign-as-text",
        fires: Spend("2022-04-15|INV-0001||||\"12.50-\""),
        found: &["warning sign-as-text Spend!F2"],
        near_miss: Spend("2022-04-15|INV-0001||||\"-12.50\""),
    },
    Case {
        code: "negative-amount",
        fires: values!("A | 2022-04-15 | -£5.00"),
        found: &["warning negative-amount Values!C2"],
        near_miss: values!("A | 2022-04-15 | £0.00"),
    },
    Case {
        code: "percentage-as-whole-number",
        fires: values!("A || £1.00 | 45%\nB || £1.00 | 50"),
        found: &["warning percentage-as-whole-number Values!D3"],
        near_miss: values!("A || £1.00 | 45%\nB || £1.00 | 50%"),
    },
    Case {
        code: "spelt-two-ways",
        fires: values!("Dawn & Co || £1.00\nDawn & Co || £1.00\nDawn and Co || £1.00"),
        found: &["warning spelt-two-ways Values!A4"],
        near_miss: values!("Dawn & Co || £1.00\nDawn & Co || £1.00\nDawn & Cox || £1.00"),
    },
];

fn counted_from_1904() -> Vec<u8> {
    let sheets = "# Front\nTitle | Values\nDate prepared | 2022-04-28\n# Values\nName | Sent\nA | 2022-04-15";
    edit_parts(&workbook(sheets), |name, text| match name {
        "xl/workbook.xml" => text.replacen("<workbookPr", "<workbookPr date1904=\"1\"", 1),
        _ => text,
    })
}
