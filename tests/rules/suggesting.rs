//! What could explain that a rule is broken.

use super::year::{Change, Edit, MAY, To, Year, place};

/// A name, the rule's code, changes after which it finds something, the cell, and what could explain it.
type Row = (&'static str, &'static str, &'static [Edit], &'static str, &'static [&'static str]);

#[test]
fn causes_of_what_rules_find() {
    let rows: &[Row] = &[
        (
            "a payment under another project",
            "spend-agrees-with-summary",
            &[Change(MAY, "INV-0202 | Hate Crime |", "INV-0202 | Dawn Project |")],
            "2022-05 return Summary!D2",
            &[
                "£500.00 entered in the wrong one of two lines: D3 is off by as much the other way",
                "Spend!F3 (£500.00, Dawn Project) left out of the figure",
            ],
        ),
        (
            "a payment of another project counted as well",
            "spend-agrees-with-summary",
            &[
                Change(
                    MAY,
                    "PCC-02 | Hate Crime | £39,250.00 | £500.00",
                    "PCC-02 | Hate Crime | £39,250.00 | £1,500.00",
                ),
                Change(MAY, "Total | £139,250.00 | £1,500.00", "Total | £139,250.00 | £2,500.00"),
            ],
            "2022-05 return Summary!D3",
            &["Spend!F2 (£1,000.00, Dawn Project) counted in it, though not one of its lines"],
        ),
        (
            "added instead of taken away",
            "remaining-is-budget-less-spend",
            &[
                Change(MAY, "£2,000.00 | £98,000.00", "£2,000.00 | £102,000.00"),
                Change(MAY, "£3,000.00 | £136,250.00", "£3,000.00 | £140,250.00"),
            ],
            "2022-05 return Summary!F2",
            &["E2 (£2,000.00, Dawn Project) with its sign turned"],
        ),
        (
            "not taken away",
            "remaining-is-budget-less-spend",
            &[
                Change(MAY, "£2,000.00 | £98,000.00", "£2,000.00 | £100,000.00"),
                Change(MAY, "£3,000.00 | £136,250.00", "£3,000.00 | £138,250.00"),
            ],
            "2022-05 return Summary!F2",
            &["E2 (£2,000.00, Dawn Project) left out of the figure"],
        ),
        (
            "last month left out",
            "spend-to-date-rolls-forward",
            &[
                Change(MAY, "£1,000.00 | £2,000.00 | £98,000.00", "£1,000.00 | £1,000.00 | £99,000.00"),
                Change(MAY, "£1,500.00 | £3,000.00 | £136,250.00", "£1,500.00 | £2,000.00 | £137,250.00"),
            ],
            "2022-05 return Summary!E2",
            &[
                "Summary!E2 of 2022-04 return.xlsx (£1,000.00, Dawn Project) or D2 (£1,000.00, Dawn Project) left out of \
               the figure",
            ],
        ),
        (
            "near miss: an amount that nothing has",
            "remaining-is-budget-less-spend",
            &[
                Change(MAY, "£2,000.00 | £98,000.00", "£2,000.00 | £98,123.45"),
                Change(MAY, "£3,000.00 | £136,250.00", "£3,000.00 | £136,373.45"),
            ],
            "2022-05 return Summary!F2",
            &[],
        ),
    ];
    for (name, code, edits, cell, expected) in rows {
        let ran = Year::to(To::May).with(edits).run();
        let at_cell = |finding: &&crosscast::model::Finding| finding.code == *code && place(&finding.place) == *cell;
        let finding = ran.report.findings.iter().find(at_cell).unwrap_or_else(|| panic!("{name}: none at {cell}"));
        let found: Vec<&str> = finding.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
        assert_eq!(found, *expected, "{name}");
    }
}
