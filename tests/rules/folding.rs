//! One cause, one finding: what follows from another is attached to it and not counted.

use crosscast::pipeline::Ran;

use super::year::{APRIL, Change, FUNDING, JUNE, MAY, To, Without, Year, report};

#[test]
fn what_follows_is_attached() {
    let rows: &[(&str, &[super::Edit], &[&str])] = &[
        (
            "a misspelt project takes the summary's difference with it",
            &[Change(MAY, "INV-0202 | Hate Crime", "INV-0202 | Hat Crime")],
            &["unknown-reference error 2022-05 return Spend!C3 [2022-05 return Summary!D3]"],
        ),
        (
            "what a misspelt project cannot explain by its amount is another cause",
            &[
                Change(MAY, "INV-0202 | Hate Crime", "INV-0202 | Hat Crime"),
                Change(MAY, "Project worker | £1,000.00\n", "Project worker | £999.99\n"),
                Change(MAY, "Total | £1,500.00\n", "Total | £1,499.99\n"),
            ],
            &[
                "unknown-reference error 2022-05 return Spend!C3 [2022-05 return Summary!D3]",
                "spend-agrees-with-summary error 2022-05 return Summary!D2: £1,000.00 for £999.99, out by £0.01 \
                 [2022-05 return Spend!F2]",
            ],
        ),
        (
            "spend to date typed over, with its knock-on in its row, its column and the month after",
            &[Change(MAY, "£1,000.00 | £2,000.00 | £98,000.00", "£1,000.00 | £2,250.00 | £98,000.00")],
            &["spend-to-date-rolls-forward error 2022-05 return Summary!E2: £2,250.00 for £2,000.00, out by £250.00 \
                 [2022-04 return Summary!A2, 2022-04 return Summary!E2, 2022-05 return Summary!A2, 2022-05 return Summary!D2, 2022-05 return Summary!F2, \
                 2022-05 return Summary!E4, 2022-06 return Summary!E2]"],
        ),
        (
            "typed over in two months by other amounts: two causes",
            &[
                Change(MAY, "£1,000.00 | £2,000.00 | £98,000.00", "£1,000.00 | £2,250.00 | £97,750.00"),
                Change(MAY, "£1,500.00 | £3,000.00 | £136,250.00", "£1,500.00 | £3,250.00 | £136,000.00"),
                Change(JUNE, "£1,000.00 | £3,000.00 | £97,000.00", "£1,000.00 | £3,310.00 | £96,690.00"),
                Change(JUNE, "£1,500.00 | £4,500.00 | £134,750.00", "£1,500.00 | £4,810.00 | £134,440.00"),
            ],
            &[
                "spend-to-date-rolls-forward error 2022-05 return Summary!E2: £2,250.00 for £2,000.00, out by £250.00 \
                 [2022-04 return Summary!A2, 2022-04 return Summary!E2, 2022-05 return Summary!A2, 2022-05 return Summary!D2]",
                "spend-to-date-rolls-forward error 2022-06 return Summary!E2: £3,310.00 for £3,250.00, out by £60.00 \
                 [2022-05 return Summary!A2, 2022-05 return Summary!E2, 2022-06 return Summary!A2, 2022-06 return Summary!D2]",
            ],
        ),
        (
            "the total of a column follows from its line",
            &[Change(MAY, "PCC-02 | Hate Crime | £39,250.00 | £500.00", "PCC-02 | Hate Crime | £39,250.00 | £510.00")],
            &["spend-agrees-with-summary error 2022-05 return Summary!D3: £510.00 for £500.00, out by £10.00 \
                 [2022-05 return Spend!F3, 2022-05 return Summary!E3, 2022-05 return Summary!D4]"],
        ),
        (
            "a stated total of the funding takes the control total and every summary's budgets with it",
            &[
                Change(FUNDING, "£39,250.00 | Top sliced", "£33,250.00 | Top sliced"),
                Change(
                    APRIL,
                    "£39,250.00 | £500.00 | £500.00 | £38,750.00",
                    "£33,250.00 | £500.00 | £500.00 | £32,750.00",
                ),
                Change(
                    APRIL,
                    "£139,250.00 | £1,500.00 | £1,500.00 | £137,750.00",
                    "£133,250.00 | £1,500.00 | £1,500.00 | £131,750.00",
                ),
                Change(
                    MAY,
                    "£39,250.00 | £500.00 | £1,000.00 | £38,250.00",
                    "£33,250.00 | £500.00 | £1,000.00 | £32,250.00",
                ),
                Change(
                    MAY,
                    "£139,250.00 | £1,500.00 | £3,000.00 | £136,250.00",
                    "£133,250.00 | £1,500.00 | £3,000.00 | £130,250.00",
                ),
                Without(JUNE),
            ],
            &["total-mismatch error funding PCC funding!D4: £139,250.00 for £133,250.00, out by £6,000.00 \
                 [funding PCC funding!D2:D3, 2022-04 return Summary!C4, 2022-05 return Summary!C4]"],
        ),
        (
            "an error value follows from the text that its formula reckons with",
            &[Change(
                MAY,
                "PCC-02 | Hate Crime | £39,250.00 | £500.00 | £1,000.00 | £38,250.00",
                "PCC-02 | Hate Crime | TBC | £500.00 | £1,000.00 | =C3-E3 -> #VALUE!",
            )],
            &["not-an-amount error 2022-05 return Summary!C3 [2022-05 return Summary!F3]"],
        ),
        (
            "a misspelt measure takes the one that is missing with it",
            &[Change(MAY, "DA-02 |", "DA-2 |")],
            &["not-in-list error 2022-05 return Measures!A3 [2022-05 return]"],
        ),
        (
            "a ref that the funding does not know takes the project that is missing with it",
            &[Change(MAY, "PCC-02 | Hate Crime", "PCC-20 | Hate Crime")],
            &["unknown-reference error 2022-05 return Summary!A3 [2022-05 return]"],
        ),
    ];
    for (name, edits, expected) in rows {
        let ran = Year::to(To::June).with(edits).run();
        assert_eq!(report(&ran), *expected, "{name}");
    }
}

