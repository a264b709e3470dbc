//! Prose: footnotes, links, tables written by hand, and text of cells that looks like Markdown.

use super::*;
use crate::model::document::{Align, TableBlock, Target};

/// Text of a cell that would be markup in every place, if it were not escaped; and a mark as the tool itself makes.
const NASTY: &str = r#"    1. **b** _i_ [l](https://evil.example) <https://evil.example> [^a] | a\|b \ `c` <b> &amp; # ## - ~~s~~ ![i](j) {{ 1 }} {% if %} x||y"#;
const FORGED: &str = "\u{FDD0}0\u{FDD2}5\u{FDD3}";

fn nasty() -> Rows {
    let forged = format!("Table: {FORGED}");
    Rows::new().with(
        "cell",
        &["nasty", "forged", "dashes", "list", "heading"],
        vec![vec![NASTY.into(), forged.as_str().into(), "|---|---|".into(), "- one".into(), "# one".into()]],
    )
}

fn table(block: &Block) -> &TableBlock {
    let Block::Table(table) = block else { panic!("{block:?} is no table") };
    table
}

const CELL: &str = "```values cell\ncell\n```\n";

/// The block, none of whose runs is anything but plain.
fn plain(block: &Block) -> String {
    let runs: Vec<&Inline> = match block {
        Block::Paragraph { text, .. } => text.iter().collect(),
        Block::List { items, .. } => items.iter().flatten().collect(),
        _ => Vec::new(),
    };
    assert!(runs.iter().all(|run| !run.bold && !run.italic && run.target.is_none()), "{runs:?}");
    words_of(block)
}

#[test]
fn text_from_a_cell_stays_text_in_every_place() {
    let text = format!(
        "{CELL}\n{{{{ cell.nasty }}}}\n\n- {{{{ cell.nasty }}}}\n- {{{{ cell.list }}}}\n\n# {{{{ cell.nasty }}}}\n\n\
         Noted.[^a]\n\n[^a]: {{{{ cell.nasty }}}}\n\nTable: Cells of {{{{ cell.nasty }}}}\n\n\
         | One | Two | {{{{ cell.nasty }}}} |\n|---|--:|---|\n| {{{{ cell.nasty }}}} | {{{{ cell.nasty }}}} | 3 |\n\
         | {{{{ cell.forged }}}} | {{{{ cell.dashes }}}} | 4 |\n\nOne\n{{{{ cell.dashes }}}}\n{{{{ cell.list }}}}\n\
         {{{{ cell.heading }}}}\n"
    );
    let made = document(&text, &nasty());
    let shown = NASTY.trim_start();
    assert_eq!(plain(&made.blocks[0]), shown);
    assert_eq!(plain(&made.blocks[1]), format!("{shown}\n- one"));
    assert_eq!(words_of(&made.blocks[2]), shown);
    let Block::Paragraph { text: noted, .. } = &made.blocks[3] else { panic!("{:?}", made.blocks[3]) };
    assert_eq!(noted.last().unwrap().target, Some(Target::Note(0)));
    assert_eq!(words(&made.notes[0]), shown);
    assert!(made.notes[0].iter().all(|run| run.target.is_none() && !run.bold), "{:?}", made.notes);
    let table = table(&made.blocks[4]);
    assert_eq!(table.caption, format!("Table 1: Cells of  {shown}"));
    assert_eq!(table.columns.iter().map(|column| column.title.as_str()).collect::<Vec<_>>(), ["One", "Two", shown]);
    assert_eq!(texts(&table.rows[0]), [shown, shown, "3"]);
    assert_eq!(texts(&table.rows[1]), ["Table: \u{FFFD}0\u{FFFD}5\u{FFFD}", "|---|---|", "4"]);
    assert_eq!(table.rows.len(), 2);
    assert_eq!(words_of(&made.blocks[5]), "One |---|---| - one # one");
    assert_eq!(made.blocks.len(), 8, "{:?}", made.blocks);
}

#[test]
fn a_mark_in_a_cell_does_not_end_what_the_prose_began() {
    let rows = Rows::new().with("one", &["quoted"], vec![vec!["a`b".into()]]);
    let made = document("```values one\none\n```\nOne ` and {{ one.quoted }}\n", &rows);
    assert_eq!(words_of(&made.blocks[0]), "One ` and a`b");
}

