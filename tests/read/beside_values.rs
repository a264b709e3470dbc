//! What a sheet says beside its values: formulas, formats, what is hidden or merged, and the workbook's settings.

use crosscast::model::{Area, DefinedName, Grid, GridCell, HiddenLines, Position, Settings, WhyHidden, Workbook};
use crosscast::read::read;

use crate::support::open_document::open_document_of;
use crate::support::package::{edit_parts, package};
use crate::support::{pack, workbook};

const TABLE: &str = "
fields:
  - {name: day, title: Day, type: date}
  - {name: number, title: Number, type: number}
";

const HEADINGS: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Day</t></is></c>\
                        <c r=\"B1\" t=\"inlineStr\"><is><t>Number</t></is></c></row>";

/// A workbook with the sheet `Sheet`, whose parts are written by hand: what its XML says before, in and after its rows.
fn sheet_of(before: &str, rows: &str, after: &str) -> Workbook {
    let sheet = format!("<worksheet>{before}<sheetData>{HEADINGS}{rows}</sheetData>{after}</worksheet>");
    let bytes = edit_parts(&workbook("# Sheet\nDay | Number"), |name, text| match name {
        "xl/worksheets/sheet1.xml" => sheet.clone(),
        _ => text,
    });
    read_as("x.xlsx", &bytes)
}

fn read_as(name: &str, bytes: &[u8]) -> Workbook {
    let read = read(name, bytes, &pack(&[("table", "Sheet", TABLE)]));
    assert_eq!(read.unreadable, None);
    read
}

fn grid(workbook: &Workbook) -> &Grid {
    workbook.sheet("Sheet").unwrap().grid.as_ref().unwrap()
}

fn at<'w>(workbook: &'w Workbook, cell: &str) -> &'w GridCell {
    grid(workbook).cell(cell.parse().unwrap()).unwrap_or_else(|| panic!("{cell}"))
}

fn formula<'w>(workbook: &'w Workbook, cell: &str) -> Option<&'w str> {
    at(workbook, cell).formula.as_deref()
}

fn lines(first: u32, last: u32, why: WhyHidden) -> HiddenLines {
    HiddenLines { first, last, why }
}

fn area(first: &str, last: &str) -> Area {
    Area::new(first.parse().unwrap(), last.parse().unwrap())
}

#[test]
fn a_formula_is_shared_from_the_cell_that_states_it() {
    // The range of those that share it begins above its master, and one of them comes before it in the file.
    let rows = "<row r=\"2\"><c r=\"B2\"><f t=\"shared\" si=\"7\"/><v>1</v></c></row>\
                <row r=\"3\"><c r=\"B3\"><f t=\"shared\" ref=\"B2:B5\" si=\"7\">A3*$C$1+Lists!A3</f><v>2</v></c></row>\
                <row r=\"4\"><c r=\"B4\"><f si=\"7\" t=\"shared\"></f><v>3</v></c></row>\
                <row r=\"5\"><c r=\"B5\"><v>4</v></c></row>";
    let read = sheet_of("", rows, "");
    let formulas = ["B2", "B3", "B4", "B5"].map(|cell| formula(&read, cell));
    let expected = ["A2*$C$1+Lists!A2", "A3*$C$1+Lists!A3", "A4*$C$1+Lists!A4"];
    assert_eq!(formulas, [Some(expected[0]), Some(expected[1]), Some(expected[2]), None]);
}

#[test]
fn array_formulas_and_tables_of_results_stand_in_braces_in_each_cell() {
    let rows = "<row r=\"2\"><c r=\"B2\"><f t=\"array\" ref=\"B2:B3\">A2:A3*2&amp;\"\"</f><v>1</v></c></row>\
                <row r=\"3\"><c r=\"B3\"><v>2</v></c><c r=\"C3\"><v>9</v></c></row>\
                <row r=\"4\"><c r=\"B4\"><f t=\"dataTable\" ref=\"B4:C4\" dt2D=\"0\" dtr=\"1\" r1=\"A1\"/><v>1</v></c>\
                <c r=\"C4\"><v>2</v></c></row>\
                <row r=\"5\"><c r=\"B5\"><f t=\"array\" ref=\"B5\">SUM(A1:A2)</f></c></row>";
    let read = sheet_of("", rows, "");
    let cells = ["B2", "B3", "C3", "B4", "C4", "B5"].map(|cell| formula(&read, cell).unwrap_or_default());
    let array = "{A2:A3*2&\"\"}";
    assert_eq!(cells, [array, array, "", "{TABLE(A1,)}", "{TABLE(A1,)}", "{SUM(A1:A2)}"]);
    assert!(at(&read, "B5").is_without_result());
}

