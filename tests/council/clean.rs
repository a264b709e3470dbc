//! The year of the sample council, from the workbooks to the committee.

use std::fs;

use calamine::Data;

use crate::folder::Folder;

#[test]
fn the_year_is_final_and_every_figure_is_that_of_the_workbooks() {
    let folder = Folder::new();
    let ended = folder.run("2024-25");
    assert_eq!(ended.status, 0, "{}", ended.said);
    assert!(folder.path("output/for-committee/committee-appendix.pdf").exists(), "the appendix is final");
    // Nothing is wrong; what is only unusual is explained in the README.
    assert_eq!(folder.findings(), WARNINGS, "{}", ended.said);

    for (sheet, totals) in [
        (
            "Position by budget line",
            &[
                ("Budget", 38_220_000.0),
                ("Actual", 29_268_142.0),
                ("Forecast", 9_779_700.0),
                ("Full year", 39_047_842.0),
                ("Variance", -827_842.0),
            ][..],
        ),
        (
            "Spend by month",
            &[
                ("Adults", 18_243_778.0),
                ("Children", 11_804_785.0),
                ("Highways", 4_108_121.0),
                ("Environment", 4_891_158.0),
                ("All services", 39_047_842.0),
            ],
        ),
        (
            "Grant by project",
            &[
                ("Awarded", 186_000.0),
                ("Claimed before", 121_400.0),
                ("Claimed this quarter", 38_250.0),
                ("Claimed in total", 159_650.0),
            ],
        ),
        // Rows that a filter hides are data, text in brackets is below nothing, `-` and NIL are nothing.
        ("Payments", &[("Amount", 222_550.55), ("Irrecoverable VAT", 5_761.17)]),
    ] {
        let rows = folder.consolidated(sheet);
        for (heading, total) in totals {
            assert_eq!(total_of(&rows, heading), Some(*total), "{heading} of {sheet}");
        }
    }
    assert_eq!(rows_below(&folder.consolidated("Position by budget line"), "Budget line"), 11);
    assert_eq!(rows_below(&folder.consolidated("Payments"), "Supplier"), 45);
    assert_eq!(rows_below(&folder.consolidated("Workforce"), "Headcount"), 48);
}

/// What is said of the sample without being an error; the README has a line for each.
const WARNINGS: [&str; 4] = [
    "warning date-as-text Payments over £500 2024-25.xlsx Payments!A6:A49",
    "warning filtered-rows Payments over £500 2024-25.xlsx Payments!A8:G48",
    "warning sign-as-text Payments over £500 2024-25.xlsx Payments!F15",
    "warning sign-as-text Payments over £500 2024-25.xlsx Payments!F32",
];

#[test]
fn each_value_keeps_its_meaning() {
    let folder = Folder::new();
    assert_eq!(folder.run("2024-25").status, 0);
    // What a mark means stands beside the empty cell.
    let workforce = folder.consolidated("Workforce");
    let highways: Vec<String> =
        workforce.iter().find(|row| text(row.get(1)) == "Highways").unwrap()[..8].iter().map(shown).collect();
    assert_eq!(highways[1..], ["Highways", "64", "62.1", "", "fewer than five", "", "fewer than five"]);
    let environment: Vec<String> =
        workforce.iter().find(|row| text(row.get(1)) == "Environment").unwrap()[..8].iter().map(shown).collect();
    assert_eq!(environment[1..], ["Environment", "98", "90.2", "", "not collected", "5", ""]);
    // The mark of a footnote is no part of the name.
    let position = folder.consolidated("Position by budget line");
    assert!(position.iter().any(|row| text(row.get(1)) == "Short breaks"));
    assert!(!position.iter().flatten().any(|cell| shown(cell).contains('*')));
}

#[test]
fn the_appendix_has_two_pages_and_the_figures() {
    let folder = Folder::new();
    assert_eq!(folder.run("2024-25").status, 0);
    let pdf = lopdf::Document::load(folder.path("output/for-committee/committee-appendix.pdf")).unwrap();
    assert_eq!(pdf.get_pages().len(), 2);
    let html = fs::read_to_string(folder.path("output/for-committee/committee-appendix.html")).unwrap();
    for said in ["£39,047,842.00", "£827,842.00", "£644,785.00", "£159,650.00", "£26,350.00", "Riverside path"] {
        assert!(html.contains(said), "{said}");
    }
}

/// The total of a column, by its heading.
fn total_of(rows: &[Vec<Data>], heading: &str) -> Option<f64> {
    let headings = rows.iter().find(|row| row.iter().any(|cell| shown(cell) == heading))?;
    let column = headings.iter().position(|cell| shown(cell) == heading)?;
    let total = rows.iter().find(|row| shown(&row[0]) == "Total")?;
    match total[column] {
        Data::Float(number) => Some((number * 100.0).round() / 100.0),
        Data::Int(number) => Some(number as f64),
        _ => None,
    }
}

/// How many rows stand between a heading and the total, or the end.
fn rows_below(rows: &[Vec<Data>], heading: &str) -> usize {
    let at = rows.iter().position(|row| row.iter().any(|cell| shown(cell) == heading)).unwrap();
    rows[at + 1..].iter().take_while(|row| !["", "Total"].contains(&shown(&row[0]).as_str())).count()
}

fn shown(cell: &Data) -> String {
    cell.to_string()
}

fn text(cell: Option<&Data>) -> String {
    cell.map(shown).unwrap_or_default()
}
