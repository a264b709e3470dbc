//! Measures by month and at the year's end.

use super::year::{APRIL, Change, JUNE, MAY, To, YEAR_END};
use super::{Fires, RuleCases, check};

pub const RULES: &[RuleCases] = &[
    RuleCases {
        code: "measure-given-once",
        to: To::May,
        fix: "Give DA-02 once in the measures of May 2022.",
        explainable: false,
        fires: &[
            Fires {
                name: "left out",
                edits: &[Change(MAY, "DA-02 | A count | Domestic abuse | 10\n", "")],
                found: &["error 2022-05 return"],
                message: "DA-02 is missing from the measures of May 2022. Each measure must be given once.",
                related: &[],
            },
            Fires {
                name: "twice",
                edits: &[Change(
                    MAY,
                    "DA-02 | A count | Domestic abuse | 10\n",
                    "DA-02 | A count | Domestic abuse | 4\nDA-02 | A count | Domestic abuse | 6\n",
                )],
                found: &["error 2022-05 return Measures!A4"],
                message: "DA-02 is given 2 times in the measures of May 2022. Each measure must be given once.",
                related: &["2022-05 return Measures!A3", "2022-05 return Measures!A4"],
            },
            Fires {
                name: "misspelt",
                edits: &[Change(MAY, "DA-02 |", "DA-2 |")],
                found: &["error 2022-05 return"],
                message: "DA-02 is missing from the measures of May 2022. Each measure must be given once.",
                related: &["2022-05 return Measures!A3"],
            },
            Fires {
                name: "without its ID",
                edits: &[Change(MAY, "DA-02 |", " |")],
                found: &["error 2022-05 return"],
                message: "DA-02 is missing from the measures of May 2022. Each measure must be given once.",
                related: &["2022-05 return Measures!A3"],
            },
        ],
        near_misses: &[(
            "in another order",
            &[Change(MAY, "DA-02 |", "DA-77 |"), Change(MAY, "DA-03 |", "DA-02 |"), Change(MAY, "DA-77 |", "DA-03 |")],
        )],
    },
    RuleCases {
        code: "measure-area-stays",
        to: To::June,
        fix: "Set the area of DA-02 to the same in each month.",
        explainable: false,
        fires: &[
            Fires {
                name: "in another area in one month",
                edits: &[Change(MAY, "DA-02 | A count | Domestic abuse", "DA-02 | A count | Housing")],
                found: &["error 2022-05 return Measures!C3"],
                message: "DA-02 stands in the area Housing here; in other months it stands in Domestic abuse.",
                related: &[],
            },
            Fires {
                name: "the month that differs is the first",
                edits: &[Change(APRIL, "DA-02 | A count | Domestic abuse", "DA-02 | A count | Housing")],
                found: &["error 2022-04 return Measures!C3"],
                message: "DA-02 stands in the area Housing here; in other months it stands in Domestic abuse.",
                related: &[],
            },
        ],
        near_misses: &[
            (
                "an area that is not on the list has a finding of its own",
                &[Change(MAY, "DA-02 | A count | Domestic abuse", "DA-02 | A count | Domestic abuze")],
            ),
            (
                "in another area in every month",
                &[
                    Change(APRIL, "DA-02 | A count | Domestic abuse", "DA-02 | A count | Housing"),
                    Change(MAY, "DA-02 | A count | Domestic abuse", "DA-02 | A count | Housing"),
                    Change(JUNE, "DA-02 | A count | Domestic abuse", "DA-02 | A count | Housing"),
                ],
            ),
            ("blank", &[Change(MAY, "DA-02 | A count | Domestic abuse", "DA-02 | A count | ")]),
        ],
    },
    RuleCases {
        code: "housing-parts-within-whole",
        to: To::May,
        fix: "Correct HO-01, HO-02 or HO-03.",
        explainable: false,
        fires: &[Fires {
            name: "one more than the whole",
            edits: &[Change(MAY, "HO-02 | A count | Housing | 2", "HO-02 | A count | Housing | 9")],
            found: &["error 2022-05 return Measures!D8: 11 for 10, out by 1"],
            message: "In May 2022, HO-02 and HO-03 add up to 11. They are parts of HO-01, which is only 10.",
            related: &["2022-05 return Measures!D9", "2022-05 return Measures!D10"],
        }],
        near_misses: &[
            ("all of them are parts", &[Change(MAY, "HO-02 | A count | Housing | 2", "HO-02 | A count | Housing | 8")]),
            (
                "a part that is blank has a finding of its own",
                &[Change(MAY, "HO-02 | A count | Housing | 2", "HO-02 | A count | Housing |")],
            ),
        ],
    },
    RuleCases {
        code: "kits-used-within-ordered",
        to: To::March,
        fix: "Correct one of the two figures.",
        explainable: false,
        fires: &[
            Fires {
                name: "one more than ordered",
                edits: &[Change(
                    YEAR_END,
                    "Kits used, Gorse Hill | Safe and Sound | 213",
                    "Kits used, Gorse Hill | Safe and Sound | 1251",
                )],
                found: &["error year-end measures Year-end measures!D5: 1,251 for 1,250"],
                message: "“Kits used, Gorse Hill” says 1,251, more than “Kits ordered, Gorse Hill”, which says 1,250.",
                related: &["year-end measures Year-end measures!D4"],
            },
            Fires {
                name: "without the measures' names",
                edits: &[
                    Change(
                        YEAR_END,
                        "YE-06 | Kits used, Warndon | Safe and Sound | 185",
                        "YE-06 | | Safe and Sound | 186",
                    ),
                    Change(YEAR_END, "YE-05 | Kits ordered, Warndon", "YE-05 | "),
                ],
                found: &["error year-end measures Year-end measures!D3: 186 for 185"],
                message: "“YE-06” says 186, more than “YE-05”, which says 185.",
                related: &["year-end measures Year-end measures!D2"],
            },
        ],
        near_misses: &[(
            "all that were ordered, in either area",
            &[Change(
                YEAR_END,
                "Kits used, Gorse Hill | Safe and Sound | 213",
                "Kits used, Gorse Hill | Safe and Sound | 1250",
            )],
        )],
    },
];

#[test]
fn measures() {
    check(RULES);
}