#[test]
fn rows_and_columns_that_are_not_shown() {
    let before = "<cols><col min=\"1\" max=\"1\" width=\"9\"/><col max=\"4\" min=\"3\" hidden=\"1\" width=\"9\"/>\
                  <col min=\"7\" max=\"99999\" width=\"0\" customWidth=\"1\"/></cols>";
    let row = |number: u32, more: &str| format!("<row r=\"{number}\" {more}><c r=\"B{number}\"><v>1</v></c></row>");
    let rows = [
        row(2, ""),
        row(3, "hidden=\"1\""),
        row(4, "ht=\"0\" customHeight=\"1\""),
        row(5, "ht=\"15\" hidden=\"0\""),
        row(6, "hidden=\"true\""),
        row(7, "hidden=\"1\""),
        row(8, "hidden=\"1\""),
    ];
    let after = "<autoFilter ref=\"A6:B7\"><filterColumn colId=\"0\"><filters><filter val=\"1\"/></filters></filterColumn>\
                 </autoFilter><mergeCells count=\"2\"><mergeCell ref=\"B7:C8\"/><mergeCell ref=\"A2:B2\"/></mergeCells>";
    let read = sheet_of(before, &rows.concat(), after);
    let layout = read.sheet("Sheet").unwrap().layout.as_ref().unwrap();
    use WhyHidden::{Filtered, Hidden, NoSize};
    let expected =
        [lines(2, 2, Hidden), lines(3, 3, NoSize), lines(5, 5, Hidden), lines(6, 6, Filtered), lines(7, 7, Hidden)];
    assert_eq!(layout.hidden_rows, expected);
    assert_eq!(layout.hidden_columns, [lines(2, 3, Hidden), lines(6, 16_383, NoSize)]);
    assert_eq!(layout.merged, [area("A2", "B2"), area("B7", "C8")]);
    assert_eq!(layout.why_row_is_hidden(6), Some(Filtered));
    assert_eq!(layout.why_row_is_hidden(4), None);
}

#[test]
fn a_filter_that_passes_over_nothing_hides_nothing() {
    let rows = "<row r=\"2\" hidden=\"1\"><c r=\"B2\"><v>1</v></c></row>";
    let read = sheet_of("", rows, "<autoFilter ref=\"A1:B2\"/>");
    let layout = read.sheet("Sheet").unwrap().layout.as_ref().unwrap();
    assert_eq!(layout.hidden_rows, [lines(1, 1, WhyHidden::Hidden)]);
}

#[test]
fn prefixes_and_cells_without_places() {
    let sheet = "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>Day</x:t></x:is></x:c>\
                 <x:c t=\"inlineStr\"><x:is><x:t>Number</x:t></x:is></x:c></x:row><x:row hidden=\"1\"><x:c/><x:c><x:f>1+1</x:f>\
                 <x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    let bytes = edit_parts(&workbook("# Sheet\nDay | Number"), |name, text| match name {
        "xl/worksheets/sheet1.xml" => sheet.to_owned(),
        _ => text,
    });
    let read = read_as("x.xlsx", &bytes);
    assert_eq!(formula(&read, "B2"), Some("1+1"));
    assert_eq!(read.sheet("Sheet").unwrap().layout.as_ref().unwrap().hidden_rows, [lines(1, 1, WhyHidden::Hidden)]);
}

/// A workbook whose styles are written by hand: 0 plain, 1 a date, 2 white, 3 white on navy, 4 hidden by its format, 5 pounds.
fn styled(rows: &str) -> Workbook {
    let styles = "<styleSheet><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"&quot;£&quot;#,##0.00\"/>\
                  <numFmt formatCode=\";;;\" numFmtId=\"165\"/></numFmts><fonts><font/><font><color theme=\"0\"/></font></fonts>\
                  <fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
                  <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF002060\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>\
                  <cellStyleXfs><xf fontId=\"1\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\"/>\
                  <xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\"/>\
                  <xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\"/><xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\"/>\
                  <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\"/></cellXfs></styleSheet>";
    let bytes = edit_parts(&workbook("# Sheet\nDay | Number"), |name, text| match name {
        "xl/worksheets/sheet1.xml" => format!("<worksheet><sheetData>{HEADINGS}{rows}</sheetData></worksheet>"),
        "xl/styles.xml" => styles.to_owned(),
        _ => text,
    });
    read_as("x.xlsx", &bytes)
}

