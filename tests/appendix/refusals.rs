//! What is not written, and how it is told.

use crosscast::export::appendix;
use crosscast::model::document::{Block, ChartKind, Draft, Inline, SourceNote, Target};

use crate::{full, sample};

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_place() {
    let mut document = sample::bare(vec![
        sample::heading(1, "1", "Funding"),
        sample::heading(3, "1.1.1", "Skipped"),
        sample::heading(7, "", "Too deep"),
        sample::paragraph("1.1", "A tick ✓, a letter 社 and a sign 𓀀"),
        Block::List { ordered: false, items: Vec::new() },
        Block::Table(sample::table(
            "Table 1: Faults",
            &["Name", ""],
            vec![sample::strings(&["one"]), sample::strings(&["a", "社✓"])],
            Some(&["Total"]),
        )),
    ]);
    document.title = " ".to_owned();
    document.language = "English, please".to_owned();
    document.draft = Some(Draft { reasons: Vec::new() });
    document.notice = Some(String::new());
    insta::assert_snapshot!(appendix::pdf(&document).unwrap_err().to_string(), @r#"
    the appendix cannot be written:
      title: it has no text
      language: "English, please" is no language tag such as en-GB
      draft: a draft has to say why it is one
      notice: it has no text
      block 2, heading “1.1.1 Skipped”: level 3 follows level 1; no level may be skipped
      block 3, heading “Too deep”: the level is 7; it has to be 1 to 5
      block 4, paragraph “1.1 A tick ✓, a letter 社 and a sign 𓀀”: the font cannot show “社” (U+793E), “𓀀” (U+13000)
      block 5, list: the list has no items
      block 6, table “Table 1: Faults”, title of column 2: it has no text
      block 6, table “Table 1: Faults”, row 1: the row has 1 of 2 cells
      block 6, table “Table 1: Faults”, row 2, column 2: the font cannot show “社” (U+793E)
      block 6, table “Table 1: Faults”, total row: the row has 1 of 2 cells
    "#);
}

#[test]
fn what_leads_nowhere_and_what_cannot_be_drawn_is_told_at_once() {
    let mut chart = full::chart("Figure 1: Spend");
    chart.alt = " ".to_owned();
    chart.series[1].values.pop();
    chart.source = Some(4);
    let mut bars = full::chart("Figure 2: Bars of two kinds 社");
    bars.kind = ChartKind::Bar;
    bars.source = None;
    let mut document = sample::bare(vec![
        full::runs(
            "",
            vec![
                Inline::plain("See "),
                full::run("the page", Target::Web(String::new())),
                full::note(3),
                full::run("", Target::Note(0)),
            ],
        ),
        Block::Facts(vec![full::fact("", "funding", None), full::fact("£1.00", " ", Some(0))]),
        Block::Chart(chart),
        Block::Chart(bars),
        Block::Facts(Vec::new()),
    ]);
    document.notes = vec![vec![Inline::plain("see"), full::note(1)], vec![Inline::plain("never referred to")]];
    document.sources = vec![SourceNote { of: "Table 1".to_owned(), text: "Sheet!A1".to_owned(), full: "".into() }];
    insta::assert_snapshot!(appendix::pdf(&document).unwrap_err().to_string(), @r#"
    the appendix cannot be written:
      block 1, paragraph “See the page4”: the link “the page” has no address
      block 1, paragraph “See the page4”: it refers to footnote 4; there are 2
      block 1, paragraph “See the page4”: a link or mark has no text
      block 2, headline figures, figure 1, value: it has no text
      block 2, headline figures, figure 2, label: it has no text
      block 2, headline figures: it names a source, and the document has no list of sources
      block 3, chart “Figure 1: Spend”: the chart has no alternative text, which says in words what it shows
      block 3, chart “Figure 1: Spend”, series 2: the series has 2 values for 3 categories
      block 3, chart “Figure 1: Spend”: it names source 5; there are 1
      block 4, chart “Figure 2: Bars of two kinds 社”, title: the font cannot show “社” (U+793E)
      block 4, chart “Figure 2: Bars of two kinds 社”: a bar chart has one series; this one has 2
      block 5, headline figures: there are no figures
      footnote 1: a footnote cannot refer to a footnote
      footnote 2: no text refers to it
    "#);
    // The near miss: with the list of sources there is one reason less.
    document.blocks.push(Block::Sources);
    let refusal = appendix::pdf(&document).unwrap_err().to_string();
    assert!(!refusal.contains("no list of sources"), "{refusal}");
}

#[test]
fn the_html_edition_refuses_the_same_but_has_other_fonts() {
    let document = sample::bare(vec![sample::heading(2, "", "Skipped"), sample::paragraph("", "社")]);
    let refusal = appendix::html(&document).unwrap_err();
    assert_eq!(refusal.reasons.len(), 1);
    assert_eq!(refusal.reasons[0].place, "block 1, heading “Skipped”");
    assert!(appendix::html(&sample::bare(vec![sample::paragraph("", "社")])).is_ok());
}

#[test]
fn text_whose_direction_is_turned_is_refused() {
    let document = sample::bare(vec![sample::paragraph("", "approved \u{202E}detcejer")]);
    assert!(appendix::pdf(&document).unwrap_err().to_string().contains("the font cannot show U+202E"));
    assert!(appendix::html(&document).is_err());
}

#[test]
fn line_breaks_in_a_cell_and_marks_without_a_shape_are_no_fault() {
    let rows = vec![sample::strings(&["High\r\nStreet", "soft\u{AD}hyphen\u{A0}£1"])];
    let document = sample::bare(vec![Block::Table(sample::table("Table 1", &["Place", "Text"], rows, None))]);
    let reading = crate::reading::Reading::of(&appendix::pdf(&document).unwrap());
    let tree = reading.tree();
    assert_eq!(tree.of_kind("TH")[2].text, "High Street");
    assert_eq!(tree.of_kind("TD")[0].text, "softhyphen £1");
}
