//! The workbook as a whole: its sheets, names and views with the list before them.

use crate::copies::{Parts, book, bytes, error, inner, list_of, marked_parts, parts, relations, try_marked};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of three sheets, of which `Chart` has no cells, with what else its part holds.
fn three_sheets(views: &str, behind: &str) -> Parts {
    let mut parts = book("<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews><sheetData/>");
    let text = format!(
        "<?xml version=\"1.0\"?><workbook xmlns=\"{MAIN}\" xmlns:r=\"{KINDS}\"><workbookProtection lockStructure=\"1\"/>{views}\
         <sheets><sheet name=\"Spend\" sheetId=\"7\" r:id=\"rId1\"/><sheet name=\"Chart\" sheetId=\"3\" r:id=\"rId3\"/>\
         <sheet name=\"Old\" sheetId=\"12\" state=\"hidden\" r:id=\"rId4\"/></sheets>{behind}</workbook>"
    );
    parts.insert("xl/workbook.xml".into(), text);
    let sheets = [
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "styles", "/xl/styles.xml"),
        ("rId3", "chartsheet", "chartsheets/sheet1.xml"),
        ("rId4", "worksheet", "worksheets/sheet2.xml"),
    ];
    parts.insert("xl/_rels/workbook.xml.rels".into(), relations(&sheets));
    let chart =
        "<chartsheet><sheetViews><sheetView tabSelected=\"true\" workbookViewId=\"0\"/></sheetViews></chartsheet>";
    parts.insert("xl/chartsheets/sheet1.xml".into(), chart.into());
    parts.insert("xl/worksheets/sheet2.xml".into(), format!("<worksheet xmlns=\"{MAIN}\"><sheetData/></worksheet>"));
    parts
}

#[test]
fn the_list_comes_first_and_is_shown() {
    let views = "<bookViews><workbookView firstSheet=\"1\" activeTab=\"2\"/><workbookView xWindow=\"4\"/></bookViews>";
    let before = three_sheets(views, "");
    let copy = marked_parts(&before, &[error("A1")]);
    let text = &copy["xl/workbook.xml"];
    assert!(text.contains("<workbookView firstSheet=\"0\" activeTab=\"0\"/>"), "{text}");
    assert!(text.contains("<workbookView xWindow=\"4\" activeTab=\"0\" firstSheet=\"0\"/>"), "{text}");
    // Its number is one that no sheet has; protection stays.
    let expected = format!(
        "<sheets><sheet xmlns:rc=\"{KINDS}\" name=\"Crosscast findings\" sheetId=\"13\" rc:id=\"rIdCrosscast1\"/>\
         <sheet name=\"Spend\" sheetId=\"7\" r:id=\"rId1\"/>"
    );
    assert!(text.contains(&expected), "{text}");
    assert!(text.contains("<workbookProtection lockStructure=\"1\"/>"));
    assert!(copy["xl/_rels/workbook.xml.rels"].contains(&format!(
        "<Relationship Id=\"rIdCrosscast1\" Type=\"{KINDS}/worksheet\" Target=\"/xl/worksheets/crosscast1.xml\"/>"
    )));
    // No other sheet is selected with it, or Excel would write into both.
    assert!(list_of(&copy).contains("tabSelected=\"1\""));
    assert!(copy["xl/worksheets/sheet1.xml"].contains("<sheetView tabSelected=\"0\" workbookViewId=\"0\"/>"));
    assert!(copy["xl/chartsheets/sheet1.xml"].contains("<sheetView tabSelected=\"0\" workbookViewId=\"0\"/>"));
    assert_eq!(copy["xl/worksheets/sheet2.xml"], before["xl/worksheets/sheet2.xml"]);
}

#[test]
fn names_of_one_sheet_move_with_it() {
    let names = "<externalReferences/><definedNames><definedName name=\"Rate\">Spend!$A$1</definedName>\
                 <definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">Spend!$A$1:$B$2</definedName>\
                 <definedName localSheetId='2' name=\"Own\">Old!$A$1</definedName></definedNames><calcPr calcId=\"1\"/>";
    let copy = marked_parts(&three_sheets("", names), &[error("A1")]);
    let text = &copy["xl/workbook.xml"];
    assert!(text.contains("<definedName name=\"Rate\">Spend!$A$1</definedName>"));
    assert!(text.contains("<definedName name=\"_xlnm.Print_Area\" localSheetId=\"1\">Spend!$A$1:$B$2</definedName>"));
    assert!(text.contains("<definedName localSheetId='3' name=\"Own\">Old!$A$1</definedName>"));
    // Without names of its own, those of the list stand where the schema has them.
    let copy = marked_parts(&three_sheets("", "<externalReferences/><calcPr calcId=\"1\"/>"), &[error("A1")]);
    let text = &copy["xl/workbook.xml"];
    assert!(text.contains("<externalReferences/><definedNames><definedName"), "{text}");
    assert!(text.contains("</definedNames><calcPr calcId=\"1\"/>"), "{text}");
}

