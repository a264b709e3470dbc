//! What is carried from one month to the next: budgets, and rows that were left in.

use super::year::{APRIL, Change, Edit, FUNDING, MAY, To};
use super::{Fires, RuleCases, check};

/// Budget moved in May, recorded in the funding workbook.
const VIREMENT: Edit = Change(
    FUNDING,
    " | | Total | £139,250.00\n",
    " | | Total | £139,250.00\n\n# Virements\nDate | From | To | Amount | Authority\n2022-05-20 | PCC-02 | PCC-01 | £1,000.00 | Chief finance officer\n",
);
const DAWN_UP: Edit = Change(MAY, "Dawn Project | £100,000.00", "Dawn Project | £101,000.00");
const HATE_DOWN: Edit = Change(MAY, "Hate Crime | £39,250.00", "Hate Crime | £38,250.00");
const THIRD_IN_APRIL: Edit = Change(
    APRIL,
    "| Grant | £500.00\n",
    "| Grant | £500.00\n2022-04-11 | INV-0103 | Dawn Project | Supplier | Rent | £20.00\n",
);

pub const RULES: &[RuleCases] = &[
    RuleCases {
        code: "budget-changes-by-virement",
        to: To::June,
        fix: "Put the budget back to £100,000.00, or record the virement (date, from, to, amount, authority) on the sheet Virements of the funding workbook.",
        explainable: true,
        fires: &[
            Fires {
                name: "typed over in May alone",
                edits: &[DAWN_UP],
                found: &[
                    "error 2022-05 return Summary!C2: £101,000.00 for £100,000.00, out by £1,000.00",
                    "error 2022-06 return Summary!C2: £100,000.00 for £101,000.00, out by -£1,000.00",
                ],
                message: "The budget for Dawn Project is £101,000.00; in April 2022 it was £100,000.00, and no virement of May 2022 changes it. The difference is £1,000.00.",
                related: &["2022-04 return Summary!C2"],
            },
            Fires {
                name: "a virement that one side of the summary does not show",
                edits: &[
                    VIREMENT,
                    DAWN_UP,
                    Change("2022-06 return.xlsx", "Dawn Project | £100,000.00", "Dawn Project | £101,000.00"),
                ],
                found: &["error 2022-05 return Summary!C3: £39,250.00 for £38,250.00, out by £1,000.00"],
                message: "The budget for Hate Crime is £39,250.00; in April 2022 it was £39,250.00, and the virements of May 2022 make it £38,250.00. The difference is £1,000.00.",
                related: &["2022-04 return Summary!C3", "funding Virements!D2"],
            },
        ],
        near_misses: &[
            (
                "a virement that both sides show from its month on",
                &[
                    VIREMENT,
                    DAWN_UP,
                    HATE_DOWN,
                    Change("2022-06 return.xlsx", "Dawn Project | £100,000.00", "Dawn Project | £101,000.00"),
                    Change("2022-06 return.xlsx", "Hate Crime | £39,250.00", "Hate Crime | £38,250.00"),
                ],
            ),
            ("the first month has none before it", &[Change(APRIL, "Dawn Project | £100,000.00", "Dawn Project |")]),
        ],
    },
    RuleCases {
        code: "virement-moves-between-lines",
        to: To::May,
        fix: "Correct one of the two references.",
        explainable: false,
        fires: &[Fires {
            name: "from a line to itself",
            edits: &[VIREMENT, Change(FUNDING, "PCC-02 | PCC-01", "PCC-01 | PCC-01")],
            found: &["error funding Virements!C2"],
            message: "The virement of £1,000.00 goes from PCC-01 to PCC-01, which is the same line.",
            related: &["funding Virements!B2"],
        }],
        near_misses: &[("from one line to another", &[VIREMENT])],
    },
    RuleCases {
        code: "payment-repeated",
        to: To::May,
        fix: "Compare the two invoices. If it was paid once, delete one of the rows; if it was paid twice by mistake, ask for the money back.",
        explainable: false,
        fires: &[
            Fires {
                name: "one payment under two references",
                edits: &[Change(
                    MAY,
                    "| Grant | £500.00\n",
                    "| Grant | £500.00\n2022-05-10 | INV-0203 | Dawn Project | supplier | Rent | £1,000.00\n",
                )],
                found: &["warning 2022-05 return Spend!F4"],
                message: "£1,000.00 to supplier on 10 May 2022 is listed as INV-0203 here and as INV-0201 in row 2. It could be one payment under two references.",
                related: &["2022-05 return Spend!F2"],
            },
            Fires {
                name: "under three, which is one finding",
                edits: &[Change(
                    MAY,
                    "| Grant | £500.00\n",
                    "| Grant | £500.00\n2022-05-10 | INV-0203 | Dawn Project | Supplier | Rent | £1,000.00\n2022-05-10 | INV-0204 | Hate Crime | Supplier | Rent | £1,000.00\n",
                )],
                found: &["warning 2022-05 return Spend!F4"],
                message: "£1,000.00 to Supplier on 10 May 2022 is listed as INV-0203 here and as INV-0201 in row 2. It could be one payment under 3 references.",
                related: &["2022-05 return Spend!F2"],
            },
            Fires {
                name: "in another month's return",
                edits: &[
                    THIRD_IN_APRIL,
                    Change(
                        MAY,
                        "| Grant | £500.00\n",
                        "| Grant | £500.00\n2022-04-11 | INV-0203 | Dawn Project | Supplier | Rent | £20.00\n",
                    ),
                ],
                found: &["warning 2022-05 return Spend!F4"],
                message: "£20.00 to Supplier on 11 April 2022 is listed as INV-0203 here and as INV-0103 in row 4 of 2022-04 return.xlsx. It could be one payment under two references.",
                related: &["2022-04 return Spend!F4"],
            },
        ],
        near_misses: &[
            (
                "a penny apart",
                &[Change(
                    MAY,
                    "| Grant | £500.00\n",
                    "| Grant | £500.00\n2022-05-10 | INV-0203 | Dawn Project | Supplier | Rent | £1,000.01\n",
                )],
            ),
            (
                "a day apart",
                &[Change(
                    MAY,
                    "| Grant | £500.00\n",
                    "| Grant | £500.00\n2022-05-11 | INV-0203 | Dawn Project | Supplier | Rent | £1,000.00\n",
                )],
            ),
            (
                "journals for two projects",
                &[
                    Change(MAY, "INV-0202", "JNL-0202"),
                    Change(
                        MAY,
                        "| Grant | £500.00\n",
                        "| Grant | £500.00\n2022-05-10 | JNL-0203 | Dawn Project | Supplier | Grant | £500.00\n",
                    ),
                ],
            ),
        ],
    },
    RuleCases {
        code: "measures-differ-from-last-month",
        to: To::May,
        fix: "Compare the sheet with the figures of May 2022 and type them in.",
        explainable: false,
        fires: &[Fires {
            name: "every value is April's",
            edits: &[Change(
                MAY,
                "YO-04 | A count | Youth intervention | 10",
                "YO-04 | A count | Youth intervention | 11",
            )],
            found: &["warning 2022-05 return Measures!D2"],
            message: "All 28 values on this sheet are those of April 2022. The sheet could be last month's, with its values left in.",
            related: &["2022-04 return Measures!D2"],
        }],
        near_misses: &[("one value differs", &[])],
    },
    RuleCases {
        code: "payments-differ-from-last-month",
        to: To::May,
        fix: "Compare the sheet with the payments of May 2022.",
        explainable: false,
        fires: &[Fires {
            name: "every payment is like one of April",
            edits: &[
                THIRD_IN_APRIL,
                Change(
                    MAY,
                    "| Grant | £500.00\n",
                    "| Grant | £500.00\n2022-05-11 | INV-0203 | Dawn Project | Supplier | Rent | £20.00\n",
                ),
            ],
            found: &["warning 2022-05 return Spend!F2"],
            message: "Each of the 3 payments on this sheet has the project, payee and amount of one in April 2022. The rows could be last month's, left in.",
            related: &["2022-04 return Spend!F2"],
        }],
        near_misses: &[
            ("two payments that come every month", &[]),
            (
                "one payment more than in April",
                &[
                    THIRD_IN_APRIL,
                    Change(
                        MAY,
                        "| Grant | £500.00\n",
                        "| Grant | £500.00\n2022-05-11 | INV-0203 | Dawn Project | Supplier | Rent | £20.00\n2022-05-12 | INV-0204 | Dawn Project | Supplier | Rent | £20.00\n",
                    ),
                ],
            ),
        ],
    },
];

#[test]
fn carried() {
    check(RULES);
}
