//! Charts, headline figures, notes, links and sources in the HTML edition.

use crosscast::export::appendix;
use crosscast::model::Format;
use crosscast::model::document::{Block, ChartKind, Document, Inline, Target};

use crate::charted::{self, FULL, ORIGIN, fact, link, runs};
use crate::sample::{bare, heading, strings, table};

/// What stands for a source note of which only the short text is shown.
const SHORT: &str = "PCC funding!D5:D14 of workbook 17; Spend!D4:D90 of workbooks 1 to 12";

fn html(document: &Document) -> String {
    appendix::html(document).unwrap()
}

fn has(html: &str, passage: &str) {
    assert!(html.contains(passage), "{passage} is not in\n{html}");
}

#[test]
fn a_chart_is_a_figure_with_a_title_its_source_and_words_for_those_who_do_not_see_it() {
    let html = html(&charted::report());
    has(
        &html,
        &format!(
            "<figure class=\"chart\">\n<figcaption>Figure 1: Budget and spend by project\u{A0}\
             <a class=\"mark-of-source\" href=\"#source-2\" title=\"{SHORT}\">[S2]</a></figcaption>"
        ),
    );
    // For a page and for a phone; one of them is shown.
    for class in ["wide", "narrow"] {
        has(&html, &format!("<svg class=\"{class}\" viewBox=\"0 0 "));
    }
    let alt = "role=\"img\" aria-label=\"Bar chart. Two of three projects spent what they were given; Hate Crime spent £200.00 less.\"";
    assert_eq!(html.matches(alt).count(), 2);
    assert_eq!(html.matches(">£4,800.00</text>").count(), 2);
    has(&html, "</details>\n<p class=\"note\">Spend is what the returns show as paid by 31 March 2023.</p>\n</figure>");
    // Without a source note there is no mark.
    has(&html, "<figcaption>Figure 2: Recorded crime by month</figcaption>");
}

#[test]
fn the_figures_of_a_chart_stand_in_a_table_with_their_origins() {
    let html = html(&charted::report());
    has(&html, "<caption>Figure 1: Budget and spend by project (figures)</caption>");
    has(&html, "<th scope=\"col\">Category</th>\n<th scope=\"col\" class=\"amount\">Budget</th>");
    has(
        &html,
        &format!(
            "<tr><th scope=\"row\" class=\"whole\">Hate Crime</th>\
             <td class=\"amount\" title=\"{ORIGIN}\">£5,000.00</td>\
             <td class=\"amount\" title=\"{ORIGIN}\">£4,800.00</td></tr>"
        ),
    );
    has(&html, "<th scope=\"col\">Month</th>\n<th scope=\"col\" class=\"amount\">2022-23</th>");
    // What is printed in the place of a figure is there too.
    has(
        &html,
        &format!(
            "<tr><th scope=\"row\" class=\"whole\">June 2022</th><td class=\"amount\" title=\"{ORIGIN}\">[x]</td>"
        ),
    );
}

#[test]
fn a_chart_without_categories_says_so_and_draws_nothing() {
    let mut empty = charted::chart(ChartKind::Bar, Format::Money, &[], &[("Budget", &[])]);
    empty.source = None;
    let html = html(&bare(vec![Block::Chart(empty)]));
    has(&html, "</figcaption>\n<p><em>No project has been funded yet.</em></p>\n<p class=\"note\">");
    assert!(!html.contains("<svg") && !html.contains("<details"));
}

#[test]
fn a_changed_figure_changes_its_picture_and_its_table_and_nothing_else() {
    let before = html(&charted::report());
    let mut document = charted::report();
    let chart = document.blocks.iter_mut().find_map(|block| match block {
        Block::Chart(chart) if chart.kind == ChartKind::GroupedBar => Some(chart),
        _ => None,
    });
    let value = &mut chart.unwrap().series[1].values[2];
    (value.amount, value.label) = (Some(470_000.0), "£4,700.00".to_owned());
    let after = html(&document);

    assert_eq!(before.lines().count(), after.lines().count());
    let changed: Vec<&str> =
        before.lines().zip(after.lines()).filter(|(before, after)| before != after).map(|(_, after)| after).collect();
    // In each of two pictures the bar's edge, its fill and its value; and a row of the table.
    assert_eq!(changed.iter().filter(|line| line.starts_with("<rect ")).count(), 4, "{changed:#?}");
    assert_eq!(changed.iter().filter(|line| line.ends_with(">£4,700.00</text>")).count(), 2, "{changed:#?}");
    assert_eq!(changed.iter().filter(|line| line.starts_with("<tr>")).count(), 1, "{changed:#?}");
    assert_eq!(changed.len(), 7, "{changed:#?}");
}

#[test]
fn headline_figures_are_a_list_and_say_where_they_come_from() {
    let html = html(&charted::report());
    has(
        &html,
        &format!(
            "<ul class=\"facts\" role=\"list\">\n<li><span class=\"value\" title=\"{FULL}\">£133,250.00</span> \
             <span class=\"label\">awarded by the Commissioner for <span class=\"whole\">2022-23</span>\u{A0}\
             <a class=\"mark-of-source\" href=\"#source-1\" title=\"{FULL}\">[S1]</a></span></li>"
        ),
    );
    // One whose source is not known has neither a title nor a mark.
    has(
        &html,
        "<li><span class=\"value\">over 120</span> <span class=\"label\">welcome visits to homes of guests from Ukraine</span></li>",
    );
}