#[test]
fn formats_dates_and_what_nobody_sees() {
    let rows = "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>44666.75</v></c><c r=\"B2\" s=\"5\"><v>10.004</v></c></row>\
                <row r=\"3\"><c r=\"A3\" s=\"2\"><v>1</v></c><c r=\"B3\" s=\"3\"><v>2</v></c><c r=\"C3\" s=\"4\"><v>3</v></c>\
                <c r=\"D3\"><v>4</v></c></row>";
    let read = styled(rows);
    assert_eq!(at(&read, "A2").serial, Some(44666.75));
    assert_eq!(at(&read, "B2").serial, None);
    let formats = ["A2", "B2", "B3"].map(|cell| at(&read, cell).format.as_deref());
    assert_eq!(formats, [Some("dd/mm/yyyy"), Some("\"£\"#,##0.00"), None]);
    assert_eq!(["A3", "B3", "C3", "D3"].map(|cell| at(&read, cell).is_invisible), [true, false, true, false]);
}

#[test]
fn settings_names_and_links() {
    let book = "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"Other\" sheetId=\"2\" r:id=\"rId9\"/>\
                <sheet name=\"Sheet\" sheetId=\"1\" r:id=\"rId1\"/></sheets><externalReferences>\
                <externalReference r:id=\"rId7\"/></externalReferences><definedNames>\
                <definedName name=\"Rates\">Sheet!$A$1:$A$9</definedName>\
                <definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"1\" hidden=\"1\">Sheet!$A$1:$B$2</definedName>\
                <definedName name=\"Lost\" localSheetId=\"1\">#REF!&amp;\"\"</definedName></definedNames>\
                <calcPr iterate=\"1\" calcMode=\"manual\"/></workbook>";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Target=\"{target}\" Id=\"{id}\" Type=\"http://schemas/relationships/{kind}\"/>")
    };
    let mut parts: Vec<(String, String)> = Vec::new();
    edit_parts(&workbook("# Sheet\nDay | Number\n2022-04-15 | 1"), |name, text| {
        let text = match name {
            "xl/workbook.xml" => book.to_owned(),
            "xl/_rels/workbook.xml.rels" => {
                let more = relation("rId9", "worksheet", "/xl/worksheets/sheet9.xml")
                    + &relation("rId7", "externalLink", "externalLinks/externalLink1.xml");
                text.replace("</Relationships>", &format!("{more}</Relationships>"))
            }
            _ => text,
        };
        parts.push((name.to_owned(), text.clone()));
        text
    });
    let target = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas/relationships/externalLinkPath\" \
                  TargetMode=\"External\" Target=\"Budget%202022.xlsx\"/></Relationships>";
    parts.push(("xl/worksheets/sheet9.xml".to_owned(), "<worksheet><sheetData/></worksheet>".to_owned()));
    parts.push(("xl/externalLinks/externalLink1.xml".to_owned(), "<externalLink/>".to_owned()));
    parts.push(("xl/externalLinks/_rels/externalLink1.xml.rels".to_owned(), target.to_owned()));
    let read = read_as("x.xlsx", &package(&parts));
    let name = |name: &str, sheet: Option<&str>, refers_to: &str| DefinedName {
        name: name.into(),
        sheet: sheet.map(Into::into),
        refers_to: refers_to.into(),
    };
    let expected = Settings {
        counts_from_1904: true,
        calculates_manually: true,
        iterates: true,
        names: vec![name("Rates", None, "Sheet!$A$1:$A$9"), name("Lost", Some("Sheet"), "#REF!&\"\"")],
        links: vec!["Budget 2022.xlsx".into()],
    };
    assert_eq!(read.settings, Some(expected));
    let plain = read_as("x.xlsx", &workbook("# Sheet\nDay | Number\n2022-04-15 | 1"));
    assert_eq!(plain.settings, Some(Settings::default()));
}

#[test]
fn hidden_sheets_keep_their_cells() {
    let read = read_as("x.xlsx", &workbook("# Sheet\nDay | Number\n\n# Notes\n1\n\n# Lists (hidden)\n7"));
    let kept = |sheet: &str| read.sheet(sheet).unwrap().grid.is_some();
    assert!(kept("Sheet") && kept("Lists") && !kept("Notes"));
    let lists = read.sheet("Lists").unwrap();
    assert!(lists.is_hidden() && lists.layout.is_some());
    assert!(lists.grid.as_ref().unwrap().cell(Position::new(0, 0)).is_some());
}

