//! Workbooks with comments and text boxes, which the notation of [`super::workbook`] has no word for.

use rust_xlsxwriter::{Note, Shape, Workbook};

use super::package::{edit_parts, package};

/// The bytes of an `.xlsx` workbook with the sheets `Spend` (headings `Project`, `Amount` and one row) and `Other` (empty):
/// on `Spend` a note on B2, on `Other` a text box whose corner is in C4.
pub fn with_remarks(note: &str, text_box: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let spend = book.add_worksheet();
    spend.set_name("Spend").expect("a name");
    for (row, cells) in [(0, ["Project", "Amount"]), (1, ["Dawn", "five"])] {
        for (column, text) in (0..).zip(cells) {
            spend.write_string(row, column, text).expect("a cell");
        }
    }
    spend.insert_note(1, 1, &Note::new(note).add_author_prefix(false)).expect("a note");
    let other = book.add_worksheet();
    other.set_name("Other").expect("a name");
    other.insert_shape(3, 2, &Shape::textbox().set_text(text_box)).expect("a text box");
    book.save_to_buffer().expect("a workbook that can be written")
}

/// The same with a thread of comments on the cell A2 of `Spend`, as Excel keeps it.
pub fn with_thread(note: &str, text_box: &str, thread: [&str; 2]) -> Vec<u8> {
    let relation = "<Relationship Id=\"rIdThread\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/\
                    threadedComment\" Target=\"../threadedComments/threadedComment1.xml\"/></Relationships>";
    let bytes = edit_parts(&with_remarks(note, text_box), |name, text| match name {
        "xl/worksheets/_rels/sheet1.xml.rels" => text.replace("</Relationships>", relation),
        _ => text,
    });
    let [first, reply] = thread;
    let comment = |id: u8, text: &str| {
        format!("<threadedComment ref=\"A2\" id=\"{{{id}}}\"><text>{text}</text></threadedComment>")
    };
    let comments = format!(
        "<?xml version=\"1.0\"?><ThreadedComments>{}{}</ThreadedComments>",
        comment(1, first),
        comment(2, reply)
    );
    package_with(&bytes, "xl/threadedComments/threadedComment1.xml", &comments)
}

/// The bytes of an `.xlsx` workbook with the sheet `Spend` (headings `Project`, `Amount` and one row) whose cells A2 and B2
/// are links to these addresses.
pub fn with_links(links: [&str; 2]) -> Vec<u8> {
    let mut book = Workbook::new();
    let spend = book.add_worksheet();
    spend.set_name("Spend").expect("a name");
    for (column, text) in (0..).zip(["Project", "Amount"]) {
        spend.write_string(0, column, text).expect("a cell");
    }
    for (column, link) in (0..).zip(links) {
        spend.write_url_with_text(1, column, link, "here").expect("a link");
    }
    book.save_to_buffer().expect("a workbook that can be written")
}

/// A package with one more part.
fn package_with(bytes: &[u8], name: &str, content: &str) -> Vec<u8> {
    let mut parts = Vec::new();
    edit_parts(bytes, |name, text| {
        parts.push((name.to_owned(), text.clone()));
        text
    });
    parts.push((name.to_owned(), content.to_owned()));
    package(&parts)
}
