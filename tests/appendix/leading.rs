//! What leads somewhere, and what it leads to: links, footnotes, source marks; and figures, on upright and turned pages.

use crosscast::export::appendix;
use crosscast::model::document::{Block, Document, Inline, Target};

use crate::full::{self, fact, note, run, runs};
use crate::pdf::{assert_tree_and_pages_agree, read};
use crate::reading::{Element, Reading};
use crate::sample;
use crate::support::conformance::assert_conforms;
use crate::support::marks::Mark;

/// The words of an element, one space between them.
fn words(element: &Element) -> String {
    element.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn mark_of(reading: &Reading, (page, mcid): (usize, usize)) -> &Mark {
    reading.pages[page].iter().find(|mark| mark.mcid == Some(mcid)).unwrap()
}

#[test]
fn each_link_says_where_it_leads_and_lands_there() {
    let reading = read(&full::year_end());
    let tree = reading.tree();
    let mut said = Vec::new();
    for link in reading.links() {
        said.push(link.words.clone());
        let target = if let Some(source) = link.words.strip_prefix("Source note ") {
            tree.of_kind("Lbl").into_iter().find(|label| words(label) == source).unwrap()
        } else if let Some(number) = link.words.strip_prefix("Footnote ") {
            let name = format!("note-{number:0>5}");
            let found = tree.of_kind("Note").into_iter().find(|note| note.name.as_ref() == Some(&name)).unwrap();
            found.of_kind("Lbl")[0]
        } else {
            assert!(link.address.as_ref().unwrap().starts_with("https://example.org/"), "{link:?}");
            assert!(link.destination.is_none());
            continue;
        };
        let (page, mcid) = target.marks[0];
        let (landed, height) = link.destination.unwrap();
        let (_, baseline) = mark_of(&reading, (page, mcid)).at.unwrap();
        assert_eq!(landed, page, "{link:?}");
        assert!(height > baseline && height < baseline + 25.0, "{link:?} against {baseline}");
    }
    said.sort_unstable();
    assert_eq!(
        said,
        [
            "Footnote 1",
            "Footnote 2",
            "Source note S1",
            "Source note S2",
            "Source note S2",
            "Source note S3",
            "Source note S4",
            "https://example.org/contracts",
            "the pages of the Police and Crime Commissioner on how grants are made (https://example.org/grants)",
        ]
    );
}

#[test]
fn a_link_lies_over_its_words_line_by_line() {
    let reading = read(&full::year_end());
    let links = reading.links();
    let long = links.iter().find(|link| link.words.starts_with("the pages")).unwrap();
    assert_eq!(long.lines, 2);
    let tree = reading.tree();
    let element = tree.of_kind("Link").into_iter().find(|link| link.annotations.contains(&long.id)).unwrap();
    let (x, baseline) = mark_of(&reading, element.marks[0]).at.unwrap();
    let [left, lower, right, upper] = long.area;
    assert!(lower < baseline && baseline < upper && x <= right, "{x} {baseline} in {:?}", long.area);
    assert!(left >= 56.0 && right < 539.0);
    assert_eq!(long.page, element.marks[0].0);
}

#[test]
fn a_document_without_links_has_none() {
    assert!(read(&sample::short()).links().is_empty());
}

#[test]
fn a_note_has_a_name_and_follows_its_paragraph_but_stands_at_the_foot_of_its_page() {
    let reading = read(&full::year_end());
    let tree = reading.tree();
    let place = tree.kids.iter().position(|kid| words(kid).starts_with("1.3 The grant is paid")).unwrap();
    let (first, second) = (&tree.kids[place + 1], &tree.kids[place + 2]);
    assert_eq!([&first.kind, &second.kind], ["Note", "Note"]);
    assert_eq!(words(first), "1 Anti-social Behaviour, Crime and Policing Act 2014.");
    assert_eq!([first.name.as_deref(), second.name.as_deref()], [Some("note-00001"), Some("note-00002")]);
    let label = first.of_kind("Lbl")[0].marks[0];
    let reference = tree.kids[place].of_kind("Reference")[0].of_kind("Link")[0].marks[0];
    assert_eq!(label.0, reference.0, "on the page of its mark");
    let foot = mark_of(&reading, label).at.unwrap().1;
    let body = reading.pages[label.0].iter().filter(|mark| mark.mcid.is_some()).filter(|mark| {
        let text = mark.text.trim();
        !text.starts_with("“Top") && !text.starts_with("Anti-social") && !text.starts_with("https") && text.len() > 2
    });
    assert!(body.filter_map(|mark| mark.at).all(|(_, height)| height > foot + 10.0));
}

/// Paragraphs of one line, and after `before` of them one with a footnote of so many words.
fn with_note(before: usize, length: usize) -> Document {
    let mut blocks = vec![sample::paragraph("", "A line above."); before];
    blocks.push(runs("", vec![Inline::plain("Here is the mark"), note(0), Inline::plain(".")]));
    let mut document = sample::bare(blocks);
    document.notes = vec![vec![Inline::plain((0..length).map(|index| format!("word{index} ")).collect::<String>())]];
    document
}

#[test]
fn a_note_stands_on_the_page_of_its_mark_wherever_that_is() {
    for before in 10..45 {
        let reading = read(&with_note(before, 40));
        assert_tree_and_pages_agree(&reading);
        let on = |text: &str| {
            reading.pages.iter().position(|page| page.iter().any(|mark| mark.text.starts_with(text))).unwrap()
        };
        assert_eq!(on("Here is the mark"), on("word0 "), "below {before} lines");
        for mark in reading.pages.iter().flatten().filter(|mark| mark.mcid.is_some()) {
            assert!(mark.at.unwrap().1 > 68.0, "over the running foot: {mark:?}");
        }
    }
}

#[test]
fn a_note_longer_than_a_page_goes_on_and_ends() {
    let reading = read(&with_note(3, 2500));
    assert_tree_and_pages_agree(&reading);
    let tree = reading.tree();
    let notes = tree.of_kind("Note");
    assert_eq!(notes.len(), 1);
    assert!(words(notes[0]).starts_with("1 word0 ") && words(notes[0]).ends_with("word2499"));
    assert!((5..9).contains(&reading.pages.len()), "{} pages", reading.pages.len());
}

#[test]
fn headline_figures_are_a_list_read_value_before_label() {
    let mut document =
        sample::bare(vec![Block::Facts((1..=5).map(|n| fact(&format!("£{n},000.00"), "of funding", None)).collect())]);
    let reading = read(&document);
    let tree = reading.tree();
    let list = tree.of_kind("L")[0];
    assert_eq!(list.kids.iter().map(words).collect::<Vec<_>>()[..2], ["£1,000.00 of funding", "£2,000.00 of funding"]);
    assert!(list.kids.iter().all(|item| item.kind == "LI" && item.kids[0].kind == "LBody"));
    let at = |index: usize| mark_of(&reading, list.kids[index].kids[0].marks[0]).at.unwrap();
    assert!((at(0).1 - at(2).1).abs() < 0.1 && at(3).1 < at(0).1 - 30.0, "three in the first row, two below");
    assert!((at(0).0 - at(3).0).abs() < 0.1, "boxes stand below each other");
    // A figure too long for its box in the largest type is made smaller or goes over lines, never over the edge.
    document.blocks = vec![Block::Facts((0..4).map(|_| fact("£139,250,000,000.00", "label", None)).collect())];
    assert_conforms(&appendix::pdf(&document).unwrap());
}

#[test]
fn a_chart_is_a_figure_with_its_alternative_text_and_all_that_is_drawn_is_in_its_box() {
    let reading = read(&full::year_end());
    let tree = reading.tree();
    let figures = tree.of_kind("Figure");
    assert_eq!(figures.len(), 1);
    assert_eq!(
        figures[0].alt.as_deref(),
        Some("Of three projects, mentoring spent all of its budget and the others nearly all.")
    );
    assert_eq!(figures[0].marks.len(), 1);
    let [left, lower, right, upper] = figures[0].area.unwrap();
    assert!((left - 57.0).abs() < 0.01 && right < 538.3, "in line with the text");
    let mark = mark_of(&reading, figures[0].marks[0]);
    assert!(mark.text.contains("Youth mentoring"));
    assert!(mark.at.unwrap().0 >= left && mark.at.unwrap().1 < upper && mark.at.unwrap().1 > lower);
    let place = tree.kids.iter().position(|kid| kid.kind == "Figure").unwrap();
    assert_eq!(words(&tree.kids[place - 1]), "Figure 1: Budget and spend by project [S2]");
    assert_eq!(words(&tree.kids[place + 1]), "Spend is as returned by 31 March 2023.");
}

#[test]
fn a_chart_without_values_says_so() {
    let mut chart = full::chart("Figure 1: Spend");
    chart.categories.clear();
    chart.series.iter_mut().for_each(|series| series.values.clear());
    chart.source = None;
    let tree = read(&sample::bare(vec![Block::Chart(chart)])).tree();
    assert!(tree.of_kind("Figure").is_empty());
    assert!(tree.of_kind("P").iter().any(|paragraph| words(paragraph) == "No spend was returned."));
}

#[test]
fn a_chart_is_kept_with_its_title() {
    for before in 10..40 {
        let mut chart = full::chart("Figure 1: Spend");
        chart.source = None;
        let mut blocks = vec![sample::paragraph("", "A line above."); before];
        blocks.push(Block::Chart(chart));
        let reading = read(&sample::bare(blocks));
        let page = reading.pages.iter().find(|page| page.iter().any(|mark| mark.tag == "Figure")).unwrap();
        assert!(page.iter().any(|mark| mark.text == "Figure 1: Spend"), "below {before} lines");
    }
}

#[test]
fn a_table_of_fourteen_columns_turns_its_page_with_its_heading_and_no_other() {
    let reading = read(&full::year_end());
    let papers = reading.papers();
    let turned: Vec<usize> = (0..papers.len()).filter(|&page| papers[page].0 > papers[page].1).collect();
    assert_eq!(turned.len(), 1);
    let on =
        |text: &str| reading.pages.iter().position(|page| page.iter().any(|mark| mark.text.starts_with(text))).unwrap();
    assert_eq!(on("6 Spend by month"), turned[0]);
    assert_eq!(on("Table 6: Spend by month"), turned[0]);
    assert_eq!(on("7 Sources"), turned[0] + 1);
    // Amounts stay whole, and what runs at head and foot goes along.
    let page = &reading.pages[turned[0]];
    assert_eq!(page.iter().filter(|mark| mark.text == "1,666.67").count(), 12);
    let number = format!("Page {} of {}", turned[0] + 1, papers.len());
    assert!(page.iter().any(|mark| mark.text.contains(&number) && mark.at.unwrap().1 < 60.0));
    let outline = reading.outline();
    let (.., height) = outline.iter().find(|(_, title, ..)| title == "6 Spend by month").unwrap();
    assert!((500.0..530.0).contains(height), "{height}");
}

#[test]
fn a_link_of_two_styles_is_one_and_an_address_is_written_in_ascii() {
    let target = Target::Web("https://example.org/ŵ".to_owned());
    let bold = Inline { bold: true, ..run("grants", target.clone()) };
    let document = sample::bare(vec![runs("", vec![run("The ", target.clone()), bold, run(" page", target)])]);
    let reading = read(&document);
    let links = reading.links();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].address.as_deref(), Some("https://example.org/%C5%B5"));
    assert_eq!(links[0].words, "The grants page (https://example.org/ŵ)");
    assert_eq!(reading.tree().of_kind("Link")[0].text, "The grants page");
}
