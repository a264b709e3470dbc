//! Recorded crime and orders.

use super::year::{CRIME, Change, REGISTERS, To};
use super::{Fires, RuleCases, check};

const DOGS: &str = "Dog control | | 2021-11-25 | 2024-11-24";

pub const RULES: &[RuleCases] = &[
    RuleCases {
        code: "crime-change-is-difference",
        to: To::March,
        fix: "Correct the formula in the Change column.",
        explainable: true,
        fires: &[
            Fires {
                name: "one too many",
                edits: &[Change(CRIME, "2022-05 | 1100 | 1090 | 10", "2022-05 | 1100 | 1090 | 11")],
                found: &["error recorded crime Recorded crime!D3: 11 for 10, out by 1"],
                message: "The change for May 2022 says 11; this year less the previous year is 10. The difference is 1.",
                related: &["recorded crime Recorded crime!B3", "recorded crime Recorded crime!C3"],
            },
            Fires {
                name: "in a row without a month",
                edits: &[Change(CRIME, "2022-05 | 1100 | 1090 | 10", " | 1100 | 1090 | -10")],
                found: &["error recorded crime Recorded crime!D3: -10 for 10, out by -20"],
                message: "The change for (blank) says -10; this year less the previous year is 10. The difference is -20.",
                related: &["recorded crime Recorded crime!B3", "recorded crime Recorded crime!C3"],
            },
        ],
        near_misses: &[(
            "fewer crimes than the year before",
            &[Change(CRIME, "2022-05 | 1100 | 1090 | 10", "2022-05 | 1080 | 1090 | -10")],
        )],
    },
    RuleCases {
        code: "crime-months-complete",
        to: To::March,
        fix: "Add the row for May 2022.",
        explainable: false,
        fires: &[
            Fires {
                name: "left out",
                edits: &[Change(CRIME, "2022-05 | 1100 | 1090 | 10\n", "")],
                found: &["error recorded crime"],
                message: "Recorded crime has no row for May 2022.",
                related: &[],
            },
            Fires {
                name: "a month of another year may be the one",
                edits: &[Change(CRIME, "2022-05 | 1100", "2021-05 | 1100")],
                found: &["error recorded crime"],
                message: "Recorded crime has no row for May 2022.",
                related: &["recorded crime Recorded crime!A3"],
            },
            Fires {
                name: "so may a row without a month",
                edits: &[Change(CRIME, "2022-05 | 1100", " | 1100")],
                found: &["error recorded crime"],
                message: "Recorded crime has no row for May 2022.",
                related: &["recorded crime Recorded crime!A3"],
            },
        ],
        near_misses: &[
            (
                "in another order",
                &[
                    Change(CRIME, "2022-05 | 1100", "2022-99 | 1100"),
                    Change(CRIME, "2022-06 | 1100", "2022-05 | 1100"),
                    Change(CRIME, "2022-99 | 1100", "2022-06 | 1100"),
                ],
            ),
            ("a month that could not be read", &[Change(CRIME, "2022-05 | 1100", "#REF! | 1100")]),
        ],
    },
    RuleCases {
        code: "order-ends-after-start",
        to: To::March,
        fix: "Correct one of the two dates.",
        explainable: false,
        fires: &[
            Fires {
                name: "on the day it starts",
                edits: &[Change(REGISTERS, DOGS, "Dog control | | 2021-11-25 | 2021-11-25")],
                found: &["error registers PSPO!D2"],
                message: "The order Dog control is said to come into force on 25 November 2021 and to expire on 25 November 2021. It must expire after it comes into force.",
                related: &["registers PSPO!C2"],
            },
            Fires {
                name: "an order without a name",
                edits: &[Change(REGISTERS, DOGS, " | | 2021-11-25 | 2020-11-24")],
                found: &["error registers PSPO!D2"],
                message: "The order (blank) is said to come into force on 25 November 2021 and to expire on 24 November 2020. It must expire after it comes into force.",
                related: &["registers PSPO!C2"],
            },
        ],
        near_misses: &[("on the day after", &[Change(REGISTERS, DOGS, "Dog control | | 2021-11-25 | 2021-11-26")])],
    },
    RuleCases {
        code: "order-within-three-years",
        to: To::March,
        fix: "Correct the date on which the order expires or came into force; for an extended order, give the start of the extension.",
        explainable: false,
        fires: &[
            Fires {
                name: "a day longer",
                edits: &[Change(REGISTERS, DOGS, "Dog control | | 2021-11-25 | 2024-11-25")],
                found: &["error registers PSPO!D2"],
                message: "The order Dog control, in force from 25 November 2021, is said to expire on 25 November 2024. It can last at most three years, to 24 November 2024.",
                related: &["registers PSPO!C2"],
            },
            Fires {
                name: "from 29 February",
                edits: &[Change(REGISTERS, DOGS, "Dog control | | 2020-02-29 | 2023-03-01")],
                found: &["error registers PSPO!D2"],
                message: "The order Dog control, in force from 29 February 2020, is said to expire on 1 March 2023. It can last at most three years, to 28 February 2023.",
                related: &["registers PSPO!C2"],
            },
        ],
        near_misses: &[
            (
                "from 29 February to the last day of the third February",
                &[Change(REGISTERS, DOGS, "Dog control | | 2020-02-29 | 2023-02-28")],
            ),
            (
                "approved long before it came into force",
                &[Change(REGISTERS, DOGS, "Dog control | 2019-01-01 | 2021-11-25 | 2024-11-24")],
            ),
        ],
    },
    RuleCases {
        code: "order-expires-soon",
        to: To::March,
        fix: "Decide whether to consult on extending it.",
        explainable: false,
        fires: &[
            Fires {
                name: "the last day of the twelve months",
                edits: &[Change(REGISTERS, DOGS, "Dog control | | 2021-11-25 | 2024-07-18")],
                found: &["info registers PSPO!D2"],
                message: "The order Dog control expires on 18 July 2024, 365 days after the committee's date.",
                related: &[],
            },
            Fires {
                name: "the day after the committee",
                edits: &[Change(REGISTERS, DOGS, "Dog control | | 2021-11-25 | 2023-07-20")],
                found: &["info registers PSPO!D2"],
                message: "The order Dog control expires on 20 July 2023, 1 day after the committee's date.",
                related: &[],
            },
        ],
        near_misses: &[
            ("the day after the twelve months", &[Change(REGISTERS, DOGS, "Dog control | | 2021-11-25 | 2024-07-19")]),
            (
                "expired before the committee meets",
                &[Change(REGISTERS, DOGS, "Dog control | | 2021-11-25 | 2023-07-18")],
            ),
        ],
    },
];

#[test]
fn recorded_crime_and_orders() {
    check(RULES);
}
