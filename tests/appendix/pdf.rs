//! The PDF edition.

use std::collections::BTreeMap;

use crosscast::export::appendix;
use crosscast::model::document::{Block, Document};

use crate::reading::Reading;
use crate::support::conformance::assert_conforms;
use crate::support::marks::Mark;
use crate::{full, sample};

#[test]
fn it_passes_the_checks_for_accessibility_and_archiving() {
    for document in [sample::short(), full::year_end(), sample::draft(), sample::bare(Vec::new())] {
        assert_conforms(&appendix::pdf(&document).unwrap());
    }
}

#[test]
fn two_hundred_pages_pass_the_checks_and_stay_below_a_megabyte() {
    let bytes = appendix::pdf(&sample::long()).unwrap();
    assert_conforms(&bytes);
    assert!(bytes.len() < 1_000_000, "{} bytes", bytes.len());
    let reading = Reading::of(&bytes);
    assert!(reading.pages.len() > 195);
    assert_tree_and_pages_agree(&reading);
}

#[test]
fn every_marked_content_leads_to_an_element_and_back() {
    for document in [sample::short(), full::year_end(), sample::draft()] {
        assert_tree_and_pages_agree(&read(&document));
    }
}

#[test]
fn nothing_is_drawn_outside_marked_content() {
    let reading = read(&full::year_end());
    for mark in reading.pages.iter().flatten() {
        assert!(!mark.tag.is_empty(), "drawn outside: {:?}", mark.text);
        assert_eq!(mark.tag == "Artifact", mark.mcid.is_none(), "{mark:?}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_in_one_process() {
    let first = appendix::pdf(&sample::draft()).unwrap();
    appendix::pdf(&sample::short()).unwrap();
    assert!(first == appendix::pdf(&sample::draft()).unwrap());
    let mut other = sample::draft();
    other.blocks.pop();
    assert!(first != appendix::pdf(&other).unwrap());
}

#[test]
fn every_page_says_which_of_how_many_it_is() {
    let reading = read(&sample::year_end());
    let count = reading.pages.len();
    assert!(count >= 8);
    for (index, page) in reading.pages.iter().enumerate() {
        let footers: Vec<&Mark> =
            page.iter().filter(|mark| mark.text.contains(&format!("Page {} of {count}", index + 1))).collect();
        assert_eq!(footers.len(), 1, "page {}", index + 1);
        assert_eq!(footers[0].tag, "Artifact");
        assert!(footers[0].text.starts_with("Safer Communities Partnership · year-end report 2022-23"));
        assert!(
            page.iter().any(|mark| mark.tag == "Artifact" && mark.text.starts_with("Communities Committee, 13 June"))
        );
    }
}

#[test]
fn draft_stands_on_every_page_of_a_draft_and_on_no_other() {
    let drafts = |document: &Document| -> Vec<usize> {
        let is_mark = |mark: &&Mark| mark.tag == "Artifact" && mark.text.ends_with("DRAFT");
        read(document).pages.iter().map(|page| page.iter().filter(is_mark).count()).collect()
    };
    assert!(drafts(&sample::draft()).iter().all(|&count| count == 1));
    assert!(drafts(&sample::year_end()).iter().all(|&count| count == 0));
}

#[test]
fn a_draft_begins_with_its_reasons() {
    let tree = read(&sample::draft()).tree();
    let kinds: Vec<(&str, &str)> = tree.kids.iter().take(4).map(|kid| (kid.kind.as_str(), kid.text.as_str())).collect();
    assert_eq!(kinds[0], ("P", "DRAFT – not for publication"));
    assert_eq!(kinds[1], ("P", "The reasons:"));
    assert_eq!(kinds[2].0, "L");
    assert!(kinds[2].1.ends_with("• The return for March 2023 has not been received."), "{}", kinds[2].1);
    assert_eq!(kinds[3].0, "H1");
}

#[test]
fn a_repeated_heading_row_is_an_artifact_and_the_logical_one_is_there_once() {
    let reading = read(&sample::year_end());
    let tree = reading.tree();
    let orders = *tree.of_kind("Table").iter().find(|table| table.text.starts_with("Table 4")).unwrap();
    assert_eq!(orders.kids.iter().map(|kid| kid.kind.as_str()).collect::<Vec<_>>(), ["Caption", "THead", "TBody"]);
    assert_eq!(orders.of_kind("THead")[0].text, "ReferencePlaceWhat it forbidsMade onEnds onPenalty");
    assert_eq!(orders.of_kind("TR").len(), 61);
    for row in &orders.of_kind("TBody")[0].kids {
        let kinds: Vec<_> = row.kids.iter().map(|cell| (cell.kind.as_str(), cell.scope.as_deref())).collect();
        assert_eq!(kinds[0], ("TH", Some("Row")));
        assert!(kinds[1..].iter().all(|kind| *kind == ("TD", None)));
    }
    let shown: Vec<&Mark> = reading.pages.iter().flatten().filter(|mark| mark.text == "What it forbids").collect();
    assert!(shown.len() > 2, "the table goes over pages");
    assert_eq!(shown.iter().filter(|mark| mark.tag == "TH").count(), 1);
    assert!(shown[1..].iter().all(|mark| mark.tag == "Artifact"));
}

#[test]
fn a_table_begins_with_two_rows_or_on_the_next_page() {
    let rows: Vec<Vec<String>> = (1..=60).map(|row| sample::strings(&[&format!("Order {row}")])).collect();
    // Wherever on the page the table would begin.
    for paragraphs in 14..28 {
        let mut blocks = vec![sample::paragraph("", "Above the table."); paragraphs];
        blocks.push(Block::Table(sample::table("Table 1: Orders", &["Order"], rows.clone(), None)));
        let reading = read(&sample::bare(blocks));
        let begins = reading.pages.iter().find(|page| page.iter().any(|mark| mark.text == "Table 1: Orders")).unwrap();
        let rows = begins.iter().filter(|mark| mark.text.starts_with("Order ")).count();
        assert!(rows >= 2, "{rows} row below {paragraphs} paragraphs");
    }
}

#[test]
fn a_small_table_is_kept_whole_but_not_at_the_price_of_a_white_page() {
    // How often a table that begins at any height goes over to the next page whole, and how often in parts.
    let placed = |count: usize| {
        let rows: Vec<Vec<String>> = (1..=count).map(|row| sample::strings(&[&format!("Order {row}")])).collect();
        let (mut whole, mut divided) = (0, 0);
        for paragraphs in 6..26 {
            let mut blocks = vec![sample::paragraph("", "Above the table."); paragraphs];
            blocks.push(sample::heading(1, "", "Orders"));
            blocks.push(Block::Table(sample::table("Table 1: Orders", &["Order"], rows.clone(), None)));
            let reading = read(&sample::bare(blocks));
            let text = reading.pages[0].iter().filter(|mark| mark.mcid.is_some());
            let lowest = text.filter_map(|mark| mark.at).map(|(_, height)| height).fold(842.0, f32::min);
            assert!(reading.pages.len() == 1 || lowest < 380.0, "white from {lowest} down");
            match reading.pages[0].iter().filter(|mark| mark.text.starts_with("Order ")).count() {
                0 => whole += 1,
                shown if shown < count => divided += 1,
                _ => {}
            }
        }
        (whole, divided)
    };
    let ((whole, divided), (_, large)) = (placed(9), placed(18));
    assert!(whole > 3 && divided == 0, "{whole} kept whole, {divided} divided");
    assert!(large > 3, "{large} divided");
}

#[test]
fn the_text_is_read_in_order_and_words_do_not_fuse() {
    let document = sample::year_end();
    let tree = read(&document).tree();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let paragraphs: Vec<String> = tree.of_kind("P").iter().map(|element| words(&element.text)).collect();
    for block in &document.blocks {
        if let Block::Paragraph { number, text } = block {
            let text: String = text.iter().map(|run| run.text.as_str()).collect();
            let expected = format!("{} {text}", number.as_deref().unwrap_or_default());
            assert!(paragraphs.contains(&words(&expected)), "{expected}");
        }
    }
    assert!(paragraphs.contains(&"Report of: The community safety manager on behalf of the Safer Communities Partnership and its responsible authorities".to_owned()));
    let headings: Vec<(String, String)> = tree
        .all()
        .into_iter()
        .filter(|element| element.kind.len() == 2 && element.kind.starts_with('H'))
        .map(|element| (element.kind.clone(), words(&element.text)))
        .collect();
    assert_eq!(headings[0], ("H1".to_owned(), document.title.clone()));
    assert_eq!(headings[1], ("H2".to_owned(), "1 Purpose of the report".to_owned()));
    assert_eq!(headings[3], ("H3".to_owned(), "2.1 Approved budget and outturn".to_owned()));
}

#[test]
fn the_outline_is_nested_and_leads_to_the_headings() {
    let reading = read(&sample::year_end());
    let outline = reading.outline();
    let titles: Vec<(usize, &str)> = outline.iter().map(|(depth, title, ..)| (*depth, title.as_str())).collect();
    assert_eq!(
        titles[..4],
        [
            (1, "1 Purpose of the report"),
            (1, "2 Funding"),
            (2, "2.1 Approved budget and outturn"),
            (2, "2.2 Spend by month")
        ]
    );
    for (_, title, page, top) in &outline {
        let heading = reading.pages[*page].iter().find(|mark| mark.tag.starts_with('H') && mark.text == *title);
        let (_, baseline) = heading.unwrap_or_else(|| panic!("{title} is not on page {page}")).at.unwrap();
        assert!(*top > baseline && *top < baseline + 40.0, "{title}: {top} against {baseline}");
    }
}

#[test]
fn a_row_taller_than_a_page_goes_on_and_loses_nothing() {
    let words: Vec<String> = (0..3000).map(|index| format!("word{index}")).collect();
    let rows = vec![vec!["First".to_owned(), words.join(" ")], vec!["Second".to_owned(), "short".to_owned()]];
    let document = sample::bare(vec![Block::Table(sample::table("Table 1: Long", &["Name", "Text"], rows, None))]);
    let bytes = appendix::pdf(&document).unwrap();
    assert_conforms(&bytes);
    let reading = Reading::of(&bytes);
    assert_tree_and_pages_agree(&reading);
    assert_eq!(reading.tree().of_kind("TD")[0].text, words.join(" "));
    assert!(reading.pages.len() > 2);
    assert!(reading.pages[0].iter().any(|mark| mark.text.starts_with("word0 ")), "it begins under its headings");
    assert!(reading.pages[0].iter().any(|mark| mark.tag == "Caption"));
}

#[test]
fn what_is_wider_than_the_page_is_cut_between_letters() {
    let long = "x".repeat(400);
    let document = sample::bare(vec![
        sample::paragraph("", &long),
        Block::Table(sample::table("Table 1: Nine columns", &["A"; 9], vec![vec!["w".repeat(40); 9]], None)),
    ]);
    let reading = read(&document);
    let tree = reading.tree();
    assert!(tree.of_kind("P").iter().any(|paragraph| paragraph.text == long));
    assert_eq!(tree.of_kind("TD")[0].text, "w".repeat(40));
}

#[test]
fn a_tick_is_printed_and_can_be_copied_and_its_font_is_embedded_only_then() {
    let text = "Done ✓, A → B, 3 ≠ 4";
    let table = sample::table("Table 1: ✓", &["Name"], vec![vec![text.to_owned()]], Some(&["✓"]));
    let with = appendix::pdf(&sample::bare(vec![sample::paragraph("", text), Block::Table(table)])).unwrap();
    assert_conforms(&with);
    let tree = Reading::of(&with).tree();
    assert!(tree.of_kind("P").iter().any(|paragraph| paragraph.text == text));
    assert_eq!(tree.of_kind("TH")[1].text, text);
    assert_eq!(tree.of_kind("TFoot")[0].text, "✓");
    let without = Reading::of(&appendix::pdf(&sample::short()).unwrap());
    assert_eq!(Reading::of(&with).fonts().iter().filter(|name| name.contains("DejaVu")).count(), 2);
    assert!(!without.fonts().iter().any(|name| name.contains("DejaVu")));
}

#[test]
fn amounts_are_set_to_the_right() {
    let reading = read(&sample::short());
    let marks: BTreeMap<&str, (f32, f32)> =
        reading.pages[0].iter().filter_map(|mark| Some((mark.text.as_str(), mark.at?))).collect();
    // In one column; digits are of one width, so amounts of as many digits begin at one place, and a shorter one later.
    let begins = |amount: &str| marks[amount].0;
    assert!((begins("£20,941.50") - begins("£11,204.00")).abs() < 0.01, "{marks:?}");
    assert!(begins("£11,204.00") < begins("£7,950.00"), "{marks:?}");
}

pub fn read(document: &Document) -> Reading {
    Reading::of(&appendix::pdf(document).unwrap())
}

/// The checker does not see a parent tree that is empty, so both ways are walked here.
pub fn assert_tree_and_pages_agree(reading: &Reading) {
    let mut from_tree = BTreeMap::new();
    let tree = reading.tree();
    for element in tree.all() {
        for &mark in &element.marks {
            assert!(from_tree.insert(mark, element.id).is_none(), "{mark:?} is in two elements");
        }
    }
    let mut on_pages: Vec<(usize, usize)> = Vec::new();
    for (page, marks) in reading.pages.iter().enumerate() {
        on_pages.extend(marks.iter().filter_map(|mark| Some((page, mark.mcid?))));
    }
    on_pages.sort_unstable();
    assert_eq!(on_pages, from_tree.keys().copied().collect::<Vec<_>>());
    assert_eq!(reading.owners(), from_tree);

    let links = reading.links();
    let owners: BTreeMap<_, _> = links.iter().map(|link| (link.id, link.owner)).collect();
    let mut from_tree = BTreeMap::new();
    for element in tree.all() {
        for &annotation in &element.annotations {
            assert_eq!(element.kind, "Link");
            assert!(from_tree.insert(annotation, element.id).is_none(), "a link is in two elements");
        }
    }
    assert_eq!(owners, from_tree);
    assert_eq!(links.len(), owners.len());
}
