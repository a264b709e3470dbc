//! The cells of a marked copy.

use crosscast::model::{Finding, Severity};

use crate::copies::{book, bytes, error, finding, marked_parts, marked_sheet, try_marked};

#[track_caller]
fn assert_marked(sheet: &str, findings: &[Finding], expected: &str) {
    let marked = marked_sheet(sheet, findings);
    let marked = marked.split("<legacyDrawing").next().unwrap();
    assert_eq!(marked, expected, "{sheet}");
}

#[test]
fn a_cell_that_is_there_gets_a_style_and_nothing_else_changes() {
    // Style 3 is the first that is new.
    assert_marked(
        "<sheetData><row r=\"1\" spans=\"1:2\"><c r=\"A1\" t=\"str\"><f>A2&amp;\"&gt;\"</f><v>x</v></c>\
         <c r=\"B1\" s=\"1\"><v>5</v></c></row><!-- end --></sheetData>",
        &[error("B1")],
        "<sheetData><row r=\"1\" spans=\"1:2\"><c r=\"A1\" t=\"str\"><f>A2&amp;\"&gt;\"</f><v>x</v></c>\
         <c r=\"B1\" s=\"3\"><v>5</v></c></row><!-- end --></sheetData>",
    );
}

#[test]
fn missing_cells_and_rows_are_made_in_their_places() {
    let cell = |place: &str| format!("<c r=\"{place}\" s=\"3\"/>");
    for (sheet, at, expected) in [
        // Before, between and behind the cells of a row; how far it reaches is said no longer.
        (
            "<sheetData><row r=\"3\" spans=\"2:4\"><c r=\"B3\"/><c r=\"D3\"/></row></sheetData>",
            "A3:E3",
            format!(
                "<sheetData><row r=\"3\">{}<c r=\"B3\" s=\"3\"/>{}<c r=\"D3\" s=\"3\"/>{}</row></sheetData>",
                cell("A3"),
                cell("C3"),
                cell("E3")
            ),
        ),
        // Rows above, between and below.
        (
            "<sheetData><row r=\"2\"/><row r=\"4\"><c r=\"A4\"/></row></sheetData>",
            "A1:A5",
            format!(
                "<sheetData><row r=\"1\">{}</row><row r=\"2\">{}</row><row r=\"3\">{}</row>\
                 <row r=\"4\"><c r=\"A4\" s=\"3\"/></row><row r=\"5\">{}</row></sheetData>",
                cell("A1"),
                cell("A2"),
                cell("A3"),
                cell("A5")
            ),
        ),
        ("<sheetData/>", "B2", format!("<sheetData><row r=\"2\">{}</row></sheetData>", cell("B2"))),
        ("<sheetData></sheetData>", "B2", format!("<sheetData><row r=\"2\">{}</row></sheetData>", cell("B2"))),
        (
            "<cols><col min=\"9\" max=\"9\" width=\"4\"/></cols><pageMargins/>",
            "B2",
            format!(
                "<cols><col min=\"9\" max=\"9\" width=\"4\"/></cols><sheetData><row r=\"2\">{}</row></sheetData>\
                 <pageMargins/>",
                cell("B2")
            ),
        ),
        // Rows and cells that do not say where they are.
        (
            "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c/></row></sheetData>",
            "B1:B2",
            format!(
                "<sheetData><row><c><v>1</v></c><c s=\"3\"><v>2</v></c></row><row><c/>{}</row></sheetData>",
                cell("B2")
            ),
        ),
    ] {
        assert_marked(sheet, &[error(at)], &expected);
    }
}

#[test]
fn cells_that_are_made_have_the_style_of_their_row_or_column() {
    let sheet = "<cols><col min=\"2\" max=\"3\" width=\"9\" style=\"1\"/></cols><sheetData>\
                 <row r=\"1\" s=\"2\" customFormat=\"1\"/><row r=\"2\" s=\"2\"/></sheetData>";
    let marked = marked_sheet(sheet, &[error("B1:B3"), error("D2")]);
    // Of style 2, of style 1, and of style 0.
    assert!(marked.contains("<row r=\"1\" s=\"2\" customFormat=\"1\"><c r=\"B1\" s=\"3\"/></row>"), "{marked}");
    assert!(marked.contains("<row r=\"2\" s=\"2\"><c r=\"B2\" s=\"4\"/><c r=\"D2\" s=\"5\"/></row>"), "{marked}");
    assert!(marked.contains("<row r=\"3\"><c r=\"B3\" s=\"4\"/></row>"), "{marked}");
}

#[test]
fn prefixes_are_kept() {
    let mut book = book("");
    book.insert(
        "xl/worksheets/sheet1.xml".to_owned(),
        "\u{feff}<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData>\
         <x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
            .to_owned(),
    );
    let copy = marked_parts(&book, &[error("A1:B1")]);
    let sheet = &copy["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("<x:c r=\"A1\" s=\"3\"><x:v>1</x:v></x:c><x:c r=\"B1\" s=\"3\"/></x:row>"), "{sheet}");
    assert!(sheet.contains("<x:legacyDrawing xmlns:rc="), "{sheet}");
}