#[test]
fn open_document_workbooks() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |more: &str| format!("<table:table-cell {more} office:value-type=\"float\" office:value=\"1\"/>");
    let array = "table:formula=\"of:=[.A1:.A2]*2\" table:number-matrix-columns-spanned=\"1\" \
                 table:number-matrix-rows-spanned=\"2\"";
    let rows = [
        format!("<table:table-row>{}{}</table:table-row>", cell("Day"), cell("Number")),
        format!(
            "<table:table-row table:visibility=\"collapse\" table:number-rows-repeated=\"2\"><table:table-cell/>{}</table:table-row>",
            number("")
        ),
        format!(
            "<table:table-row table:visibility=\"filter\"><table:table-cell table:number-columns-spanned=\"2\"/><table:covered-table-cell/>{}</table:table-row>",
            number("")
        ),
        format!("<table:table-row><table:table-cell/>{}</table:table-row>", number(array)),
        format!("<table:table-row><table:table-cell/>{}</table:table-row>", number("")),
        format!(
            "<table:table-row><table:table-cell/>{}</table:table-row>",
            number("table:number-columns-repeated=\"2\" table:formula=\"of:=[.A1]\"")
        ),
    ];
    let white = number("table:style-name=\"white\"");
    let on_navy = number("table:style-name=\"navy\"");
    let unseen =
        format!("<table:table-row table:number-rows-repeated=\"2\">{white}{on_navy}{}</table:table-row>", number(""));
    let rows = rows.into_iter().chain([unseen]);
    let styles = "<office:automatic-styles><style:style style:name=\"white\" style:family=\"table-cell\"><style:text-properties \
                  fo:color=\"#ffffff\"/></style:style><style:style style:name=\"navy\" style:family=\"table-cell\" \
                  style:parent-style-name=\"white\"><style:table-cell-properties fo:background-color=\"#002060\"/></style:style>\
                  <style:style style:name=\"co\" style:family=\"table-column\"/></office:automatic-styles>";
    let columns = "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:default-cell-style-name=\"white\" table:visibility=\"collapse\"/>";
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" \
         xmlns:style=\"s\" xmlns:fo=\"f\">{styles}<office:body><office:spreadsheet>\
         <table:calculation-settings><table:null-date table:date-value=\"1904-01-01\"/></table:calculation-settings>\
         <table:table table:name=\"Sheet\">{columns}{}<table:named-expressions><table:named-expression table:name=\"Here\" \
         table:expression=\"[$Sheet.$A$1]*2\"/></table:named-expressions></table:table><table:named-expressions>\
         <table:named-range table:name=\"Rates\" table:cell-range-address=\"$Sheet.$A$1:.$B$4\"/></table:named-expressions>\
         </office:spreadsheet></office:body></office:document-content>",
        rows.collect::<String>()
    );
    let read = read_as("x.ods", &open_document_of(&content, ""));
    let layout = read.sheet("Sheet").unwrap().layout.as_ref().unwrap();
    use WhyHidden::{Filtered, Hidden};
    assert_eq!(layout.hidden_rows, [lines(1, 2, Hidden), lines(3, 3, Filtered)]);
    assert_eq!(layout.hidden_columns, [lines(2, 2, Hidden)]);
    assert_eq!(layout.merged, [area("A4", "B4")]);
    let formulas = ["B5", "B6", "B7"].map(|cell| formula(&read, cell));
    assert_eq!(formulas, [Some("{A1:A2*2}"), Some("{A1:A2*2}"), Some("A1")]);
    let unseen = ["A8", "B8", "C8", "A9", "B9", "B7"].map(|cell| at(&read, cell).is_invisible);
    assert_eq!(unseen, [true, false, true, true, false, false]);
    let settings = read.settings.as_ref().unwrap();
    let names: Vec<_> = settings.names.iter().map(|one| (&*one.name, one.sheet.as_deref(), &*one.refers_to)).collect();
    assert_eq!(names, [("Here", Some("Sheet"), "Sheet!$A$1*2"), ("Rates", None, "Sheet!$A$1:$B$4")]);
    assert!(settings.counts_from_1904 && !settings.calculates_manually && !settings.iterates);
}

#[test]
fn older_formats_do_not_tell() {
    let pack = crate::support::sample_pack::sample_pack();
    let xls = std::fs::read("samples/2022-23/registers/SWCSP registers 2022-23.xls").unwrap();
    let read = read("SWCSP registers 2022-23.xls", &xls, &pack);
    assert!(read.settings.is_none() && read.sheets.iter().all(|sheet| sheet.layout.is_none()));
    let cells = read.sheets.iter().filter_map(|sheet| sheet.grid.as_ref()).flat_map(Grid::cells);
    let dates = cells.filter(|(_, cell)| matches!(cell.raw, crosscast::model::RawValue::Date(_)));
    let serials: Vec<Option<f64>> = dates.map(|(_, cell)| cell.serial).collect();
    assert!(serials.len() == 8 && serials.iter().all(Option::is_some), "{serials:?}");
}
