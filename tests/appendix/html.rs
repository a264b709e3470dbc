//! The HTML edition.

use crosscast::export::appendix;
use crosscast::model::document::{Block, Inline};

use crate::sample;

#[test]
fn it_is_one_file_without_script_and_with_landmarks() {
    let html = appendix::html(&sample::year_end()).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    assert!(html.contains("<title>Safer Communities Partnership: year-end report 2022-23</title>"));
    assert!(html.contains("<a class=\"skip\" href=\"#content\">") && html.contains("<main id=\"content\""));
    assert_eq!(html.matches("<h1>").count(), 1);
    for foreign in ["<script", "http:", "https:", "url(", "@import", " src=", "DRAFT"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
}

#[test]
fn tables_have_a_caption_scopes_and_a_total_in_the_foot() {
    let html = appendix::html(&sample::short()).unwrap();
    assert!(html.contains("<caption>Table 1: Police and crime commissioner funding 2022-23</caption>"));
    assert!(html.contains("<div class=\"scroll\" role=\"region\" aria-label=\"Table 1: Police and crime commissioner funding 2022-23\" tabindex=\"0\">"));
    assert!(html.contains("<th scope=\"col\" class=\"amount\">Latest budget</th>"));
    assert!(
        html.contains(
            "<tr><th scope=\"row\" class=\"whole\">CCTV maintenance</th><td class=\"amount\">£22,000.00</td>"
        )
    );
    let foot = html.split("<tfoot>").nth(1).unwrap();
    assert!(foot.starts_with("\n<tr><th scope=\"row\" class=\"whole\">Total</th>"), "{foot}");
}

#[test]
fn a_table_without_rows_says_so() {
    let html = appendix::html(&sample::year_end()).unwrap();
    assert!(html.contains("<tr><td colspan=\"3\"><em>There is nothing to report for this period.</em></td></tr>"));
}

#[test]
fn a_draft_says_so_in_the_title_at_the_head_and_with_its_reasons() {
    let html = appendix::html(&sample::draft()).unwrap();
    assert!(html.contains("<title>DRAFT: Safer"));
    assert!(html.contains("<p class=\"mark\">DRAFT</p>"));
    assert!(html.contains("<li>The return for March 2023 has not been received.</li>"));
    assert!(html.find("class=\"draft\"") < html.find("<h1>"));
}

#[test]
fn text_is_text() {
    let nasty = "<b onclick=\"x\">&amp;'</b>";
    let mut document = sample::bare(vec![
        sample::heading(1, nasty, nasty),
        Block::Paragraph {
            number: None,
            text: vec![Inline { text: nasty.to_owned(), bold: true, italic: true, ..Inline::default() }],
        },
        Block::Table(sample::table(nasty, &[nasty], vec![vec![nasty.to_owned()]], None)),
    ]);
    document.title = nasty.to_owned();
    document.author = nasty.to_owned();
    document.header = nasty.to_owned();
    let html = appendix::html(&document).unwrap();
    assert!(!html.contains("<b "), "markup came through");
    assert!(!html.contains("&amp;'"));
    assert_eq!(html.matches("&lt;b onclick=&quot;x&quot;&gt;&amp;amp;&#39;&lt;/b&gt;").count(), 11);
}
