//! The comments of a marked copy, and the boxes that they are shown in.

use crosscast::model::{Difference, Money, Severity, Suggestion};

use crate::copies::{Parts, book, error, finding, list_of, marked_parts, parts, relations, texts, try_marked};
use crate::support::remarks::{with_remarks, with_thread};

/// The texts of a part's comments with their cells.
fn said(comments: &str) -> Vec<(String, String)> {
    let comment = regex::Regex::new("(?s)<comment ref=\"([^\"]*)\"[^>]*>(.*?)</comment>").unwrap();
    let text = regex::Regex::new("(?s)<t(?: [^>]*)?>([^<]*)</t>").unwrap();
    let whole = |content: &str| text.captures_iter(content).map(|found| found[1].to_owned()).collect::<String>();
    comment.captures_iter(comments).map(|found| (found[1].to_owned(), whole(&found[2]))).collect()
}

fn one(cell: &str, text: &str) -> Vec<(String, String)> {
    vec![(cell.to_owned(), text.to_owned())]
}

#[test]
fn a_note_says_what_is_wrong_and_what_to_do() {
    let mut total = finding("Spend", "D15", Severity::Error, "The total says £139,250.00 & is \"approved\".");
    total.expected = Some("£133,250.00".to_owned());
    total.actual = Some("£139,250.00".to_owned());
    total.difference = Some(Difference::Money(Money::from_pence(600_000)));
    total.suggestions =
        ["a line left out.", "D14 counted twice"].map(|text| Suggestion { text: text.into(), cells: vec![] }).to_vec();
    let copy = marked_parts(&book("<sheetData/>"), &[total]);
    assert_eq!(
        said(&copy["xl/comments1.xml"]),
        one(
            "D15",
            "Crosscast says:\nError: The total says £139,250.00 &amp; is &quot;approved&quot;.\nExpected: £133,250.00\n\
             There is: £139,250.00\nDifference: £6,000.00\nCould be: a line left out; or D14 counted twice.\n\
             To mend: Correct the cell.\n(End of what Crosscast says.)"
        )
    );
    assert!(copy["xl/comments1.xml"].contains("<authors><author>Crosscast</author></authors>"));
}

#[test]
fn several_findings_of_a_cell_are_one_note_heaviest_first() {
    let findings = [
        finding("Spend", "A1", Severity::Info, "Third."),
        finding("Spend", "A1:A3", Severity::Warning, "Second."),
        finding("Spend", "A1", Severity::Error, "First."),
        finding("Other", "A1", Severity::Error, "On a sheet that is not there."),
    ];
    let copy = marked_parts(&book("<sheetData/>"), &findings);
    assert_eq!(
        said(&copy["xl/comments1.xml"]),
        one(
            "A1",
            "Crosscast says:\nError: First.\nTo mend: Correct the cell.\n\nWarning in A1:A3: Second.\nTo mend: Correct the \
             cell.\n\nFor information: Third.\nTo mend: Correct the cell.\n(End of what Crosscast says.)"
        )
    );
}

#[test]
fn text_stays_text_and_a_note_is_no_longer_than_excel_holds() {
    let acts = finding("Spend", "A1", Severity::Error, "=1 <b> \u{1b}[31m _x0041_ (End of what Crosscast says.)");
    let copy = marked_parts(&book("<sheetData/>"), &[acts]);
    let text = &said(&copy["xl/comments1.xml"])[0].1;
    assert!(text.contains("Error: =1 &lt;b&gt; [U+001B][31m _x005F_x0041_ (End.)"), "{text}");

    let long = finding("Spend", "A1", Severity::Error, &"x".repeat(40_000));
    let copy = marked_parts(&book("<sheetData/>"), &[long, error("A1")]);
    let text = &said(&copy["xl/comments1.xml"])[0].1;
    assert!((31_000..=32_000).contains(&text.chars().count()), "{}", text.chars().count());
    assert!(
        text.ends_with("x…\n\nThe sheet Crosscast findings lists 1 more for this cell.\n(End of what Crosscast says.)")
    );
}

