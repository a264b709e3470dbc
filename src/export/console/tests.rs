//! What a finance officer sees, held line by line.

use super::super::sample_report::{august, clear, hostile, report};
use super::*;

fn titles() -> TableTitles {
    [("funding", "Funding"), ("spend", "Payments"), ("summary", "Summary by project")]
        .into_iter()
        .map(|(name, title)| (name.to_owned(), title.to_owned()))
        .collect()
}

#[test]
fn a_report_with_one_of_each() {
    insta::assert_snapshot!(console(&report(), &titles(), Style::Plain));
}

#[test]
fn a_finding_has_the_designs_form() {
    let text = console(&clear(), &titles(), Style::Plain);
    let expected = "\
error   total-mismatch   SWCSP funding 2022-23.xlsx   PCC funding!D15
        The total says £139,250.00, which is the approved total; D5:D14 add up to £133,250.00.
        The difference is £6,000.00.
        Could be: a line of £6,000.00 left out, or D14 (£6,000.00, Youth ASB & Wellness Youth
        Mentoring) counted twice in the total.
        Fix: add the missing line, correct the total, or record an explanation.
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn workbooks_that_are_not_in_the_figures_are_named() {
    let text = console(&august(), &titles(), Style::Plain);
    for line in [
        "2022-23, April 2022 to August 2022 (5 of 12 months)",
        "  2 read",
        "  1 not yet due: returns/SWCSP return 2022-09.xlsx",
        "  1 could not be read: SWCSP meetings 2022-23.ods",
        "  1 not expected, so not read: Copy of old budget.xls",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
}

#[test]
fn no_line_is_longer_than_the_terminal() {
    for report in [report(), august(), hostile()] {
        let text = console(&report, &titles(), Style::Plain);
        let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100).collect();
        assert!(long.is_empty(), "{long:#?}");
    }
}

#[test]
fn text_from_cells_cannot_act_on_the_terminal() {
    let text = console(&hostile(), &titles(), Style::Plain);
    assert!(
        !text.chars().any(|character| character != '\n' && crate::export::visible::is_hidden(character)),
        "{text:?}"
    );
    assert!(text.contains("<script>alert(1)</script>[U+001B][31m\"'&[U+202E]gnp.exe next"), "{text}");
    // A line break in a cell does not begin a line of its own.
    assert!(!text.lines().any(|line| line.starts_with("next")), "{text}");
}

#[test]
fn colour_only_adds_ink() {
    for report in [report(), clear(), hostile()] {
        let plain = console(&report, &titles(), Style::Plain);
        let mut colour = console(&report, &titles(), Style::Colour);
        assert!(colour.contains("\u{1b}[1m") && !plain.contains('\u{1b}'));
        for code in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[1;31m", "\u{1b}[1;32m", "\u{1b}[1;33m", "\u{1b}[1;36m"] {
            colour = colour.replace(code, "");
        }
        assert_eq!(colour, plain);
    }
}

#[test]
fn more_than_six_related_places_are_counted() {
    let text = console(&clear(), &titles(), Style::Plain);
    let also = text.split("Also: ").nth(1).unwrap().split("\n\n").next().unwrap();
    let also = also.split_whitespace().collect::<Vec<_>>().join(" ");
    // Ten related places: the lines, and the summaries of nine months.
    assert!(also.starts_with("PCC funding!D5:D14, returns/SWCSP return 2022-04.xlsx Summary!C15, "), "{also}");
    assert!(also.ends_with("2022-08.xlsx Summary!C15, and 4 more"), "{also}");
}

#[test]
fn where_the_outputs_are() {
    insta::assert_snapshot!(
        outputs("output", &["for-committee/committee-appendix.pdf", "for-officers/findings.html"], Style::Plain),
        @r"
    Written
      output
        for-committee/committee-appendix.pdf
        for-officers/findings.html
    "
    );
}
