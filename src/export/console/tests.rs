//! What a finance officer sees, held line by line.

use super::super::sample_report::{august, clear, hostile, many, report};
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

#[test]
fn very_many_findings_are_counted_by_check_and_the_first_are_shown() {
    // 301 findings: one more than are shown one by one.
    let text = console(&many(150), &titles(), Style::Plain);
    for part in [
        "\nFindings by check (301)\n\
         \x20 date-as-text              150  warnings\n\
         \x20 no-yearly-workbook          1  for information\n\
         \x20 unknown-reference         150  errors that stand\n\n\
         \x20 Of a check that found much, the first findings are shown below and the others counted. All of\n\
         \x20 them are in for-officers/findings.json, which crosscast run writes; crosscast check prints\n\
         \x20 them with --format json.\n",
        "\nStands against publication (150)\n",
        "\nerror   unknown-reference   returns/SWCSP return 2022-04.xlsx   Spend!B6\n",
        "\nerror   unknown-reference   and 145 more\n\
         \x20       145 in returns/SWCSP return 2022-04.xlsx   Spend!B11:B155\n",
        "\nwarning date-as-text   and 145 more\n\
         \x20       145 in returns/SWCSP return 2022-04.xlsx   Spend!E11:E155\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(text.matches("is not a project of the funding table.").count(), 5);
    assert!(text.lines().count() < 100, "{}", text.lines().count());
    // Near miss: 299 findings are all shown.
    let text = console(&many(149), &titles(), Style::Plain);
    assert_eq!(text.matches("is not a project of the funding table.").count(), 149);
    assert!(!text.contains("Findings by check") && !text.contains(" more\n"));
}

#[test]
fn a_hundred_thousand_findings_are_as_easy_to_read() {
    let text = console(&many(50_000), &titles(), Style::Plain);
    assert!(text.contains("Findings by check (100,001)\n"), "{text}");
    assert!(text.contains("49,995 in returns/SWCSP return 2022-04.xlsx   Spend!B11:B50005\n"), "{text}");
    assert!(text.lines().count() < 100, "{}", text.lines().count());
}

#[test]
fn sheets_in_which_more_was_found_are_named_up_to_twelve() {
    let mut report = many(400);
    // Those in column B have the odd places, so that they are in 14 of these workbooks.
    for (index, finding) in report.findings.iter_mut().enumerate().skip(1) {
        finding.place.workbook = Some(format!("{:02}.xlsx", index % 28).into());
    }
    report.sort();
    let text = console(&report, &titles(), Style::Plain);
    let more = text.split_once("error   unknown-reference   and 395 more\n").unwrap().1;
    let more: Vec<&str> = more.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    assert_eq!(more.len(), 13, "{more:#?}");
    assert!(more[0].starts_with("24 in 01.xlsx   Spend!B"), "{}", more[0]);
    assert!(more[11].starts_with("28 in 23.xlsx   Spend!B"), "{}", more[11]);
    assert_eq!(more[12], "56 in 2 further sheets");
}
