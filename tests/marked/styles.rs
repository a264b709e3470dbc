//! The styles of a marked copy.

use crosscast::model::Severity;

use crate::copies::{Parts, book, error, finding, marked_parts};

/// The elements of a list of the styles.
fn list(parts: &Parts, name: &str, element: &str) -> Vec<String> {
    let styles = &parts["xl/styles.xml"];
    let start = styles.find(&format!("<{name} ")).unwrap();
    let list = &styles[start..start + styles[start..].find(&format!("</{name}>")).unwrap()];
    let pattern = format!("(?s)<{element}(?: [^>]*)?/>|<{element}(?: [^>]*)?>.*?</{element}>");
    regex::Regex::new(&pattern).unwrap().find_iter(list).map(|found| found.as_str().to_owned()).collect()
}

fn count(parts: &Parts, name: &str) -> usize {
    let pattern = format!("<{name} count=\"([0-9]+)\"");
    regex::Regex::new(&pattern).unwrap().captures(&parts["xl/styles.xml"]).unwrap()[1].parse().unwrap()
}

/// The number that follows a text.
fn number(text: &str, behind: &str) -> usize {
    let (_, rest) = text.split_once(behind).unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

const SHEET: &str =
    "<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"B1\" s=\"1\"/><c r=\"C1\" s=\"2\"/></row></sheetData>";

#[test]
fn a_style_is_cloned_and_never_changed() {
    let before = book(SHEET);
    let copy = marked_parts(&before, &[error("A1")]);
    let (old, new) = (list(&before, "cellXfs", "xf"), list(&copy, "cellXfs", "xf"));
    assert_eq!(new[..3], old[..]);
    // The fill that was there is kept behind the new one.
    assert_eq!(
        new[3],
        "<xf numFmtId=\"4\" fontId=\"1\" fillId=\"3\" borderId=\"0\" applyFill=\"1\"><alignment horizontal=\"right\"/></xf>"
    );
    assert_eq!(
        list(&copy, "fills", "fill")[3],
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC8CB\"/><bgColor rgb=\"FF003366\" tint=\"0.25\"/></patternFill></fill>"
    );
    for (name, element) in [("cellXfs", "xf"), ("fonts", "font"), ("fills", "fill"), ("numFmts", "numFmt")] {
        assert_eq!(count(&copy, name), list(&copy, name, element).len(), "{name}");
    }
    // B1 has the same style as A1, and keeps it.
    assert!(
        copy["xl/worksheets/sheet1.xml"].contains("<c r=\"A1\" s=\"3\"/><c r=\"B1\" s=\"1\"/><c r=\"C1\" s=\"2\"/>")
    );
}

#[test]
fn a_light_text_becomes_dark_on_a_mark_and_light_again_after() {
    let copy = marked_parts(&book(SHEET), &[error("C1")]);
    assert!(list(&copy, "cellXfs", "xf")[3].starts_with("<xf numFmtId=\"0\" fontId=\"3\" fillId=\"3\""));
    assert_eq!(list(&copy, "fonts", "font")[3], "<font><color rgb=\"FF2B3F3F\"/><name val=\"Arial\"/></font>");
    // Style 1 is written in the automatic colour, which is black.
    assert!(list(&marked_parts(&book(SHEET), &[error("A1")]), "cellXfs", "xf")[3].contains("fontId=\"1\""));
    // Mended, the cell is white on blue again.
    let mended = marked_parts(&copy, &[]);
    let sheet = &mended["xl/worksheets/sheet1.xml"];
    let style = regex::Regex::new("<c r=\"C1\" s=\"([0-9]+)\"").unwrap().captures(sheet).unwrap()[1].parse::<usize>();
    assert_eq!(
        list(&mended, "cellXfs", "xf")[style.unwrap()],
        "<xf numFmtId=\"0\" fontId=\"2\" fillId=\"2\" borderId=\"0\" applyFill=\"1\" applyFont=\"1\"/>"
    );
}

#[test]
fn a_mark_that_is_no_longer_due_goes_and_another_takes_its_place() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"/><c r=\"B1\"/></row></sheetData>";
    let first = marked_parts(&book(sheet), &[error("A1:B1")]);
    let second = marked_parts(&first, &[finding("Spend", "B1", Severity::Warning, "Odd.")]);
    let sheet = &second["xl/worksheets/sheet1.xml"];
    let styles: Vec<usize> = regex::Regex::new(" s=\"([0-9]+)\"")
        .unwrap()
        .captures_iter(sheet)
        .map(|found| found[1].parse().unwrap())
        .collect();
    let formats = list(&second, "cellXfs", "xf");
    let fills = list(&second, "fills", "fill");
    let fill_of = |style: usize| {
        let number = regex::Regex::new("fillId=\"([0-9]+)\"").unwrap().captures(&formats[style]).unwrap()[1].to_owned();
        fills[number.parse::<usize>().unwrap()].clone()
    };
    assert_eq!(fill_of(styles[0]), "<fill><patternFill patternType=\"none\"/></fill>");
    assert!(fill_of(styles[1]).contains("FFFFE1A3"), "{}", fill_of(styles[1]));
}