#[test]
fn a_note_leads_back_to_its_first_mark() {
    let html = html(&charted::report());
    for mark in [
        "<sup><a href=\"#note-1\" id=\"ref-1\" role=\"doc-noteref\">1</a></sup>",
        "<sup><a href=\"#note-2\" id=\"ref-2\" role=\"doc-noteref\">2</a></sup>",
        "<sup><a href=\"#note-1\" id=\"ref-1-2\" role=\"doc-noteref\">1</a></sup>",
    ] {
        assert_eq!(html.matches(mark).count(), 1, "{mark}");
    }
    has(
        &html,
        "<section class=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"notes\">\n<h2 id=\"notes\">Notes</h2>",
    );
    has(
        &html,
        "<li id=\"note-2\">As published in July 2023. <a class=\"back\" href=\"#ref-2\" role=\"doc-backlink\" \
         aria-label=\"Back to the text of note 2\">↩</a></li>",
    );
    // One that nothing leads to leads nowhere; a report without notes has no section for them.
    let mut document = bare(vec![heading(1, "", "Summary")]);
    document.notes = vec![vec![Inline::plain("Alone.")]];
    has(&self::html(&document), "<li id=\"note-1\">Alone.</li>");
    document.notes.clear();
    assert!(!self::html(&document).contains("doc-endnotes"));
}

#[test]
fn marks_lead_to_the_list_of_sources_where_there_is_one() {
    let mut document = charted::report();
    let with_list = html(&document);
    has(
        &with_list,
        &format!(
            "<li id=\"source-1\"><span class=\"number\">S1</span> \
             <span title=\"{FULL}\"><strong>Table 1:</strong> PCC funding!D5:D14 of workbook 17</span></li>"
        ),
    );
    assert_eq!(with_list.matches("href=\"#source-1\"").count(), 3, "a caption, a headline figure and a note");
    document.blocks.retain(|block| !matches!(block, Block::Sources));
    let without = html(&document);
    assert!(!without.contains("href=\"#source-"));
    has(&without, "<caption>Table 1: Funding 2022-23\u{A0}[S1]</caption>");
}

#[test]
fn a_figure_of_a_table_has_its_own_origin_or_that_of_the_table() {
    let html = html(&charted::report());
    has(
        &html,
        &format!(
            "<td class=\"amount\" title=\"{ORIGIN}\">£38,889.25</td><td class=\"whole\">Partnership</td></tr>\n\
             <tr><th scope=\"row\" class=\"whole\">Hate Crime</th><td class=\"amount\" title=\"{FULL}\">£5,000.00</td>"
        ),
    );
    has(&html, &format!("<td class=\"amount\" title=\"{FULL}\">£43,889.25</td>"));
    // In the prose as well.
    has(&html, &format!("<strong><span title=\"{ORIGIN}\">£133,250.00</span></strong>"));
}

#[test]
fn a_link_is_one_even_with_emphasis_inside_and_leads_to_pages_only() {
    let report = html(&charted::report());
    has(&report, "<a href=\"https://example.gov.uk/report?a=1&amp;b=2\">report of <em>July 2023</em></a>");
    for address in ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "#x"] {
        let page = html(&bare(vec![runs("1", vec![link("here", Target::Web(address.to_owned()))])]));
        has(&page, "</span> here</p>");
    }
}

#[test]
fn a_report_of_four_sections_lists_them_and_one_of_three_does_not() {
    let sections = |count: usize| {
        let section = |number: usize| [heading(1, &number.to_string(), "Part"), heading(2, "", "Within")];
        html(&bare((1..=count).flat_map(section).collect()))
    };
    let four = sections(4);
    has(&four, "<nav class=\"contents\" aria-label=\"Contents\">");
    has(&four, "<a href=\"#section-7\"><span class=\"number\">4</span> <span class=\"name\">Part</span></a>");
    has(&four, "<h2 id=\"section-7\"><span class=\"number\">4</span> Part</h2>");
    assert!(!four.contains("href=\"#section-2\""));
    assert!(!sections(3).contains("<nav"));
}

#[test]
fn text_is_text_in_all_of_them() {
    let nasty = "<b onclick=\"x\">&amp;'</b>";
    let mut chart = charted::chart(ChartKind::Line, Format::Integer, &[nasty], &[(nasty, &[(1.0, nasty)])]);
    chart.alt = nasty.to_owned();
    chart.title = nasty.to_owned();
    chart.notes = strings(&[nasty]);
    chart.series[0].values[0].origin = Some(nasty.into());
    let mut sourced = table(nasty, &[nasty, ">x"], vec![strings(&[nasty, nasty])], None);
    sourced.source = Some(0);
    let mut document = bare(vec![
        Block::Facts(vec![fact(nasty, nasty, Some(0))]),
        Block::Chart(chart),
        Block::Table(sourced),
        runs("", vec![link(nasty, Target::Web(format!("https://x/{nasty}"))), link(nasty, Target::Note(0))]),
        Block::Sources,
    ]);
    document.notes = vec![vec![Inline { origin: Some(nasty.into()), ..Inline::plain(nasty) }]];
    document.sources = charted::report().sources;
    document.sources[0].of = nasty.to_owned();
    document.sources[0].text = nasty.to_owned();
    document.sources[0].full = nasty.into();
    let html = html(&document);
    assert!(!html.contains("<b ") && !html.contains("&amp;'"), "markup came through");
    assert!(html.contains("title=\"&lt;b onclick=&quot;x&quot;&gt;&amp;amp;&#39;&lt;/b&gt;\""));
}