#[test]
fn a_ref_beside_another_project_is_one_error_a_row() {
    let rows: &[(&str, &[super::Edit], &[&str])] = &[
        (
            "a mistyped ref takes what is held against the wrong project with it, also in the month after",
            &[Change(MAY, "PCC-02 | Hate Crime", "PCC-01 | Hate Crime")],
            &["summary-ref-names-its-project 2022-05 return Summary!A3"],
        ),
        (
            "in the year's first month, where budgets are held against the funding",
            &[Change(APRIL, "PCC-01 | Dawn", "PCC-02 | Dawn")],
            &["summary-ref-names-its-project 2022-04 return Summary!A2"],
        ),
        (
            "two names that have changed places",
            &[
                Change(MAY, "PCC-01 | Dawn Project", "PCC-01 | Hate Crime"),
                Change(MAY, "PCC-02 | Hate Crime", "PCC-02 | Dawn Project"),
            ],
            &[
                "summary-ref-names-its-project 2022-05 return Summary!A2",
                "summary-ref-names-its-project 2022-05 return Summary!A3",
            ],
        ),
        (
            "two refs that have changed places",
            &[
                Change(MAY, "PCC-01 | Dawn Project", "PCC-02 | Dawn Project"),
                Change(MAY, "PCC-02 | Hate Crime", "PCC-01 | Hate Crime"),
            ],
            &[
                "summary-ref-names-its-project 2022-05 return Summary!A2",
                "summary-ref-names-its-project 2022-05 return Summary!A3",
            ],
        ),
        (
            "near miss: a difference of a row whose ref is not known is no matter of its ref",
            &[
                Change(MAY, "PCC-02 | Hate Crime", "PCC-20 | Hate Crime"),
                Change(MAY, "| Grant | £500.00\n", "| Grant | £510.00\n"),
                Change(MAY, "Total | £1,500.00\n", "Total | £1,510.00\n"),
            ],
            &["spend-agrees-with-summary 2022-05 return Summary!D3", "unknown-reference 2022-05 return Summary!A3"],
        ),
    ];
    for (name, edits, expected) in rows {
        let ran = Year::to(To::June).with(edits).run();
        assert_eq!(found(&ran), *expected, "{name}");
    }
}

#[test]
fn a_note_is_no_cause_and_follows_from_nothing() {
    let edits = [Change(super::year::REGISTERS, "2021-11-25 | 2024-11-24", "2021-05-25 | 2024-06-24")];
    let ran = Year::to(To::March).with(&edits).run();
    assert_eq!(
        report(&ran),
        [
            "order-expires-soon info registers PSPO!D2",
            "order-within-three-years error registers PSPO!D2 [registers PSPO!C2]",
        ]
    );
}

#[test]
fn a_second_fault_is_not_taken_for_what_follows_from_the_first() {
    let rows: &[(&str, &[super::Edit], &[&str])] = &[
        (
            "a misspelt payment of £10.00 does not explain £990.00",
            &[
                Change(
                    MAY,
                    "Project worker | £1,000.00\n",
                    "Project worker | £1,000.00\n2022-05-11 | INV-0299 | Dwn Project | Supplier | Locks | £10.00\n",
                ),
                Change(MAY, "Total | £1,500.00\n", "Total | £1,510.00\n"),
                Change(MAY, "£39,250.00 | £500.00 | £1,000.00", "£39,250.00 | £1,490.00 | £1,000.00"),
                Change(MAY, "Total | £139,250.00 | £1,500.00", "Total | £139,250.00 | £2,490.00"),
            ],
            &["spend-agrees-with-summary 2022-05 return Summary!D3", "unknown-reference 2022-05 return Spend!C3"],
        ),
        (
            "near miss: two payments to one misspelt project explain their sum",
            &[Change(
                MAY,
                "INV-0202 | Hate Crime | Supplier | Grant | £500.00\n",
                "INV-0202 | Hat Crime | Supplier | Grant | £300.00\n2022-05-11 | INV-0299 | Hat Crime | Supplier | Grant | £200.00\n",
            )],
            &["unknown-reference 2022-05 return Spend!C3:C4"],
        ),
        (
            "a misspelt measure does not explain another that is given twice, nor two that are missing",
            &[Change(MAY, "DA-02 |", "DA-2 |"), Change(MAY, "SP-01 |", "SP-02 |")],
            &[
                "measure-given-once 2022-05 return",
                "measure-given-once 2022-05 return",
                "measure-given-once 2022-05 return Measures!A12",
                "not-in-list 2022-05 return Measures!A3",
            ],
        ),
        (
            "near miss: two refs that are not known explain the two projects that are missing",
            &[Change(MAY, "PCC-02 | Hate Crime", "PCC-20 | Hate Crime"), Change(MAY, "PCC-01 | Dawn", "PCC-20 | Dawn")],
            &["unknown-reference 2022-05 return Summary!A2:A3"],
        ),
    ];
    for (name, edits, expected) in rows {
        let ran = Year::to(To::June).with(edits).run();
        assert_eq!(found(&ran), *expected, "{name}");
    }
}

/// The findings by code and place, in the order of the codes.
fn found(ran: &Ran) -> Vec<String> {
    let all = ran.report.findings.iter();
    let mut found: Vec<String> =
        all.map(|finding| format!("{} {}", finding.code, super::year::place(&finding.place))).collect();
    found.sort();
    found
}
