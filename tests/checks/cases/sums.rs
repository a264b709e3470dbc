//! Cases of sums that a sheet states beside its row of totals.

use super::Case;
use super::Given::Inbox;

/// The cases, one for each check.
pub const CASES: &[Case] = &[
    Case {
        code: "subtotal-mismatch",
        fires: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | £1.00 | £2.00 | £3.00\nHeat | £1.00 | £1.00 | £2.00\nSite subtotal | £2.00 | £4.00",
        )]),
        found: &["error subtotal-mismatch Budget!C4"],
        near_miss: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | £1.00 | £2.00 | £3.00\nHeat | £1.00 | £1.00 | £2.00\nSite subtotal | £2.00 | £3.00",
        )]),
    },
    Case {
        code: "row-total-mismatch",
        fires: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | £1.00 | £2.00 | £4.00\nHeat | £1.00 | £1.00 | £2.00\nSite subtotal | £2.00 | £3.00",
        )]),
        found: &["error row-total-mismatch Budget!D2"],
        near_miss: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | £1.00 | £2.00 | £3.00\nHeat | £1.00 | £1.00 | £2.00\nSite subtotal | £2.00 | £3.00",
        )]),
    },
    Case {
        code: "sum-among-records",
        fires: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | £1.00 | £2.00 | £3.00\nHeat | £1.00 | £1.00 | £2.00\nSite subtotal | £2.00 | £3.00\nTotal of sites | £2.00 | £3.00 | £5.00",
        )]),
        found: &["warning sum-among-records Budget!A5"],
        near_miss: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | £1.00 | £2.00 | £3.00\nHeat | £1.00 | £1.00 | £2.00\nSite subtotal | £2.00 | £3.00\nTotally new | £2.00 | £3.00 | £5.00",
        )]),
    },
    Case {
        code: "expected-sum-missing",
        fires: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | £1.00 | £2.00 | £3.00\nHeat | £1.00 | £1.00 | £2.00\nAll sites | £2.00 | £3.00 | £5.00",
        )]),
        found: &["warning expected-sum-missing Budget"],
        near_miss: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | £1.00 | £2.00 | £3.00\nHeat | £1.00 | £1.00 | £2.00\nSite subtotal | £2.00 | £3.00",
        )]),
    },
    Case {
        code: "sum-with-unknown-parts",
        fires: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | [c] | [c] | £7.00\nHeat | £1.00 | £1.00 | £2.00\nSite subtotal | £1.00 | £1.00",
        )]),
        found: &["info sum-with-unknown-parts Budget!D2"],
        near_miss: Inbox(&[(
            "budget.xlsx",
            "# Budget\nLine | April | May | Full year\nRent | | | £7.00\nHeat | [c] | £2.00 | £2.00\nSite subtotal | | £2.00",
        )]),
    },
];