#[test]
fn notes_are_numbered_in_the_order_of_their_first_references() {
    let text = "[^late]: Said *later*.\n\nOne.[^early] Two.[^late] Three.[^early]\n\n```explanations\ntables: [spend]\n```\n\
                - Four.[^late]\n\n[^early]: Said [here](https://example.org/a?b=(c)).\n[^last]: Last.\n\nFive.[^last]\n";
    let made = document(text, &Rows::new());
    let Block::Paragraph { text: first, .. } = &made.blocks[0] else { panic!("{:?}", made.blocks[0]) };
    let marks: Vec<(&str, &Option<Target>)> =
        first.iter().filter(|run| run.target.is_some()).map(|run| (run.text.as_str(), &run.target)).collect();
    let note = |index| Some(Target::Note(index));
    assert_eq!(marks, [("1", &note(0)), ("2", &note(1)), ("1", &note(0))]);
    assert_eq!(words_of(&made.blocks[1]), "Four.2");
    assert_eq!(words_of(&made.blocks[2]), "Five.3");
    let notes: Vec<String> = made.notes.iter().map(|note| words(note)).collect();
    assert_eq!(notes, ["Said here.", "Said later.", "Last."]);
    assert_eq!(made.notes[0][1].target, Some(Target::Web("https://example.org/a?b=(c)".into())));
    assert!(made.notes[1][1].italic);
}

#[test]
fn notes_that_do_not_meet_are_told_with_their_lines_before_there_are_rows() {
    let text = "One.[^a] {% if period.year == \"1999\" %}Two.[^b]{% endif %}\n\n[^a]: A.\n[^c]: C.\n\n```sources\n```\n\
                {% if period.year %}[^a]: Again.{% endif %}\n";
    let expected = [
        "line 7: there is no note [^b]: write [^b]: and its text on a line of its own.",
        "line 10: nothing refers to the note [^c].",
        "line 14: there is a note [^a] above already.",
    ]
    .map(|what| format!("appendix.md, {what}"));
    assert_eq!(told(text, &Rows::new()), expected);
    // A reference that a condition leaves out leaves its note out as well.
    let left_out = "One.[^a]{% if period.year == \"1999\" %}[^b]{% endif %}\n\n[^a]: A.\n[^b]: B.\n";
    assert_eq!(told(left_out, &Rows::new()), [""; 0]);
    assert_eq!(document(left_out, &Rows::new()).notes.len(), 1);
    let no_text = "One.[^a]\n\n{% if period.year == \"1999\" %}[^a]: A.{% endif %}\n";
    let expected = "appendix.md, line 7: there is no note [^a]: write [^a]: and its text on a line of its own.";
    assert_eq!(refused(no_text, &Rows::new()), [expected]);
}

#[test]
fn a_link_leads_to_the_web_by_https_or_to_an_address_of_mail() {
    let made = document("[*here*](https://example.org) [mail](mailto:a@example.org) <b@example.org>\n", &Rows::new());
    let Block::Paragraph { text, .. } = &made.blocks[0] else { panic!("{:?}", made.blocks) };
    let links: Vec<(&str, &Option<Target>)> = text.iter().map(|run| (run.text.as_str(), &run.target)).collect();
    let web = |address: &str| Some(Target::Web(address.to_owned()));
    let (space, to) = (None, [web("https://example.org"), web("mailto:a@example.org"), web("mailto:b@example.org")]);
    assert_eq!(links, [("here", &to[0]), (" ", &space), ("mail", &to[1]), (" ", &space), ("b@example.org", &to[2])]);
    assert!(text[0].italic);
    for address in
        ["javascript:alert(1)", "file:///etc", "page.html", "http://example.org", "/x", "data:text/html,x", "#a"]
    {
        let said =
            format!("appendix.md, line 8: a link may lead to https:// or mailto:, and this one leads to {address}.");
        assert_eq!(refused(&format!("One\n[two]({address})\n"), &Rows::new()), [said]);
    }
}

#[test]
fn an_address_never_comes_from_a_cell_and_the_words_of_a_link_may() {
    let rows = Rows::new().with("one", &["address"], vec![vec!["https://example.org/a_b?c=1".into()]]);
    let values = "```values one\none\n```\n";
    for link in ["[there]({{ one.address }})", "{% set a = one.address %}[there](https://example.org/{{ a }})"] {
        let said = "appendix.md, line 10: the address of a link must be written out: no link is made from a cell.";
        assert_eq!(refused(&format!("{values}{link}\n"), &rows), [said]);
    }
    let made = document(&format!("{values}[{{{{ one.address }}}}](https://example.org/a_b?c=2)\n"), &rows);
    let Block::Paragraph { text, .. } = &made.blocks[0] else { panic!("{:?}", made.blocks) };
    assert_eq!(text[0].target, Some(Target::Web("https://example.org/a_b?c=2".into())));
    assert_eq!(text[0].text, "https://example.org/a_b?c=1");
}

