//! The parts of the page: what stands at the top, the filter, what was checked, the text of a check.

use super::super::super::sample_report::many;
use super::*;
use crate::model::{Checked, Finding};

fn drawn(report: &Report, face: &PageFace) -> String {
    without_style(&page(report, &Excerpts::default(), face))
}

/// A report with so many errors, each in a row of its own.
fn with_errors(number: u32) -> Report {
    let (workbook, sheet) = ("April.xlsx".into(), "Spend".into());
    let finding = |row| {
        let place = Place::area(&workbook, &sheet, Position::new(row, 1));
        Finding::new("unknown-heading", Severity::Error, place, "It is wrong.", "mend it.")
    };
    Report { findings: (0..number).map(finding).collect(), ..clear() }
}

fn checked(check: &str, workbooks: usize, rows: Option<usize>, findings: usize) -> Checked {
    Checked { check: check.into(), workbooks, rows, findings }
}

#[test]
fn the_top_lists_a_hundred_errors_and_says_how_many_there_are_more() {
    for (errors, listed, said) in [
        (100, 100, None),
        (101, 100, Some("<p>1 more error stands, <a href=\"#findings\">among the findings</a>.</p>")),
        (312, 100, Some("<p>212 more errors stand, <a href=\"#findings\">among the findings</a>.</p>")),
    ] {
        let html = drawn(&with_errors(errors), &face());
        assert_eq!(html.matches("<a href=\"#finding-").count(), listed);
        assert_eq!(html.matches("<article class=\"finding error\"").count(), errors as usize);
        assert_eq!(said.is_some_and(|said| html.contains(said)), said.is_some());
        assert_eq!(html.contains("more error"), said.is_some());
    }
}

#[test]
fn of_a_check_that_found_very_much_the_first_are_drawn_and_the_others_counted() {
    let html = drawn(&many(501), &face());
    for part in [
        "101 of 1,003 findings are shown one by one on this page. Of each check that found more than 500, those are the \
         first 50; the others are counted here, with the cells from the first to the last of them in each column. The \
         file findings.json beside this page has every finding.",
        "<tr><th scope=\"row\" class=\"words\">unknown-reference <code>unknown-reference</code></th>\
         <td class=\"words\">Error</td><td class=\"number\">451</td>\
         <td class=\"words\">returns/SWCSP return 2022-04.xlsx</td><td class=\"words\">Spend!B56:B506</td></tr>",
        "<td class=\"words\">Warning</td><td class=\"number\">451</td>",
        "501 errors stand",
        "<p>451 more errors stand, ",
        "101 findings.</p>",
        "<a href=\"#findings\">Findings (1003)</a>",
        "(50)</option>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert_eq!(html.matches("<article class=\"finding error\"").count(), 50);
    assert_eq!(html.matches("<article class=\"finding warning\"").count(), 50);
    // No link leads to a finding that is not drawn.
    for link in html.split("<a href=\"#finding-").skip(1).filter_map(|rest| rest.split_once('"')) {
        assert!(html.contains(&format!("id=\"finding-{}\"", link.0)), "{}", link.0);
    }
    // Near miss: as many as can be drawn.
    let html = drawn(&many(500), &face());
    assert_eq!(html.matches("<article class=\"finding error\"").count(), 500);
    assert!(!html.contains("id=\"counted"));
}

#[test]
fn a_page_of_a_hundred_thousand_findings_is_no_larger() {
    let html = page(&many(50_000), &Excerpts::default(), &face());
    assert!(html.len() < 300_000, "{} bytes", html.len());
    assert!(html.contains("<td class=\"number\">49,950</td>"));
}