#[test]
fn a_sheet_without_comments_leads_to_them_and_their_boxes() {
    let sheet = "<sheetData/><pageMargins left=\"1\"/><drawing r:id=\"d\" xmlns:r=\"x\"/>\
                 <tableParts count=\"0\"/><extLst/>";
    let copy = marked_parts(&book(sheet), &[error("B2"), error("C3")]);
    let relations = &copy["xl/worksheets/_rels/sheet1.xml.rels"];
    assert!(
        relations.contains("Id=\"rIdCrosscast1\"")
            && relations.contains("relationships/comments\" Target=\"/xl/comments1.xml\"")
    );
    assert!(
        relations.contains("Id=\"rIdCrosscast2\"")
            && relations.contains("vmlDrawing\" Target=\"/xl/drawings/vmlDrawing1.vml\"")
    );
    // In the order of the schema: behind the drawing, before the tables.
    let expected = "<drawing r:id=\"d\" xmlns:r=\"x\"/><legacyDrawing \
                    xmlns:rc=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                    rc:id=\"rIdCrosscast2\"/><tableParts count=\"0\"/><extLst/>";
    assert!(copy["xl/worksheets/sheet1.xml"].contains(expected), "{}", copy["xl/worksheets/sheet1.xml"]);
    let types = &copy["[Content_Types].xml"];
    assert!(types.contains(
        "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>"
    ));
    assert!(types.contains("<Override PartName=\"/xl/comments1.xml\""));
    let boxes = &copy["xl/drawings/vmlDrawing1.vml"];
    assert!(boxes.contains("<o:idmap v:ext=\"edit\" data=\"1\"/>"));
    assert!(boxes.contains("id=\"_x0000_s1025\"") && boxes.contains("<x:Row>1</x:Row><x:Column>1</x:Column>"));
    assert!(boxes.contains("id=\"_x0000_s1026\"") && boxes.contains("<x:Row>2</x:Row><x:Column>2</x:Column>"));
    assert_eq!(boxes.matches("visibility:hidden").count(), 2);
}

#[test]
fn what_stands_behind_the_boxes_of_comments_stays_behind_them() {
    for behind in [
        "<legacyDrawingHF r:id=\"h\" xmlns:r=\"x\"/>",
        "<picture r:id=\"p\" xmlns:r=\"x\"/>",
        "<oleObjects/>",
        "<controls/>",
        "<mc:AlternateContent xmlns:mc=\"m\"><mc:Choice Requires=\"x14\"><controls/></mc:Choice></mc:AlternateContent>",
        "<webPublishItems/>",
        "<tableParts/>",
        "<extLst/>",
    ] {
        let marked = crate::copies::marked_sheet(&format!("<sheetData/><pageMargins/>{behind}"), &[error("A1")]);
        assert!(marked.contains("<pageMargins/><legacyDrawing "), "{marked}");
        assert!(marked.ends_with(behind), "{marked}");
    }
    let marked = crate::copies::marked_sheet("<sheetData/><pageMargins/>", &[error("A1")]);
    assert!(marked.contains("<pageMargins/><legacyDrawing ") && marked.ends_with("/>"), "{marked}");
}

/// The copy of a workbook with a note of the officer's on B2 of `Spend`, with these errors.
fn with_officers_note(cells: &[&str]) -> Parts {
    let findings: Vec<_> = cells.iter().map(|cell| error(cell)).collect();
    parts(&try_marked(&with_remarks("Ring Ann", "A text box"), &findings).unwrap())
}

const OURS: &str =
    "Crosscast says:\nError: The total is wrong.\nTo mend: Correct the cell.\n(End of what Crosscast says.)";