#[test]
fn a_table_has_its_caption_above_or_below() {
    let text = "Table: One\n\n| A | B |\n|---|--:|\n| a | **1** |\n\nText.\n\n| C |\n|---|\n| [c] |\n| [x] |\n\n\
                Table: *Two* of {{ period.year }}\n\n| D |\n|---|\n| d |\n\nTable: Three\n\nTable: no caption\n";
    let made = document(text, &Rows::new());
    let captions: Vec<&str> = [0, 2, 3].map(|index| table(&made.blocks[index]).caption.as_str()).into();
    assert_eq!(captions, ["Table 1: One", "Table 2: Two of 2022-23", "Table 3: Three"]);
    let first = table(&made.blocks[0]);
    assert_eq!(first.columns.iter().map(|column| column.align).collect::<Vec<_>>(), [Align::Left, Align::Right]);
    assert_eq!((texts(&first.rows[0]), first.total.is_none()), (vec!["a", "1"], true));
    let marks = ["[c]: kept back, because a small count could point to a person.", "[x]: not available."];
    assert_eq!(table(&made.blocks[2]).notes, marks);
    assert_eq!((words_of(&made.blocks[1]), words_of(&made.blocks[4])), ("Text.".into(), "Table: no caption".into()));
    assert_eq!(made.sources.iter().map(|note| note.of.as_str()).collect::<Vec<_>>(), ["Table 1; Table 2; Table 3"]);
    assert_eq!(made.sources[0].text, "The words of the appendix (appendix.md)");
}

#[test]
fn no_level_of_headings_is_skipped() {
    let five = "# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n# F\n\n## G\n";
    assert_eq!(document(five, &Rows::new()).blocks.len(), 7);
    let block = "```explanations\ntables: [spend]\n```\n";
    for (text, line, what) in [
        ("Text.\n\n## A\n".to_owned(), 9, "the first heading begins with # at most, and this one with ##"),
        ("# A\n\n### B\n".to_owned(), 9, "a heading below one with # begins with ## at most, and this one with ###"),
        // Over a block, and back up.
        (
            format!("# A\n\n## B\n\n# C\n\n{block}\n### D\n"),
            17,
            "a heading below one with # begins with ## at most, and this one with ###",
        ),
        (five.replace("# F", "###### F"), 17, "a heading has at most 5 levels, and this one has 6: ######"),
    ] {
        assert_eq!(refused(&text, &Rows::new())[0], format!("appendix.md, line {line}: {what}."), "{text}");
    }
}

#[test]
fn what_cannot_be_printed_is_told_with_its_line() {
    let no_caption = "the table has no caption: write a paragraph that begins with \"Table: \" above or below it, with an \
                      empty line between";
    for (text, line, what) in [
        ("One\n\n| A |\n|---|\n| a |\n", 9, no_caption),
        ("Table: One\n\nTwo\n\n| A |\n|---|\n", 11, no_caption),
        ("Table: One\n\n| A | |\n|---|---|\n| a | b |\n", 9, "column 2 has no title"),
        ("# One[^a]\n\n[^a]: A.\n", 7, "the mark of a note in a heading cannot be printed"),
        ("# [One](https://a.b)\n", 7, "a link in a heading cannot be printed"),
        ("One[^a]\n\n[^a]: A.\n\n    B.\n", 11, "a note of two paragraphs cannot be printed"),
        ("One[^a]\n\n[^a]: - A\n", 9, "a list in a note cannot be printed"),
        ("One[^a]\n\n[^a]: A[^a]\n", 9, "the mark of a note in a note cannot be printed"),
        ("Table: T\n\n| A |\n|---|\n| a[^a] |\n\n[^a]: A.\n", 11, "the mark of a note in a table cannot be printed"),
        ("- one\n  - two\n", 8, "a list in a list cannot be printed"),
        ("One\n`{{ period.year }}`\n", 8, "text between ` marks cannot be printed"),
        ("> one\n", 7, "a quotation cannot be printed"),
        ("one <b>two</b>\n", 7, "HTML cannot be printed"),
    ] {
        let found = refused(text, &Rows::new());
        assert!(found.contains(&format!("appendix.md, line {line}: {what}.")), "{text}: {found:?}");
    }
}
