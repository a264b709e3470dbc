//! Funding, payments and the summaries.

use super::year::{APRIL, Change, FUNDING, JUNE, MAY, To, Without};
use super::{Fires, RuleCases, check};

const DAWN_IN_APRIL: &str = "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | £1,000.00 | £99,000.00";
const DAWN_IN_MAY: &str = "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | £2,000.00 | £98,000.00";
const HATE_IN_MAY: &str = "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £1,000.00 | £38,250.00";
const DAWN_IN_JUNE: &str = "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | £3,000.00 | £97,000.00";

pub const RULES: &[RuleCases] = &[
    RuleCases {
        code: "spend-agrees-with-summary",
        to: To::May,
        fix: "Correct the summary, or the payments of May 2022.",
        explainable: true,
        fires: &[
            Fires {
                name: "the summary says a penny more",
                edits: &[Change(
                    MAY,
                    DAWN_IN_MAY,
                    "PCC-01 | Dawn Project | £100,000.00 | £1,000.01 | £2,000.00 | £98,000.00",
                )],
                found: &["error 2022-05 return Summary!D2: £1,000.01 for £1,000.00, out by £0.01"],
                message: "The summary says £1,000.01 was spent on Dawn Project in May 2022; the payments for it add up to £1,000.00. The difference is £0.01.",
                related: &["2022-05 return Spend!F2"],
            },
            Fires {
                name: "a payment that names no project of the funding is related",
                edits: &[Change(MAY, "INV-0202 | Hate Crime", "INV-0202 | Hat Crime")],
                found: &["error 2022-05 return Summary!D3: £500.00 for £0.00, out by £500.00"],
                message: "The summary says £500.00 was spent on Hate Crime in May 2022; the payments for it add up to £0.00. The difference is £500.00.",
                related: &["2022-05 return Spend!C3"],
            },
            Fires {
                name: "unless its amount is more than what is missing",
                edits: &[
                    Change(MAY, "INV-0202 | Hate Crime", "INV-0202 | Hat Crime"),
                    Change(MAY, "£39,250.00 | £500.00 |", "£39,250.00 | £499.99 |"),
                ],
                found: &["error 2022-05 return Summary!D3: £499.99 for £0.00, out by £499.99"],
                message: "The summary says £499.99 was spent on Hate Crime in May 2022; the payments for it add up to £0.00. The difference is £499.99.",
                related: &[],
            },
            Fires {
                name: "the ref of a row that names another project is related",
                edits: &[
                    Change(MAY, "PCC-01 | Dawn Project", "PCC-01 | Hate Crime"),
                    Change(MAY, "PCC-02 | Hate Crime", "PCC-02 | Dawn Project"),
                ],
                found: &[
                    "error 2022-05 return Summary!D2: £1,000.00 for £500.00, out by £500.00",
                    "error 2022-05 return Summary!D3: £500.00 for £1,000.00, out by -£500.00",
                ],
                message: "The summary says £1,000.00 was spent on Hate Crime in May 2022; the payments for it add up to £500.00. The difference is £500.00.",
                related: &["2022-05 return Spend!F3", "2022-05 return Summary!A2"],
            },
            Fires {
                name: "so is one that names none",
                edits: &[Change(MAY, "INV-0202 | Hate Crime", "INV-0202 |")],
                found: &["error 2022-05 return Summary!D3: £500.00 for £0.00, out by £500.00"],
                message: "The summary says £500.00 was spent on Hate Crime in May 2022; the payments for it add up to £0.00. The difference is £500.00.",
                related: &["2022-05 return Spend!C3"],
            },
        ],
        near_misses: &[
            (
                "a refund brings the payments down to the summary",
                &[Change(
                    MAY,
                    "Project worker | £1,000.00\n",
                    "Project worker | £1,200.00\n2022-05-11 | INV-0203 | Dawn Project | Supplier | Refund | -£200.00\n",
                )],
            ),
            (
                "a project that the funding does not know has a finding of its own",
                &[Change(MAY, "PCC-01 | Dawn Project", "PCC-01 | Dwan Project")],
            ),
            ("the month's payments are missing", &[Change(MAY, "# Spend\n", "# Money\n")]),
        ],
    },
    RuleCases {
        code: "spend-to-date-rolls-forward",
        to: To::June,
        fix: "Correct spend to date, or return the earlier month again.",
        explainable: true,
        fires: &[
            Fires {
                name: "typed over in May, so that June does not follow either",
                edits: &[Change(
                    MAY,
                    DAWN_IN_MAY,
                    "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | £2,250.00 | £97,750.00",
                )],
                found: &[
                    "error 2022-05 return Summary!E2: £2,250.00 for £2,000.00, out by £250.00",
                    "error 2022-06 return Summary!E2: £3,000.00 for £3,250.00, out by -£250.00",
                ],
                message: "Spend to date for Dawn Project says £2,250.00; last month's £1,000.00 plus this month's £1,000.00 is £2,000.00. The difference is £250.00.",
                related: &[
                    "2022-04 return Summary!A2",
                    "2022-04 return Summary!E2",
                    "2022-05 return Summary!A2",
                    "2022-05 return Summary!D2",
                ],
            },
            Fires {
                name: "the year's first month begins from nothing",
                edits: &[
                    Change(
                        APRIL,
                        DAWN_IN_APRIL,
                        "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | £1,100.00 | £98,900.00",
                    ),
                    Change(
                        MAY,
                        DAWN_IN_MAY,
                        "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | £2,100.00 | £97,900.00",
                    ),
                    Change(
                        JUNE,
                        DAWN_IN_JUNE,
                        "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | £3,100.00 | £96,900.00",
                    ),
                ],
                found: &["error 2022-04 return Summary!E2: £1,100.00 for £1,000.00, out by £100.00"],
                message: "Spend to date for Dawn Project says £1,100.00; in the year's first month it must be the spend this month, which is £1,000.00. The difference is £100.00.",
                related: &["2022-04 return Summary!A2", "2022-04 return Summary!D2"],
            },
        ],
        near_misses: &[
            (
                "more was spent, and later months carry it",
                &[
                    Change(
                        MAY,
                        DAWN_IN_MAY,
                        "PCC-01 | Dawn Project | £100,000.00 | £1,250.00 | £2,250.00 | £97,750.00",
                    ),
                    Change(
                        JUNE,
                        DAWN_IN_JUNE,
                        "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | £3,250.00 | £96,750.00",
                    ),
                ],
            ),
            (
                "last month's figure is blank, which is a finding of its own",
                &[Change(APRIL, DAWN_IN_APRIL, "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | | £99,000.00")],
            ),
        ],
    },
    RuleCases {
        code: "remaining-is-budget-less-spend",
        to: To::May,
        fix: "Correct the formula in the Remaining column.",
        explainable: true,
        fires: &[Fires {
            name: "typed over",
            edits: &[Change(
                MAY,
                DAWN_IN_MAY,
                "PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | £2,000.00 | £97,999.50",
            )],
            found: &["error 2022-05 return Summary!F2: £97,999.50 for £98,000.00, out by -£0.50"],
            message: "Remaining for Dawn Project says £97,999.50; budget less spend to date is £98,000.00. The difference is -£0.50.",
            related: &["2022-05 return Summary!C2", "2022-05 return Summary!E2"],
        }],
        near_misses: &[(
            "an overspent project has less than nothing left",
            &[Change(MAY, HATE_IN_MAY, "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £39,300.00 | -£50.00")],
        )],
    },
    RuleCases {
        code: "summary-budget-is-funding-line",
        to: To::May,
        fix: "Correct the budget in the summary, or the funding line.",
        explainable: true,
        fires: &[
            Fires {
                name: "typed over in the year's first summary",
                edits: &[Change(
                    APRIL,
                    DAWN_IN_APRIL,
                    "PCC-01 | Dawn Project | £101,000.00 | £1,000.00 | £1,000.00 | £100,000.00",
                )],
                found: &["error 2022-04 return Summary!C2: £101,000.00 for £100,000.00, out by £1,000.00"],
                message: "The summary's budget for Dawn Project is £101,000.00; its funding line is £100,000.00. The difference is £1,000.00.",
                related: &["2022-04 return Summary!A2", "funding PCC funding!D2"],
            },
            Fires {
                name: "a penny less",
                edits: &[Change(APRIL, "Hate Crime | £39,250.00", "Hate Crime | £39,249.99")],
                found: &["error 2022-04 return Summary!C3: £39,249.99 for £39,250.00, out by -£0.01"],
                message: "The summary's budget for Hate Crime is £39,249.99; its funding line is £39,250.00. The difference is -£0.01.",
                related: &["2022-04 return Summary!A3", "funding PCC funding!D3"],
            },
            Fires {
                name: "changed in the funding: shown once, in the first month",
                edits: &[Change(FUNDING, "£39,250.00 | Top sliced", "£39,000.00 | Top sliced")],
                found: &["error 2022-04 return Summary!C3: £39,250.00 for £39,000.00, out by £250.00"],
                message: "The summary's budget for Hate Crime is £39,250.00; its funding line is £39,000.00. The difference is £250.00.",
                related: &["2022-04 return Summary!A3", "funding PCC funding!D3"],
            },
            Fires {
                name: "with April's virement left out, and without the month before",
                edits: &[
                    Without(APRIL),
                    Change(
                        FUNDING,
                        " | | Total | £139,250.00\n",
                        " | | Total | £139,250.00\n\n# Virements\nDate | From | To | Amount | Authority\n2022-04-20 | PCC-02 | PCC-01 | £1,000.00 | Chief finance officer\n",
                    ),
                ],
                found: &[
                    "error 2022-05 return Summary!C2: £100,000.00 for £101,000.00, out by -£1,000.00",
                    "error 2022-05 return Summary!C3: £39,250.00 for £38,250.00, out by £1,000.00",
                ],
                message: "The summary's budget for Dawn Project is £100,000.00; its funding line is £100,000.00, and with what was moved by virement £101,000.00. The difference is -£1,000.00.",
                related: &["2022-05 return Summary!A2", "funding PCC funding!D2", "funding Virements!D2"],
            },
        ],
        near_misses: &[
            (
                "the funding was changed, and so was every summary",
                &[
                    Change(FUNDING, "£100,000.00 | Partnership", "£101,000.00 | Partnership"),
                    Change(FUNDING, "£39,250.00 | Top sliced", "£38,250.00 | Top sliced"),
                    Change(APRIL, "Dawn Project | £100,000.00", "Dawn Project | £101,000.00"),
                    Change(APRIL, "Hate Crime | £39,250.00", "Hate Crime | £38,250.00"),
                    Change(MAY, "Dawn Project | £100,000.00", "Dawn Project | £101,000.00"),
                    Change(MAY, "Hate Crime | £39,250.00", "Hate Crime | £38,250.00"),
                ],
            ),
            (
                "a ref that the funding does not know has a finding of its own",
                &[Change(APRIL, "PCC-01 | Dawn Project | £100,000.00", "PCC-09 | Dawn Project | £1.00")],
            ),
        ],
    },
    RuleCases {
        code: "project-within-budget",
        to: To::June,
        fix: "Correct the figures, or record an explanation of the overspend.",
        explainable: true,
        fires: &[
            Fires {
                name: "a penny over",
                edits: &[Change(
                    JUNE,
                    DAWN_IN_JUNE,
                    "PCC-01 | Dawn Project | £100,000.00 | £98,000.01 | £100,000.01 | -£0.01",
                )],
                found: &["error 2022-06 return Summary!E2: £100,000.01 for £100,000.00, out by £0.01"],
                message: "Spend to date on Dawn Project is £100,000.01, more than its budget of £100,000.00. The overspend is £0.01.",
                related: &["2022-06 return Summary!A2", "2022-06 return Summary!C2", "2022-06 return Summary!E2"],
            },
            Fires {
                name: "one that stays is shown for its first month",
                edits: &[
                    Change(
                        MAY,
                        DAWN_IN_MAY,
                        "PCC-01 | Dawn Project | £100,000.00 | £99,050.00 | £100,050.00 | -£50.00",
                    ),
                    Change(JUNE, DAWN_IN_JUNE, "PCC-01 | Dawn Project | £100,000.00 | £0.00 | £100,050.00 | -£50.00"),
                ],
                found: &["error 2022-05 return Summary!E2: £100,050.00 for £100,000.00, out by £50.00"],
                message: "Spend to date on Dawn Project is £100,050.00, more than its budget of £100,000.00. The overspend is £50.00.",
                related: &["2022-05 return Summary!A2", "2022-05 return Summary!C2", "2022-05 return Summary!E2"],
            },
            Fires {
                name: "each project has its own",
                edits: &[
                    Change(MAY, HATE_IN_MAY, "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £39,251.00 | -£1.00"),
                    Change(JUNE, DAWN_IN_JUNE, "PCC-01 | Dawn Project | £100,000.00 | £0.00 | £100,050.00 | -£50.00"),
                ],
                found: &[
                    "error 2022-05 return Summary!E3: £39,251.00 for £39,250.00, out by £1.00",
                    "error 2022-06 return Summary!E2: £100,050.00 for £100,000.00, out by £50.00",
                ],
                message: "Spend to date on Hate Crime is £39,251.00, more than its budget of £39,250.00. The overspend is £1.00.",
                related: &["2022-05 return Summary!A3", "2022-05 return Summary!C3", "2022-05 return Summary!E3"],
            },
            Fires {
                name: "one that grows is shown where it is largest",
                edits: &[
                    Change(
                        MAY,
                        DAWN_IN_MAY,
                        "PCC-01 | Dawn Project | £100,000.00 | £99,050.00 | £100,050.00 | -£50.00",
                    ),
                    Change(
                        JUNE,
                        DAWN_IN_JUNE,
                        "PCC-01 | Dawn Project | £100,000.00 | £5,000.00 | £105,050.00 | -£5,050.00",
                    ),
                ],
                found: &["error 2022-06 return Summary!E2: £105,050.00 for £100,000.00, out by £5,050.00"],
                message: "Spend to date on Dawn Project is £105,050.00, more than its budget of £100,000.00. The overspend is £5,050.00.",
                related: &["2022-06 return Summary!A2", "2022-06 return Summary!C2", "2022-06 return Summary!E2"],
            },
        ],
        near_misses: &[(
            "the whole budget is spent",
            &[Change(JUNE, DAWN_IN_JUNE, "PCC-01 | Dawn Project | £100,000.00 | £98,000.00 | £100,000.00 | £0.00")],
        )],
    },
    RuleCases {
        code: "summary-lists-each-project-once",
        to: To::May,
        fix: "List Hate Crime once in the summary.",
        explainable: false,
        fires: &[
            Fires {
                name: "left out",
                edits: &[Change(MAY, HATE_IN_MAY, "")],
                found: &["error 2022-05 return"],
                message: "Hate Crime (PCC-02) is missing from the summary for May 2022. Each funded project must be listed once.",
                related: &[],
            },
            Fires {
                name: "twice",
                edits: &[Change(MAY, "PCC-02 | Hate Crime | £39,250.00", "PCC-01 | Hate Crime | £39,250.00")],
                found: &["error 2022-05 return Summary!A3", "error 2022-05 return"],
                message: "Dawn Project (PCC-01) is listed 2 times in the summary for May 2022. Each funded project must be listed once.",
                related: &["2022-05 return Summary!A2", "2022-05 return Summary!A3"],
            },
            Fires {
                name: "a line that names it beside another's ref is the one, whatever else is misspelt",
                edits: &[
                    Change(MAY, "PCC-01 | Dawn Project | £100,000.00", "PCC-02 | Dawn Project | £100,000.00"),
                    Change(MAY, "PCC-02 | Hate Crime | £39,250.00", "PCC-20 | Hate Crime | £39,250.00"),
                ],
                found: &["error 2022-05 return"],
                message: "Dawn Project (PCC-01) is missing from the summary for May 2022. Each funded project must be listed once.",
                related: &["2022-05 return Summary!A2"],
            },
            Fires {
                name: "a line without a ref may be the one",
                edits: &[Change(MAY, "PCC-02 | Hate Crime | £39,250.00", " | Hate Crime | £39,250.00")],
                found: &["error 2022-05 return"],
                message: "Hate Crime (PCC-02) is missing from the summary for May 2022. Each funded project must be listed once.",
                related: &["2022-05 return Summary!A3"],
            },
        ],
        near_misses: &[
            (
                "a project without spending is listed",
                &[Change(
                    MAY,
                    "Hate Crime | £39,250.00 | £500.00 | £1,000.00",
                    "Hate Crime | £39,250.00 | £0.00 | £0.00",
                )],
            ),
            (
                "a line too many has a finding of its own",
                &[Change(
                    MAY,
                    HATE_IN_MAY,
                    "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £1,000.00 | £38,250.00\nPCC-03 | Dawn Project | £0.00 | £0.00 | £0.00 | £0.00",
                )],
            ),
        ],
    },
    RuleCases {
        code: "summary-ref-names-its-project",
        to: To::May,
        fix: "Correct the ref to PCC-02, or the project to Dawn Project.",
        explainable: false,
        fires: &[
            Fires {
                name: "the ref is another project's",
                edits: &[Change(MAY, "PCC-02 | Hate Crime", "PCC-01 | Hate Crime")],
                found: &["error 2022-05 return Summary!A3"],
                message: "PCC-01 is the ref of Dawn Project; Hate Crime, which this row names, has the ref PCC-02.",
                related: &["2022-05 return Summary!B3"],
            },
            Fires {
                name: "two names have changed places",
                edits: &[
                    Change(MAY, "PCC-01 | Dawn Project", "PCC-01 | Hate Crime"),
                    Change(MAY, "PCC-02 | Hate Crime", "PCC-02 | Dawn Project"),
                ],
                found: &["error 2022-05 return Summary!A2", "error 2022-05 return Summary!A3"],
                message: "PCC-01 is the ref of Dawn Project; Hate Crime, which this row names, has the ref PCC-02.",
                related: &["2022-05 return Summary!B2"],
            },
        ],
        near_misses: &[
            (
                "a name that the funding does not know has a finding of its own",
                &[Change(MAY, "PCC-02 | Hate Crime", "PCC-01 | Hat Crime")],
            ),
            (
                "so has a ref that it does not know, and a blank one",
                &[
                    Change(MAY, "PCC-01 | Dawn Project", " | Dawn Project"),
                    Change(MAY, "PCC-02 | Hate Crime", "PCC-20 | Hate Crime"),
                ],
            ),
            (
                "whole rows have changed places",
                &[
                    Change(MAY, DAWN_IN_MAY, "the first row"),
                    Change(MAY, HATE_IN_MAY, DAWN_IN_MAY),
                    Change(MAY, "the first row", HATE_IN_MAY),
                ],
            ),
        ],
    },
    RuleCases {
        code: "summary-total-is-approved-total",
        to: To::May,
        fix: "Find the line that is missing from the summary, or correct the funding workbook.",
        explainable: true,
        fires: &[Fires {
            name: "a penny less, in a line and so in the total",
            edits: &[
                Change(MAY, "Dawn Project | £100,000.00", "Dawn Project | £99,999.99"),
                Change(MAY, "Total | £139,250.00 |", "Total | £139,249.99 |"),
            ],
            found: &["error 2022-05 return Summary!C4: £139,249.99 for £139,250.00, out by -£0.01"],
            message: "The total of the budgets in the summary says £139,249.99; the approved total is £139,250.00. The difference is -£0.01.",
            related: &["funding PCC funding!D4"],
        }],
        near_misses: &[
            (
                "the line that it lacks is missing from the summary, which a rule of its own says",
                &[
                    Change(MAY, "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £1,000.00 | £38,250.00\n", ""),
                    Change(MAY, "Total | £139,250.00 |", "Total | £100,000.00 |"),
                ],
            ),
            (
                "the lines are right and the total alone is not, which the check of totals says",
                &[Change(MAY, "Total | £139,250.00 |", "Total | £139,249.99 |")],
            ),
            (
                "a budget that could not be read, which the total lacks",
                &[
                    Change(MAY, "Dawn Project | £100,000.00", "Dawn Project | a hundred thousand"),
                    Change(MAY, "Total | £139,250.00 |", "Total | £39,250.00 |"),
                ],
            ),
            (
                "another column's total is no budget",
                &[Change(MAY, "Total | £139,250.00 | £1,500.00 |", "Total | £139,250.00 | £1,400.00 |")],
            ),
            (
                "the lines are judged by their own rules",
                &[Change(MAY, "Dawn Project | £100,000.00", "Dawn Project | £100,001.00")],
            ),
        ],
    },
];

#[test]
fn funding_payments_and_summaries() {
    check(RULES);
}