#[test]
fn merged_cells_are_marked_at_the_first() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells count=\"1\">\
                 <mergeCell ref=\"A1:B2\"/></mergeCells>";
    let copy = marked_parts(&book(sheet), &[error("B2"), error("C2")]);
    let marked = &copy["xl/worksheets/sheet1.xml"];
    assert!(
        marked.contains("<row r=\"1\"><c r=\"A1\" s=\"3\"><v>1</v></c></row><row r=\"2\"><c r=\"C2\" s=\"3\"/></row>")
    );
    let comments = &copy["xl/comments1.xml"];
    assert!(comments.contains("ref=\"A1\"") && comments.contains("ref=\"C2\"") && !comments.contains("ref=\"B2\""));
}

#[test]
fn many_merged_cells_are_looked_through_once() {
    // Each column is merged from the first row to the last.
    let column = |number: u32| crosscast::model::column_letters(number);
    let merges: String =
        (0..16_384).map(|number| format!("<mergeCell ref=\"{0}1:{0}1048576\"/>", column(number))).collect();
    let sheet = format!("<sheetData/><mergeCells>{merges}</mergeCells>");
    let findings: Vec<Finding> =
        (0..100).map(|part| error(&format!("B{}:C{}", part * 1000 + 1, part * 1000 + 1000))).collect();
    let marked = marked_sheet(&sheet, &findings);
    let rows = "<sheetData><row r=\"1\"><c r=\"B1\" s=\"3\"/><c r=\"C1\" s=\"3\"/></row></sheetData>";
    assert!(marked.starts_with(rows), "{}", &marked[..200]);
}

#[test]
fn merged_cells_side_by_side_and_below_each_other() {
    let merges = ["A1:B2", "C2:C3", "A3:A4", "D1:D9", "A6:B6", "F1:F2", "E5:G6"]
        .map(|area| format!("<mergeCell ref=\"{area}\"/>"));
    let sheet = format!("<sheetData/><mergeCells>{}</mergeCells>", merges.concat());
    let marked = marked_sheet(&sheet, &["B2", "C3", "B3", "A4", "D8", "B6", "C6", "F2", "G6"].map(error));
    let cells: Vec<&str> = marked.split("<c r=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(cells, ["A1", "D1", "F1", "C2", "A3", "B3", "E5", "A6", "C6"]);
}

#[test]
fn the_heaviest_finding_of_a_cell_gives_the_fill() {
    let on = |severity| finding("spend", "A1", severity, "Text.");
    for (findings, fill) in [
        (vec![on(Severity::Info), on(Severity::Error), on(Severity::Warning)], "FFFFC8CB"),
        (vec![on(Severity::Info), on(Severity::Warning)], "FFFFE1A3"),
        (vec![on(Severity::Info)], "FFD5DFEB"),
    ] {
        let copy = marked_parts(&book("<sheetData/>"), &findings);
        let fills = copy["xl/styles.xml"].split("</fills>").next().unwrap().rsplit("<fills").next().unwrap().to_owned();
        assert!(fills.contains(&format!("<fgColor rgb=\"{fill}\"/><bgColor indexed=\"64\"/>")), "{fills}");
        assert!(copy["xl/worksheets/sheet1.xml"].contains("<c r=\"A1\" s=\"3\"/>"));
    }
}

#[test]
fn of_a_large_area_the_first_cells_are_filled() {
    let marked = marked_sheet("<sheetData/>", &[error("A1:B1001")]);
    assert_eq!(marked.matches(" s=\"3\"").count(), 2000);
    assert!(marked.contains("<c r=\"B1000\"") && !marked.contains("<c r=\"A1001\""));
    // One cell fewer is filled to its end.
    assert_eq!(marked_sheet("<sheetData/>", &[error("A1:B1000")]).matches(" s=\"3\"").count(), 2000);
}

#[test]
fn conditional_formats_tables_and_protection_stay() {
    let rest = "<sheetProtection sheet=\"1\" password=\"CC1A\"/><conditionalFormatting sqref=\"A1\"><cfRule \
                type=\"cellIs\" dxfId=\"0\" priority=\"1\" operator=\"lessThan\"><formula>0</formula></cfRule>\
                </conditionalFormatting>";
    let sheet = format!("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>{rest}");
    assert_marked(
        &sheet,
        &[error("A1")],
        &format!("<sheetData><row r=\"1\"><c r=\"A1\" s=\"3\"><v>1</v></c></row></sheetData>{rest}"),
    );
}

#[test]
fn cells_out_of_order_are_not_guessed_at() {
    for sheet in [
        "<sheetData><row r=\"4\"/><row r=\"2\"/></sheetData>",
        "<sheetData><row r=\"2\"><c r=\"C2\"/><c r=\"B2\"/></row></sheetData>",
        "<sheetData><row r=\"2\"><c r=\"C3\"/></row></sheetData>",
        "<sheetData><row r=\"1048577\"/></sheetData>",
        "<sheetData><row r=\"2\"><c r=\"?\"/></row></sheetData>",
    ] {
        let refused = try_marked(&bytes(&book(sheet)), &[error("A1")]).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "A part of the workbook, xl/worksheets/sheet1.xml, is not as Excel writes it, so nothing was put into it."
        );
    }
}
