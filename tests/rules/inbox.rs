//! Which workbooks are there, and what the returns say of themselves.

use super::year::{APRIL, Change, Copy, FUNDING, JUNE, MAY, To, Without};
use super::{Fires, RuleCases, check};

pub const RULES: &[RuleCases] = &[
    RuleCases {
        code: "return-missing",
        to: To::June,
        fix: "Put the return for May 2022 into the inbox. Its name begins with 2022-05.",
        explainable: false,
        fires: &[
            Fires {
                name: "May between April and June",
                edits: &[Without(MAY)],
                found: &["error the inbox"],
                message: "There is no return for May 2022.",
                related: &[],
            },
            Fires {
                name: "whether or not there is a funding workbook",
                edits: &[Without(APRIL), Without(MAY), Without(FUNDING)],
                found: &["error the inbox", "error the inbox"],
                message: "There is no return for April 2022.",
                related: &[],
            },
        ],
        near_misses: &[("June is the last month then, and later months are not due", &[Without(JUNE)])],
    },
    RuleCases {
        code: "return-repeated",
        to: To::May,
        fix: "Remove one of the two, or set the status of the later one to Resubmission.",
        explainable: false,
        fires: &[
            Fires {
                name: "two returns for May",
                edits: &[Copy(MAY, "2022-05 return again.xlsx")],
                found: &["error 2022-05 return again"],
                message: "There is another return for May 2022: 2022-05 return.xlsx. Its figures are used, and those of this workbook are not.",
                related: &[],
            },
            Fires {
                name: "two resubmissions, of which the first is used and never what it replaces",
                edits: &[
                    Copy(MAY, "2022-05 return_2.xlsx"),
                    Copy(MAY, "2022-05 return_3.xlsx"),
                    Change("2022-05 return_2.xlsx", "Status | Final", "Status | Resubmission"),
                    Change("2022-05 return_3.xlsx", "Status | Final", "Status | Resubmission"),
                ],
                found: &["error 2022-05 return_3"],
                message: "There is another return for May 2022: 2022-05 return_2.xlsx. Its figures are used, and those of this workbook are not.",
                related: &[],
            },
        ],
        near_misses: &[
            (
                "the second says Resubmission",
                &[
                    Copy(MAY, "2022-05 return again.xlsx"),
                    Change("2022-05 return again.xlsx", "Status | Final", "Status | Resubmission"),
                ],
            ),
            ("a return for another month", &[Copy(MAY, "2022-06 return.xlsx")]),
        ],
    },
    RuleCases {
        code: "workbook-of-the-year",
        to: To::May,
        fix: "Put the workbook of 2022-23 in its place, or correct its name.",
        explainable: false,
        fires: &[Fires {
            name: "last year's funding workbook",
            edits: &[Copy(FUNDING, "SWCSP funding 2021-22 final.xlsx"), Without(FUNDING)],
            found: &["error SWCSP funding 2021-22 final"],
            message: "The name of the workbook says 2021-22; the year that is reported is 2022-23.",
            related: &[],
        }],
        near_misses: &[
            ("this year's", &[Copy(FUNDING, "SWCSP funding 2022-23.xlsx"), Without(FUNDING)]),
            ("a name that says both", &[Copy(FUNDING, "funding 2022-23 and 2023-24.xlsx"), Without(FUNDING)]),
            ("a month, a day, no year", &[Copy(FUNDING, "funding as at 2022-06-30.xlsx"), Without(FUNDING)]),
        ],
    },
    RuleCases {
        code: "workbook-repeated",
        to: To::May,
        fix: "Remove one of the two.",
        explainable: false,
        fires: &[Fires {
            name: "two funding workbooks",
            edits: &[Copy(FUNDING, "funding revised.xlsx")],
            found: &["error funding revised"],
            message: "There is another funding workbook: funding.xlsx. Its figures are used, and those of this workbook are not.",
            related: &[],
        }],
        near_misses: &[("two returns for a month have a rule of their own", &[Copy(MAY, "2022-05 return again.xlsx")])],
    },
    RuleCases {
        code: "return-month-agrees-with-name",
        to: To::May,
        fix: "Correct the return month, or the name of the file.",
        explainable: false,
        fires: &[Fires {
            name: "last month's date",
            edits: &[Change(MAY, "Return month | 2022-05", "Return month | 2022-04")],
            found: &["error 2022-05 return Return!B3"],
            message: "The return month says April 2022; the name of the file says May 2022.",
            related: &[],
        }],
        near_misses: &[("any day of the month", &[Change(MAY, "Return month | 2022-05", "Return month | 2022-05-31")])],
    },
    RuleCases {
        code: "return-prepared-after-month-end",
        to: To::May,
        fix: "Correct the date, or prepare the return again from the whole month.",
        explainable: false,
        fires: &[Fires {
            name: "on the month's last day",
            edits: &[Change(MAY, "Date prepared | 2022-06-09", "Date prepared | 2022-05-31")],
            found: &["error 2022-05 return Return!B5"],
            message: "The return for May 2022 says that it was prepared on 31 May 2022. It must be prepared after the month's last day, 31 May 2022.",
            related: &[],
        }],
        near_misses: &[("the day after", &[Change(MAY, "Date prepared | 2022-06-09", "Date prepared | 2022-06-01")])],
    },
    RuleCases {
        code: "return-is-final",
        to: To::May,
        fix: "Ask for the final return, or set the status to Final.",
        explainable: false,
        fires: &[Fires {
            name: "a draft",
            edits: &[Change(MAY, "Status | Final", "Status | Draft")],
            found: &["warning 2022-05 return Return!B6"],
            message: "The status of the return for May 2022 is Draft.",
            related: &[],
        }],
        near_misses: &[("a resubmission is final", &[Change(MAY, "Status | Final", "Status | Resubmission")])],
    },
];

#[test]
fn returns_and_other_workbooks() {
    check(RULES);
}