#[test]
fn a_workbook_without_styles_gets_some() {
    let mut book = book("<sheetData><row r=\"1\"><c r=\"A1\" s=\"9\"/></row></sheetData>");
    book.remove("xl/styles.xml");
    let sheets = [("rId1", "worksheet", "worksheets/sheet1.xml")];
    book.insert("xl/_rels/workbook.xml.rels".into(), crate::copies::relations(&sheets));
    let copy = marked_parts(&book, &[error("A1")]);
    assert!(copy["xl/styles1.xml"].contains("FFFFC8CB"));
    assert!(copy["xl/_rels/workbook.xml.rels"].contains("/styles\" Target=\"/xl/styles1.xml\""));
    assert!(copy["[Content_Types].xml"].contains("<Override PartName=\"/xl/styles1.xml\""));
    assert!(copy["xl/worksheets/sheet1.xml"].contains("<c r=\"A1\" s=\"1\"/>"));
}

#[test]
fn lists_that_are_missing_are_put_where_the_schema_has_them() {
    let mut book = book("<sheetData/>");
    let styles = "<x:styleSheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:fills/>\
                  <x:borders><x:border/></x:borders><x:dxfs count=\"0\"/></x:styleSheet>";
    book.insert("xl/styles.xml".into(), styles.into());
    let copy = marked_parts(&book, &[error("A1")]);
    let styles = &copy["xl/styles.xml"];
    let order: Vec<usize> = ["<x:numFmts ", "<x:fonts ", "<x:fills ", "<x:borders>", "<x:cellXfs ", "<x:dxfs "]
        .iter()
        .map(|name| styles.find(name).unwrap_or_else(|| panic!("{name} in {styles}")))
        .collect();
    assert!(order.is_sorted(), "{styles}");
    assert!(styles.contains("<x:fill><x:patternFill patternType=\"none\"/></x:fill>"));
}

#[test]
fn a_mark_goes_also_where_another_program_put_a_colour_behind_it() {
    let marked = marked_parts(&book(SHEET), &[error("A1")]);
    for (behind, expected) in [
        // As LibreOffice saves it: a colour like the mark's.
        ("rgb=\"FFFF99CC\"", "<patternFill patternType=\"none\"/>"),
        ("rgb=\"FFFFC9CC\"", "<patternFill patternType=\"none\"/>"),
        // What was there before.
        ("rgb=\"FFDDE6EE\" tint=\"0.249977111117893\"", "<fgColor rgb=\"FFDDE6EE\"/>"),
        ("rgb=\"FF003366\" tint=\"0.25\"", "<fgColor rgb=\"FF003366\"/>"),
        ("theme=\"4\" tint=\"0.5\"", "<fgColor theme=\"4\" tint=\"0.5\"/>"),
    ] {
        let mut saved = marked.clone();
        let styles = saved["xl/styles.xml"]
            .replace("<bgColor rgb=\"FF003366\" tint=\"0.25\"/>", &format!("<bgColor {behind}/>"));
        saved.insert("xl/styles.xml".into(), styles);
        let mended = marked_parts(&saved, &[]);
        let sheet = &mended["xl/worksheets/sheet1.xml"];
        let style = number(sheet, "<c r=\"A1\" s=\"");
        let format = list(&mended, "cellXfs", "xf")[style].clone();
        let fill = list(&mended, "fills", "fill")[number(&format, "fillId=\"")].clone();
        assert!(fill.contains(expected), "{behind}: {fill}");
    }
}