#[test]
fn the_filter_offers_what_there_is() {
    let html = drawn(&report(), &face());
    for part in [
        "<form id=\"filter\" role=\"search\" aria-label=\"Filter the findings\" autocomplete=\"off\" hidden=\"\">",
        "<option value=\"\">All workbooks</option>\n\
         <option value=\".\">The inbox as a whole (1)</option>\n\
         <option value=\"SWCSP funding 2022-23.xlsx\">SWCSP funding 2022-23.xlsx (1)</option>\n\
         <option value=\"returns/SWCSP return 2022-04.xlsx\">returns/SWCSP return 2022-04.xlsx (3)</option>\n</select>",
        "<option value=\"unknown-heading\">Amounts are typed as text (1)</option>",
        "<option value=\"date-as-text\">date-as-text (1)</option>",
        "value=\"error\">\nErrors that stand (1)</label>",
        "value=\"info\">\nFor information (2)</label>",
        "<section class=\"workbook\" id=\"workbook-3\" data-workbook=\"returns/SWCSP return 2022-04.xlsx\">",
        "<p id=\"shown\" role=\"status\">5 findings.</p>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    // A severity that nothing has is not offered, and nothing at all where nothing was found.
    assert!(!drawn(&clear(), &face()).contains("value=\"warning\""));
    let nothing = Report { findings: Vec::new(), ..clear() };
    let html = drawn(&nothing, &face());
    assert!(html.contains("<p>Nothing was found.</p>") && !html.contains("<form") && !html.contains("id=\"shown\""));
}

#[test]
fn workbooks_lead_to_their_marked_copies() {
    let mut face = face();
    face.marked = [
        ("SWCSP funding 2022-23.xlsx", "marked/SWCSP funding 2022-23.xlsx"),
        ("returns/SWCSP return 2022-04.xlsx", "marked/returns/SWCSP return 2022-04.xlsx findings.xlsx"),
    ]
    .map(|(workbook, path)| (workbook.to_owned(), path.to_owned()))
    .into();
    let html = drawn(&report(), &face);
    let copy = "<a href=\"marked/SWCSP%20funding%202022-23.xlsx\">Open the marked copy</a>";
    let list = "<a href=\"marked/returns/SWCSP%20return%202022-04.xlsx%20findings.xlsx\">Open the list of findings in Excel</a>";
    assert_eq!((html.matches(copy).count(), html.matches(list).count()), (1, 1), "{html}");
    // In the table of the workbooks it is said in fewer words.
    assert!(html.contains(&format!(
        "<tr><th scope=\"row\" class=\"words\"><a href=\"#workbook-2\">SWCSP funding 2022-23.xlsx</a></th>\
         <td class=\"number\">–</td><td class=\"number\">1</td><td class=\"number\">–</td><td class=\"number\">–</td>\
         <td class=\"words\">{}</td></tr>",
        copy.replace("Open the marked copy", "Marked copy")
    )));
    // Of one workbook there is no table.
    let html = drawn(&clear(), &face);
    assert_eq!(html.matches(copy).count(), 1);
    assert!(!html.contains("id=\"by-workbook-caption\""));
}

#[test]
fn the_text_of_a_check_stands_once_and_is_folded_below_each_finding() {
    let html = drawn(&with_errors(3), &face());
    let folded = "<details class=\"about\"><summary>About this check: Amounts are typed as text <code>unknown-heading</code></summary>\n\
                  <p><a href=\"#check-unknown-heading\">What this check means</a></p>\n</details>";
    assert_eq!(html.matches(folded).count(), 3, "{html}");
    assert_eq!(html.matches("Type the amount as a number.").count(), 1);
    // Of a check without a page its code is all that there is.
    let html = drawn(&clear(), &face());
    assert!(html.contains("<p class=\"who\">Check: <code>total-mismatch</code></p>") && !html.contains("<details"));
}

#[test]
fn many_related_places_are_folded() {
    let mut report = clear();
    let place = report.findings[0].related[0].clone();
    report.findings[0].related = vec![place.clone(); 12];
    assert!(!drawn(&report, &face()).contains("<details"));
    report.findings[0].related.push(place);
    let html = drawn(&report, &face());
    let (shown, folded) = html.split_once("<details class=\"more\"><summary>2 more places</summary>").unwrap();
    assert_eq!((shown.matches("PCC funding!D5:D14").count(), folded.matches("PCC funding!D5:D14").count()), (11, 2));
}

#[test]
fn what_was_checked_and_what_passed() {
    let mut report = report();
    report.checked = vec![
        checked("unknown-heading", 2, Some(12_345), 1),
        checked("total-mismatch", 2, None, 0),
        checked("spend-against-summary", 1, Some(10), 0),
    ];
    let mut face = face();
    face.checks.push(CheckPage {
        code: "too-long".into(),
        is_off: true,
        title: "Texts are short".into(),
        ..face.checks[0].clone()
    });
    let html = drawn(&report, &face);
    for part in [
        "<li><a href=\"#checked\">What was checked (3)</a></li>",
        "<p>3 checks ran; 1 of them found nothing. The table says on how many workbooks and rows each of them ran.</p>",
        "<span>Amounts are typed as text</span> <a href=\"#check-unknown-heading\"><code>unknown-heading</code></a></th>\
         <td class=\"number\">2</td><td class=\"number\">12,345</td><td class=\"words\"><strong>1 finding</strong></td>",
        "<span>total-mismatch</span> <code>total-mismatch</code></th><td class=\"number\">2</td><td class=\"number\">–</td>\
         <td class=\"words\"><span class=\"passed\">Nothing found</span></td>",
        // It did not run for every row, so it has not passed.
        "<td class=\"number\">10</td><td class=\"words\">Nothing found, <a href=\"#not-run\">not run everywhere</a></td>",
        "<details class=\"more\"><summary>1 check is switched off, 1 check had nothing to look at</summary>\n\
         <p class=\"intro\">Switched off by the pack</p>\n<ul><li>Texts are short <code>too-long</code></li>\n</ul>\n\
         <p class=\"intro\">Nothing to look at in these workbooks</p>\n\
         <ul><li>Amounts are typed as text <code>never-found</code></li>\n</ul>\n</details>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    // What found something had something to look at.
    let mut dates = face.clone();
    dates.checks.push(CheckPage {
        code: "date-as-text".into(),
        title: "Dates are dates".into(),
        ..face.checks[0].clone()
    });
    assert!(!drawn(&report, &dates).contains("<li>Dates are dates"));
    report.findings.clear();
    report.not_run.clear();
    report.checked = vec![checked("unknown-heading", 2, Some(3), 0), checked("total-mismatch", 2, None, 0)];
    let html = drawn(&report, &face);
    assert!(html.contains("<p>2 checks ran, and found nothing. The table says on how"), "{html}");
    // Where it is not known what was checked, nothing is claimed.
    report.checked.clear();
    assert!(!drawn(&report, &face).contains("What was checked"));
}

#[test]
fn a_finding_shows_the_cells_round_it() {
    let report = clear();
    let excerpts = excerpts(&report.findings[0].place, "£139,250.00");
    let html = page(&report, &excerpts, &face());
    let grid = html.find("aria-label=\"Cells B13:F17 of PCC funding\"").unwrap();
    let (message, advice) = (html.find("<p class=\"message\">").unwrap(), html.find("<dl class=\"advice\">").unwrap());
    assert!(message < grid && grid < advice);
    assert!(html.contains("<td class=\"at n\"><span class=\"say\">Marked: </span>£139,250.00"));
    // D14, of which it could be made up, and D5:D14, the lines that it adds.
    assert!(html.contains("<td class=\"by\"><span class=\"say\">Also concerned: </span>£139,250.00"));
}
