//! Cases of formulas: totals, columns of formulas, what they refer to, and their stored results.

use super::super::support::package::edit_parts;
use super::Given::{Inbox, Lines, Made};
use super::{Case, workbook};

/// A workbook that is calculated only when somebody asks for it.
fn calculated_by_hand() -> Vec<u8> {
    let text = "# Lines\nName | Amount\nRent | =C2*2 -> £4.00 | 2";
    edit_parts(&workbook(text), |name, text| match name {
        "xl/workbook.xml" => text.replace("<calcPr ", "<calcPr calcMode=\"manual\" "),
        _ => text,
    })
}

/// The cases, one for each check.
pub const CASES: &[Case] = &[
    Case {
        code: "total-leaves-lines-out",
        // A total of lines that could not all be read is not judged itself, and so says nothing of the same.
        fires: Lines("Rent | x\nHeat | £2.00\nLight | £4.00\nTotal | =SUM(B2:B3) -> £2.00"),
        found: &["error total-leaves-lines-out Lines!B5"],
        near_miss: Lines("Rent | £1.00\nHeat | £2.00\nTotal | =B2+B3 -> £3.00"),
    },
    Case {
        code: "total-takes-others-in",
        fires: Inbox(&[(
            "lines.xlsx",
            "# Lines\nBrought in | £5.00\nName | Amount\nRent | x\nHeat | £2.00\nTotal | =SUM(B1:B4) -> £7.00",
        )]),
        found: &["error total-takes-others-in Lines!B5"],
        near_miss: Lines("Rent | £1.00\nHeat | £2.00\nTotal | =SUM(A1:B3) -> £3.00"),
    },
    Case {
        code: "total-counts-twice",
        fires: Lines("Rent | x\nHeat | £2.00\nTotal | =SUM(B2:B3)+B3 -> £4.00"),
        found: &["error total-counts-twice Lines!B4"],
        near_miss: Lines("Rent | £1.00\nHeat | £2.00\nTotal | =SUM(B2)+B3 -> £3.00"),
    },
    Case {
        code: "total-adjusted-by-hand",
        fires: Lines("Rent | x\nHeat | £2.00\nTotal | =SUM(B2:B3)+4.5 -> £6.50"),
        found: &["error total-adjusted-by-hand Lines!B4"],
        near_miss: Lines("Rent | £1.00\nHeat | £2.00\nTotal | =ROUND(SUM(B2:B3),2) -> £3.00"),
    },
    Case {
        code: "total-typed-over",
        fires: Lines("Rent | £1.00 | =B2*2 -> £2.00\nHeat | £2.00 | =B3*2 -> £4.00\nTotal | £3.00"),
        found: &["info total-typed-over Lines!B4"],
        near_miss: Lines("Rent | £1.00\nHeat | £2.00\nTotal | =SUM(B2:B3) -> £3.00"),
    },
    Case {
        code: "formula-typed-over",
        fires: Lines(
            "Rent | =C2*2 -> £4.00 | 2\nHeat | =C3*2 -> £4.00 | 2\nLight | =C4*2 -> £4.00 | 2\nGas | £4.00 | 2",
        ),
        found: &["warning formula-typed-over Lines!B5"],
        near_miss: Lines("Rent | =C2*2 -> £4.00 | 2\nHeat | =C3*2 -> £4.00 | 2\nLight | £4.00 | 2\nGas | £4.00 | 2"),
    },
    Case {
        code: "formula-unlike-others",
        fires: Lines(
            "Rent | =C2*2 -> £4.00 | 2\nHeat | =C3*2 -> £4.00 | 2\nLight | =C4*2 -> £4.00 | 2\nGas | =C4*2 -> £4.00 | 2",
        ),
        found: &["warning formula-unlike-others Lines!B5"],
        near_miss: Lines(
            "Rent | =C2*2 -> £4.00 | 2\nHeat | =C3*2 -> £4.00 | 2\nLight | =C4*2 -> £4.00 | 2\nGas | = c5 * 2 -> £4.00 | 2",
        ),
    },
    Case {
        code: "error-hidden-by-formula",
        fires: Lines("Rent | =IFERROR(C2,1) -> £1.00 | #N/A"),
        found: &["error error-hidden-by-formula Lines!B2"],
        near_miss: Lines("Rent | =IFERROR(C2,1) -> £2.00 | 2"),
    },
    Case {
        code: "error-beside-table",
        fires: Lines("Rent | =C2*2 -> #N/A | #N/A"),
        found: &["error error-beside-table Lines!C2"],
        near_miss: Lines("Rent | =D2*2 -> £4.00 | #N/A | 2"),
    },
    Case {
        code: "broken-reference",
        fires: Lines("Rent | =C2+#REF! -> £1.00 | 1"),
        found: &["error broken-reference Lines!B2"],
        near_miss: Lines("Rent | =IF(C2=\"#REF!\",1,2) -> £2.00 | 1"),
    },
    Case {
        code: "formula-uses-empty-cell",
        fires: Lines("Rent | =C2+D2 -> £1.00 | 1"),
        found: &["warning formula-uses-empty-cell Lines!B2"],
        near_miss: Lines("Rent | =SUM(C2:D2) -> £1.00 | 1"),
    },
    Case {
        code: "formula-uses-text",
        fires: Lines("Rent | =SUM(C2,A2) -> £1.00 | 1"),
        found: &["warning formula-uses-text Lines!B2"],
        near_miss: Lines("Rent | =SUM(C2,D2) -> £3.00 | 1 | 2"),
    },
    Case {
        code: "other-workbook-linked",
        fires: Lines("Rent | =[Budget.xlsx]Sheet1!C4 -> £1.00"),
        found: &["warning other-workbook-linked Lines!B2"],
        near_miss: Inbox(&[("lines.xlsx", "# Lines\nName | Amount\nRent | =Budget!A1 -> £1.00\n# Budget\n1")]),
    },
    Case {
        code: "circular-reference",
        fires: Lines("Rent | =C2+1 -> £2.00 | =B2-1 -> 1"),
        found: &["error circular-reference Lines!B2"],
        near_miss: Lines("Rent | =C2+1 -> £2.00 | =D2-1 -> 1 | 2"),
    },
    Case {
        code: "calculation-not-automatic",
        fires: Made("lines.xlsx", calculated_by_hand),
        found: &["warning calculation-not-automatic lines.xlsx"],
        near_miss: Lines("Rent | =C2*2 -> £4.00 | 2"),
    },
    Case {
        code: "stale-result",
        fires: Lines("Rent|£80.00\nHeat|=B2/10 -> £9.00"),
        found: &["error stale-result Lines!B3"],
        near_miss: Lines("Rent|£80.00\nHeat|=B2/10 -> £8.00"),
    },
];