#[test]
fn an_officers_note_keeps_its_words_and_others_are_added() {
    let copy = with_officers_note(&["B2", "C3"]);
    let comments = &copy["xl/comments1.xml"];
    let expected = [("B2".to_owned(), format!("Ring Ann\n\n{OURS}")), ("C3".to_owned(), OURS.to_owned())];
    assert_eq!(said(comments), expected);
    // The officer stays the author of their note.
    assert!(comments.contains("<author>Crosscast</author></authors>"), "{comments}");
    assert!(
        comments.contains("<comment ref=\"B2\" authorId=\"0\"")
            && comments.contains("<comment ref=\"C3\" authorId=\"1\"")
    );
    let boxes = &copy["xl/drawings/vmlDrawing1.vml"];
    assert_eq!(boxes.matches("<v:shape ").count(), 2, "{boxes}");
    assert!(boxes.contains("data=\"1,2\"") && boxes.contains("id=\"_x0000_s2049\""), "{boxes}");
    assert_eq!(boxes.matches("id=\"_x0000_t202\"").count(), 1);
    // The box of the longer note is larger, though it begins a row further up.
    let anchors: Vec<&str> = boxes.split("<x:Anchor>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(anchors, ["2, 15, 0, 10, 7, 35, 5, 15", "3, 15, 1, 10, 8, 35, 5, 5"]);
    assert_eq!(copy["xl/worksheets/sheet1.xml"].matches("<legacyDrawing").count(), 1);
}

#[test]
fn marking_again_takes_the_old_words_away() {
    let first = try_marked(&with_remarks("Ring Ann", "A text box"), &[error("B2"), error("C3")]).unwrap();
    // Now only C3 is wrong, with other words.
    let findings = [finding("Spend", "C3", Severity::Warning, "Odd.")];
    let second = parts(&try_marked(&first, &findings).unwrap());
    let odd = "Crosscast says:\nWarning: Odd.\nTo mend: Correct the cell.\n(End of what Crosscast says.)";
    let expected = [("B2".to_owned(), "Ring Ann".to_owned()), ("C3".to_owned(), odd.to_owned())];
    assert_eq!(said(&second["xl/comments1.xml"]), expected);
    // Nothing is wrong: the officer's note alone is left, and its box.
    let third = parts(&try_marked(&first, &[]).unwrap());
    assert_eq!(said(&third["xl/comments1.xml"]), one("B2", "Ring Ann"));
    assert_eq!(third["xl/drawings/vmlDrawing1.vml"].matches("<v:shape ").count(), 1);
    // What an officer wrote below the tool's words stays too.
    let replied = crate::support::package::edit_parts(&first, |name, text| match name {
        "xl/comments1.xml" => text.replace("(End of what Crosscast says.)", "(End of what Crosscast says.)\nSettled."),
        _ => text,
    });
    let fourth = parts(&try_marked(&replied, &[]).unwrap());
    let expected = [("B2".to_owned(), "Ring Ann\nSettled.".to_owned()), ("C3".to_owned(), "\nSettled.".to_owned())];
    assert_eq!(said(&fourth["xl/comments1.xml"]), expected);
}

/// The comments of a copy once it was marked again with nothing wrong, and its comments were changed before.
fn marked_again(first: &[u8], from: &str, to: &str) -> Vec<(String, String)> {
    let changed = crate::support::package::edit_parts(first, |name, text| match name {
        "xl/comments1.xml" => {
            assert!(text.contains(from), "{text}");
            text.replace(from, to)
        }
        _ => text,
    });
    said(&parts(&try_marked(&changed, &[]).unwrap())["xl/comments1.xml"])
}

#[test]
fn an_officer_who_writes_like_the_tool_loses_nothing() {
    let first = try_marked(&with_remarks("Ring Ann", "A text box"), &[error("B2")]).unwrap();
    let end = "(End of what Crosscast says.)";
    let wrong = "Crosscast says: wrong, because it is late.";
    assert_eq!(
        marked_again(&first, end, &format!("{end}\n{wrong} 5")),
        one("B2", &format!("Ring Ann\n{wrong} 5")),
        "below"
    );
    assert_eq!(
        marked_again(&first, end, &format!("{end}</t></r><r><t>\n{wrong}</t></r><r><t> 5")),
        one("B2", &format!("Ring Ann\n{wrong} 5")),
        "below, in runs of its own"
    );
    assert_eq!(marked_again(&first, "Ring Ann", wrong), one("B2", wrong), "above");
}

#[test]
fn the_tools_lines_are_known_again_where_they_are_cut_into_runs() {
    let first = try_marked(&with_remarks("Ring Ann", "A text box"), &[error("B2"), error("C3")]).unwrap();
    let cut = "</t></r><r><rPr><b/></rPr><t>";
    let end = format!("(End of what{cut} Crosscast says.){cut}\nSettled.");
    let expected =
        [("B2", "Ring Ann\nSettled."), ("C3", "\nSettled.")].map(|(at, text)| (at.to_owned(), text.to_owned()));
    assert_eq!(marked_again(&first, "(End of what Crosscast says.)", &end), expected);
    // Nothing but the tool's words: the comment goes.
    let end = format!("(End of what{cut} Crosscast says.)");
    assert_eq!(marked_again(&first, "(End of what Crosscast says.)", &end), one("B2", "Ring Ann"));
    // Without its end, nobody knows whose words they are.
    let open = marked_again(&first, "(End of what Crosscast says.)", &format!("(End of what{cut}"));
    assert!(
        open[0].1.ends_with("Crosscast says:\nError: The total is wrong.\nTo mend: Correct the cell.\n(End of what")
    );
}

#[test]
fn a_thread_is_left_alone_and_the_list_says_so() {
    let original = with_thread("Ring Ann", "box", ["Is this right?", "Yes"]);
    let copy = parts(&try_marked(&original, &[error("A2"), error("B1")]).unwrap());
    let before = parts(&original);
    let thread = "xl/threadedComments/threadedComment1.xml";
    assert_eq!(copy[thread], before[thread]);
    let cells: Vec<String> = said(&copy["xl/comments1.xml"]).into_iter().map(|(cell, _)| cell).collect();
    assert_eq!(cells, ["B2", "B1"], "no note on A2");
    let list = texts(list_of(&copy));
    assert_eq!(list["D7"], "The total is wrong. No note was put on A2, since people comment there.");
    assert_eq!(list["D8"], "The total is wrong.");
}

#[test]
fn what_stands_for_a_thread_among_the_notes_is_left_alone() {
    let mut book = book("<sheetData/><legacyDrawing r:id=\"rId2\" xmlns:r=\"x\"/>");
    let mirror = "<comments xmlns=\"m\"><authors><author>tc={1}</author></authors><commentList><comment ref=\"A1\" \
                  authorId=\"0\"><text><t>[Threaded comment]</t></text></comment></commentList></comments>";
    book.insert("xl/comments5.xml".into(), mirror.into());
    book.insert("xl/drawings/old.vml".into(), "<xml xmlns:v=\"v\" xmlns:o=\"o\" xmlns:x=\"x\"><br></xml>".into());
    let known = [("rId1", "comments", "..\\comments5.xml"), ("rId2", "vmlDrawing", "/xl/drawings/old.vml")];
    book.insert("xl/worksheets/_rels/sheet1.xml.rels".into(), relations(&known));
    let copy = marked_parts(&book, &[error("A1"), error("A2")]);
    assert_eq!(said(&copy["xl/comments5.xml"])[0], ("A1".to_owned(), "[Threaded comment]".to_owned()));
    assert_eq!(said(&copy["xl/comments5.xml"])[1].0, "A2");
    // The drawing of Excel's, which is not well formed, is added to.
    let boxes = &copy["xl/drawings/old.vml"];
    assert!(boxes.contains("<br><v:shapetype") && boxes.ends_with("</v:shape></xml>"), "{boxes}");
    assert!(texts(list_of(&copy))["D7"].ends_with("No note was put on A1, since people comment there."));
}

#[test]
fn formatted_notes_and_plain_ones_take_words_behind_their_own() {
    for (held, expected) in [
        ("<text><t>a &amp; b</t></text>", "<text><r><t>a &amp; b</t></r><r><rPr>"),
        (
            "<text><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r><phoneticPr fontId=\"0\"/></text>",
            "<text><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r><r><rPr>",
        ),
        ("<text/>", "<text><r><rPr>"),
        ("", "<comment ref=\"A1\" authorId=\"0\"><text><r><rPr>"),
    ] {
        let mut book = book("<sheetData/>");
        let comments = format!(
            "<comments xmlns=\"m\"><authors><author>Ann</author></authors><commentList><comment ref=\"A1\" authorId=\"0\">\
             {held}</comment></commentList></comments>"
        );
        book.insert("xl/comments5.xml".into(), comments);
        let known = [("rId1", "comments", "../comments5.xml")];
        book.insert("xl/worksheets/_rels/sheet1.xml.rels".into(), relations(&known));
        let copy = marked_parts(&book, &[error("A1")]);
        let comments = &copy["xl/comments5.xml"];
        assert!(comments.contains(expected), "{comments}");
        assert_eq!(held.contains("phoneticPr"), comments.contains("</r><phoneticPr fontId=\"0\"/></text>"));
        // A comment without a box gets one.
        assert!(copy["xl/drawings/vmlDrawing1.vml"].contains("<x:Row>0</x:Row><x:Column>0</x:Column>"));
        // And the officer's words come back as they were.
        let again = marked_parts(&copy, &[]);
        let before: String =
            said(&format!("<comment ref=\"A1\">{held}</comment>")).into_iter().map(|(_, text)| text).collect();
        let after: String = said(&again["xl/comments5.xml"]).into_iter().map(|(_, text)| text).collect();
        assert_eq!(after, before);
    }
}

#[test]
fn the_drawing_of_buttons_takes_the_boxes_of_comments() {
    let mut book = book("<sheetData/><legacyDrawing r:id=\"rId2\" xmlns:r=\"x\"/><controls/>");
    let button = "<v:shape id=\"_x0000_s3073\" type=\"#_x0000_t201\"><x:ClientData ObjectType=\"Button\">\
                  <x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>";
    let drawing = format!(
        "<xml xmlns:v=\"v\" xmlns:o=\"o\" xmlns:x=\"x\"><o:shapelayout><o:idmap v:ext=\"edit\" data='3'/></o:shapelayout>\
         {button}</xml>"
    );
    book.insert("xl/drawings/vmlDrawing1.vml".into(), drawing);
    let known = [("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml")];
    book.insert("xl/worksheets/_rels/sheet1.xml.rels".into(), relations(&known));
    let copy = marked_parts(&book, &[error("A1")]);
    let boxes = &copy["xl/drawings/vmlDrawing1.vml"];
    assert!(boxes.contains(button) && boxes.contains("data='3,4'") && boxes.contains("_x0000_s4097"), "{boxes}");
    assert_eq!(copy["xl/worksheets/sheet1.xml"].matches("<legacyDrawing ").count(), 1);
    assert!(!copy.contains_key("xl/drawings/vmlDrawing2.vml"));
    // Without the finding the box goes, and the button stays.
    let mended = marked_parts(&copy, &[]);
    assert!(mended["xl/drawings/vmlDrawing1.vml"].contains(button));
    assert_eq!(mended["xl/drawings/vmlDrawing1.vml"].matches("<v:shape ").count(), 1);
}

#[test]
fn drawings_have_numbers_of_their_own() {
    let mut book = book("<sheetData/>");
    let sheets =
        book["xl/workbook.xml"].replace("</sheets>", "<sheet name=\"Summary\" sheetId=\"8\" r:id=\"rId3\"/></sheets>");
    book.insert("xl/workbook.xml".into(), sheets);
    let known = [
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "styles", "styles.xml"),
        ("rId3", "worksheet", "worksheets/sheet2.xml"),
    ];
    book.insert("xl/_rels/workbook.xml.rels".into(), relations(&known));
    book.insert("xl/worksheets/sheet2.xml".into(), book["xl/worksheets/sheet1.xml"].clone());
    let mut findings = vec![finding("Summary", "A1", Severity::Error, "Text.")];
    // One more than a block holds.
    findings.extend((1..=1024).map(|row| error(&format!("A{row}"))));
    let copy = marked_parts(&book, &findings);
    let (first, second) = (&copy["xl/drawings/vmlDrawing1.vml"], &copy["xl/drawings/vmlDrawing2.vml"]);
    assert!(first.contains("data=\"1,2\"") && second.contains("data=\"3\""));
    assert!(
        first.contains("\"_x0000_s1025\"") && first.contains("\"_x0000_s2047\"") && first.contains("\"_x0000_s2049\"")
    );
    assert!(!first.contains("\"_x0000_s2048\"") && second.contains("\"_x0000_s3073\""));
    assert!(copy.contains_key("xl/comments1.xml") && copy.contains_key("xl/comments2.xml"));
}
