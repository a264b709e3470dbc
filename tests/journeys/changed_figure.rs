//! A figure that moves in a workbook moves in the text, the table, the chart and the HTML, and nothing else does.

use std::fs;

use lopdf::Document;

use crate::desk::{Desk, plain_text};
use crate::support::marks::marks_of;

const MARCH: &str = "monthly/2023-03 March return.xlsx";

/// The outputs of the year with these changes in the March return: the HTML by its lines, and the PDF by its marked
/// contents, page by page.
fn year(changes: &[(&str, &str)]) -> (Vec<String>, Vec<Vec<String>>) {
    let desk = Desk::year();
    // Retyped even when nothing changes, so that the two workbooks differ in nothing but the figure.
    desk.retype(MARCH, changes);
    let ended = desk.run(&[]);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    let html = desk.output("for-committee/committee-appendix.html");
    let pdf = Document::load_mem(&fs::read(desk.path("output/for-committee/committee-appendix.pdf")).unwrap()).unwrap();
    let texts = |page| marks_of(&pdf, page).into_iter().map(|mark| mark.text).collect();
    let pages = pdf.get_pages().into_values().map(texts).collect();
    (without_fingerprints(&html).lines().map(str::to_owned).collect(), pages)
}

/// The workbook itself is another one: its fingerprint, and that of all workbooks together, change wherever they stand.
fn without_fingerprints(text: &str) -> String {
    regex::Regex::new(r"\b[0-9a-f]{12}(?:[0-9a-f]{4})?\b").unwrap().replace_all(text, "fingerprint").into_owned()
}

/// The lines that are not alike, as they are afterwards.
fn changed<'a>(before: &[String], after: &'a [String]) -> Vec<&'a str> {
    assert_eq!(before.len(), after.len());
    before.iter().zip(after).filter(|(before, after)| before != after).map(|(_, after)| after.as_str()).collect()
}

/// The words of a line of HTML.
fn words(line: &str) -> String {
    plain_text(&format!("<style></style>{line}"))
}

#[test]
fn a_changed_figure_changes_what_shows_it_and_nothing_else() {
    let referrals = "\"Referrals to DAWN\" | \"Domestic abuse\" |";
    let (html_before, pages_before) = year(&[]);
    let (html, pages) = year(&[(&format!("{referrals} 26"), &format!("{referrals} 27"))]);

    let (in_chart, elsewhere): (Vec<&str>, Vec<&str>) = changed(&html_before, &html).into_iter().partition(|line| {
        // What a chart draws has a line for each shape; its table has one for each month.
        ["<svg ", "<polyline ", "<circle ", "<text ", "<rect "].iter().any(|shape| line.starts_with(shape))
            || words(line).starts_with("March 2023")
    });
    let elsewhere: Vec<String> = elsewhere.into_iter().map(words).collect();
    let expected = [
        "339 Referrals to the DAWN service [S3]",
        "5.2 Worcester Community Trust's DAWN service took 339 referrals, which over five years have risen by 200%, and \
         worked with 463 people in the year. Of the people whose support the partnership pays for, 69 left the \
         relationship long term, and 114 children lived safer lives.",
        "Referrals to DAWN 339 Sum of the months",
    ];
    assert_eq!(elsewhere, expected);
    let drawn: Vec<String> = in_chart.iter().map(|line| words(line)).filter(|text| !text.is_empty()).collect();
    assert!(drawn.contains(&"March 2023 27".to_owned()) && drawn.contains(&"27".to_owned()), "{drawn:?}");
    assert!(drawn.iter().all(|text| ["27", "Referrals", "March 2023 27"].contains(&text.as_str())), "{drawn:?}");
    assert!(in_chart.iter().any(|line| line.starts_with("<polyline ")), "the line is drawn anew: {in_chart:#?}");
    assert!(in_chart.iter().any(|line| line.contains("they add up to 339 by the end of March 2023")));

    assert_eq!(pages_before.len(), pages.len());
    let changed_marks: Vec<String> = pages_before
        .iter()
        .zip(&pages)
        .flat_map(|(before, after)| changed(before, after))
        .map(without_fingerprints)
        .filter(|text| !text.contains("fingerprint"))
        .collect();
    for shown in ["339", "took 339 referrals", "27"] {
        assert!(changed_marks.iter().any(|text| text.contains(shown)), "{shown}: {changed_marks:#?}");
    }
    assert!(changed_marks.iter().all(|text| text.contains("339") || text.contains("27")), "{changed_marks:#?}");
    assert!(changed_marks.len() <= 5, "{changed_marks:#?}");
}
