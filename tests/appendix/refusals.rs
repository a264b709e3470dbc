//! What is not written, and how it is told.

use crosscast::export::appendix;
use crosscast::model::document::{Block, Draft};

use crate::sample;

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_place() {
    let mut document = sample::bare(vec![
        sample::heading(1, "1", "Funding"),
        sample::heading(3, "1.1.1", "Skipped"),
        sample::heading(7, "", "Too deep"),
        sample::paragraph("1.1", "A tick ✓ and a face 😀"),
        Block::List { ordered: false, items: Vec::new() },
        Block::Table(sample::table(
            "Table 1: Faults",
            &["Name", ""],
            vec![sample::strings(&["one"]), sample::strings(&["a", "✓"])],
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
      block 4, paragraph “1.1 A tick ✓ and a face 😀”: the font cannot show “✓” (U+2713), “😀” (U+1F600)
      block 5, list: the list has no items
      block 6, table “Table 1: Faults”, title of column 2: it has no text
      block 6, table “Table 1: Faults”, row 1: the row has 1 of 2 cells
      block 6, table “Table 1: Faults”, row 2, column 2: the font cannot show “✓” (U+2713)
      block 6, table “Table 1: Faults”, total row: the row has 1 of 2 cells
    "#);
}

#[test]
fn the_html_edition_refuses_the_same_but_has_other_fonts() {
    let document = sample::bare(vec![sample::heading(2, "", "Skipped"), sample::paragraph("", "✓")]);
    let refusal = appendix::html(&document).unwrap_err();
    assert_eq!(refusal.reasons.len(), 1);
    assert_eq!(refusal.reasons[0].place, "block 1, heading “Skipped”");
    assert!(appendix::html(&sample::bare(vec![sample::paragraph("", "✓")])).is_ok());
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