#[test]
fn marking_again_puts_the_list_where_it_stood() {
    let views = "<bookViews><workbookView activeTab=\"0\"/></bookViews>";
    let names = "<definedNames><definedName name=\"Own\" localSheetId=\"2\">Old!$A$1</definedName></definedNames>";
    let first = marked_parts(&three_sheets(views, names), &[error("A1")]);
    assert_eq!(marked_parts(&first, &[error("A1")]), first);
    // As an officer may have left it: behind another sheet, and hidden.
    let mut moved = first.clone();
    let text = &first["xl/workbook.xml"];
    let list = text[text.find("<sheet xmlns:rc").unwrap()..].split_inclusive("/>").next().unwrap().to_owned();
    let spend = "<sheet name=\"Spend\" sheetId=\"7\" r:id=\"rId1\"/>";
    let hidden = list.replace("name=\"Crosscast", "state=\"hidden\" name=\"Crosscast");
    let swapped = text.replace(&list, "").replace(spend, &format!("{spend}{hidden}"));
    let swapped = swapped.replace("localSheetId=\"0\"", "localSheetId=\"1\"");
    moved.insert("xl/workbook.xml".into(), swapped);
    let again = marked_parts(&moved, &[error("A2")]);
    let text = &again["xl/workbook.xml"];
    assert!(text.contains(&format!("{spend}{list}")), "{text}");
    assert!(text.contains("activeTab=\"1\" firstSheet=\"1\""), "{text}");
    assert_eq!(text.matches("<definedName ").count(), 3, "{text}");
    assert!(text.contains("name=\"Own\" localSheetId=\"3\"") && text.contains("Print_Titles\" localSheetId=\"1\""));
    assert!(list_of(&again).contains(">Spend!A2<"));
    assert!(!again.contains_key("xl/worksheets/crosscast2.xml"));
}

#[test]
fn prefixes_backslashes_and_odd_places_are_understood() {
    let mut parts = book("");
    for part in ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"] {
        parts.remove(part);
    }
    parts.insert("_rels/.rels".into(), relations(&[("rId1", "officeDocument", "/Book\\Main.xml")]));
    parts.insert(
        "book\\main.xml".into(),
        format!(
            "\u{feff}<x:workbook xmlns:x='{MAIN}' xmlns:q='{KINDS}'><x:bookViews/><x:sheets><x:sheet name=\"Spend\" \
             sheetId=\"1\" q:id=\"a\"/></x:sheets></x:workbook>"
        ),
    );
    let known = [("a", "worksheet", "..\\Book\\sheets\\One.xml"), ("b", "styles", "../xl/styles.xml")];
    parts.insert("book\\_rels\\main.xml.rels".into(), relations(&known));
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData/></worksheet>");
    parts.insert("book\\sheets\\one.xml".into(), sheet);
    let copy = marked_parts(&parts, &[error("A1")]);
    assert!(copy["book\\main.xml"].contains("<x:sheets><x:sheet xmlns:rc="), "{copy:?}");
    assert!(copy["book\\main.xml"].contains("<x:definedNames><x:definedName "));
    assert!(copy["book\\sheets\\one.xml"].contains("<c r=\"A1\" s=\"3\"/>"));
    assert!(copy.contains_key("Book/sheets/_rels/One.xml.rels"));
    assert!(list_of(&copy).contains("Spend!A1"));
}

#[test]
fn a_strict_workbook_gets_a_strict_list() {
    let strict = |text: &String| {
        text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
            .replace(KINDS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    };
    let parts: Parts = book("<sheetData/>").iter().map(|(name, text)| (name.clone(), strict(text))).collect();
    let copy = marked_parts(&parts, &[error("A1")]);
    for part in ["xl/worksheets/crosscast1.xml", "xl/comments1.xml"] {
        assert!(copy[part].contains("xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\""), "{part}");
    }
    assert!(
        copy["xl/_rels/workbook.xml.rels"]
            .contains("http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet")
    );
}

#[test]
fn the_titles_of_parts_are_kept_in_step() {
    let properties = |pairs: &str, titles: &str| {
        let mut parts = book("<sheetData/>");
        let known =
            [("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "extended-properties", "docProps/app.xml")];
        parts.insert("_rels/.rels".into(), relations(&known));
        let text = format!(
            "<Properties xmlns:vt=\"v\"><HeadingPairs><vt:vector size=\"2\" baseType=\"variant\"><vt:variant><vt:lpstr>\
             Worksheets</vt:lpstr></vt:variant><vt:variant><vt:i4>{pairs}</vt:i4></vt:variant></vt:vector></HeadingPairs>\
             <TitlesOfParts>{titles}</TitlesOfParts></Properties>"
        );
        parts.insert("docProps/app.xml".into(), text.clone());
        (marked_parts(&parts, &[error("A1")])["docProps/app.xml"].clone(), text)
    };
    let titles = "<vt:vector size=\"1\" baseType=\"lpstr\"><vt:lpstr>Spend</vt:lpstr></vt:vector>";
    let (after, _) = properties("1", titles);
    assert!(after.contains("<vt:i4>2</vt:i4>"));
    assert!(after.contains(
        "<vt:vector size=\"2\" baseType=\"lpstr\"><vt:lpstr>Crosscast findings</vt:lpstr><vt:lpstr>Spend</vt:lpstr></vt:vector>"
    ));
    // Where it does not fit the sheets, it is left alone.
    let (after, before) = properties("5", titles);
    assert_eq!(after, before);
}

#[test]
fn all_else_is_byte_for_byte_the_same() {
    let mut parts = book("<sheetData/>");
    let kept = [
        ("xl/theme/theme1.xml", "<a:theme/>"),
        ("xl/vbaProject.bin", "\u{1}\u{2}macros"),
        ("xl/calcChain.xml", "<calcChain><c r=\"A1\" i=\"7\"/></calcChain>"),
        ("xl/charts/chart1.xml", "<c:chart><c:f>Spend!$A$1:$A$9</c:f></c:chart>"),
        ("customXml/item1.xml", "no markup <at all"),
    ];
    for (name, text) in kept {
        parts.insert(name.into(), text.into());
    }
    let original = bytes(&parts);
    let copy = try_marked(&original, &[error("A1")]).unwrap();
    let after = self::parts(&copy);
    for (name, text) in kept {
        assert_eq!(after[name], text, "{name}");
    }
    assert_eq!(inner("<a>b</a>"), "b");
    assert_eq!(copy, try_marked(&original, &[error("A1")]).unwrap(), "the same bytes again");
}
