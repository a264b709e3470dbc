//! The same of `.ods` workbooks.

use crosscast::model::{Damage, RawValue, UnreadableWorkbook, Workbook};
use crosscast::read::read;

use crate::support::open_document::{open_document, open_document_of};
use crate::support::pack;

const TABLE: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
";

fn of(bytes: &[u8]) -> Workbook {
    read("2022-04.ods", bytes, &pack(&[("spend", "Spend", TABLE)]))
}

fn text(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

fn row(cells: &[&str]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

/// A workbook of two payments on the sheet Spend, the first amount, in B2, as given.
fn with_cell(cell: &str) -> Vec<u8> {
    let amount =
        "<table:table-cell office:value-type=\"float\" office:value=\"2000\"><text:p>2000</text:p></table:table-cell>";
    let rows = [row(&[&text("Project"), &text("Amount")]), row(&[&text("Dawn"), cell]), row(&[&text("Dusk"), amount])];
    open_document("Spend", &rows.concat())
}

fn amounts(read: &Workbook) -> Vec<RawValue> {
    assert_eq!(read.unreadable, None);
    read.tables[0].rows.iter().map(|row| row.cells[1].raw.clone()).collect()
}

fn held(cell: &str) -> RawValue {
    let amounts = amounts(&of(&with_cell(cell)));
    assert_eq!((amounts.len(), &amounts[1]), (2, &RawValue::Number(2000.0)), "{cell}");
    amounts[0].clone()
}

fn damage(cell: &str) -> Damage {
    let read = of(&with_cell(cell));
    assert_eq!(amounts(&read), [RawValue::Damaged, RawValue::Number(2000.0)], "{cell}");
    let damaged = &read.sheets[0].damaged;
    assert_eq!((damaged.len(), damaged[0].position.to_string().as_str()), (1, "B2"), "{cell}");
    damaged[0].damage.clone()
}

fn cell(attributes: &str, shown: &str) -> String {
    format!("<table:table-cell {attributes}>{shown}</table:table-cell>")
}

#[test]
fn values_that_are_not_of_their_kind() {
    let boolean = |value: &str| cell(&format!("office:value-type=\"boolean\" office:boolean-value=\"{value}\""), "");
    assert_eq!(damage(&boolean("yes")), Damage::NotYesOrNo("yes".into()));
    assert_eq!(damage(&boolean("1")), Damage::NotYesOrNo("1".into()));
    assert_eq!(held(&boolean("true")), RawValue::Boolean(true));
    assert_eq!(held(&boolean("false")), RawValue::Boolean(false));
    let number = |value: &str| cell(&format!("office:value-type=\"float\" office:value=\"{value}\""), "");
    assert_eq!(damage(&number("NaN")), Damage::NotANumber("NaN".into()));
    assert_eq!(damage(&number("inf")), Damage::NotANumber("inf".into()));
    assert_eq!(held(&number("1E+2")), RawValue::Number(100.0));
    let odd = "office:value-type=\"money\" office:value=\"5\"";
    assert_eq!(damage(&cell(odd, "")), Damage::UnknownKind("money".into()));
    let two = "office:value-type=\"float\" office:value=\"5\" office:boolean-value=\"true\"";
    assert_eq!(damage(&cell(two, "")), Damage::ReadDifferently("5, true".into()));
    let day = |day: &str| cell(&format!("office:value-type=\"date\" office:date-value=\"{day}\""), "");
    assert_eq!(held(&day("2022-02-30")), RawValue::ImpossibleDate("2022-02-30".into()));
    assert_eq!(held(&day("2022-04-15T10:00:00.5")), RawValue::Date("2022-04-15".parse().unwrap()));
}

#[test]
fn values_that_are_not_there() {
    let note = "<office:annotation><text:p>ask</text:p></office:annotation>";
    assert_eq!(
        damage(&cell("office:value-type=\"float\"", &format!("{note}<text:p>1,<text:span>000</text:span></text:p>"))),
        Damage::NoValue("1,000".into())
    );
    assert_eq!(damage(&cell("", "<text:p>1000</text:p>")), Damage::NoValue("1000".into()));
    assert_eq!(held(&cell("", "")), RawValue::Empty);
    assert_eq!(held(&cell("", note)), RawValue::Empty);
    assert_eq!(held(&cell("office:value-type=\"float\"", "")), RawValue::Empty);
    assert_eq!(
        damage(&cell("office:value-type=\"string\"", "<text:p>a<![CDATA[b]]></text:p>")),
        Damage::ReadDifferently("b".into())
    );
    let read = of(&with_cell(&cell("table:formula=\"of:=[.A1]\" office:value-type=\"float\"", "")));
    assert!(read.tables[0].rows[0].cells[1].is_marked(), "told as never calculated");
}

#[test]
fn error_values_of_any_name() {
    for error in ["#SPILL!", "#CALC!", "#GETTING_DATA", "#BLOCKED!", "Err:502", "#N/A"] {
        let attributes = "table:formula=\"of:=1\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"";
        assert_eq!(held(&cell(attributes, &format!("<text:p>{error}</text:p>"))), RawValue::Error(error.into()));
    }
    assert_eq!(held(&text("#SPILL!")), RawValue::Text("#SPILL!".into()), "a text that only looks so");
}

#[test]
fn one_damaged_element_may_stand_for_several_cells() {
    let two = "table:number-columns-repeated=\"2\" office:value-type=\"boolean\" office:boolean-value=\"maybe\"";
    let read = of(&with_cell(&cell(two, "")));
    let cells: Vec<String> = read.sheets[0].damaged.iter().map(|one| one.position.to_string()).collect();
    assert_eq!(cells, ["B2", "C2"]);
}

#[test]
fn cells_beyond_the_last_that_there_can_be() {
    let filled = "office:value-type=\"float\" office:value=\"5\"";
    let far = format!("<table:table-cell table:number-columns-repeated=\"16383\"/><table:table-cell {filled}/>");
    let UnreadableWorkbook::Damaged(words) = of(&with_cell(&far)).unreadable.unwrap() else { panic!() };
    assert_eq!(words, "the sheet Spend has a cell XFE2, which lies beyond the last that Excel has, XFD1048576");
    let last = format!("<table:table-cell table:number-columns-repeated=\"16382\"/><table:table-cell {filled}/>");
    assert_eq!(amounts(&of(&with_cell(&last)))[0], RawValue::Empty);
    // LibreOffice fills a sheet with empty cells to its end.
    let to_the_end = format!("{}<table:table-cell table:number-columns-repeated=\"16382\"/>", cell(filled, ""));
    assert_eq!(held(&to_the_end), RawValue::Number(5.0));
}

#[test]
fn xml_that_was_laid_out_for_people() {
    let namespaces = ["office", "table", "text"]
        .map(|name| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .join(" ");
    let pretty = format!(
        "<?xml version=\"1.0\"?>\n<office:document-content {namespaces}>\n <office:body>\n  <office:spreadsheet>\n   \
         <table:table table:name=\"Spend\">\n    <!-- headings -->\n    <table:table-row>\n     \
         <table:table-cell office:value-type=\"string\">\n      <text:p>Project</text:p>\n     </table:table-cell>\n     \
         <table:table-cell office:value-type=\"string\">\n      <text:p>Amount</text:p>\n     </table:table-cell>\n    \
         </table:table-row>\n    <table:table-row>\n     <table:table-cell office:value-type=\"string\">\n      \
         <text:p>Hate <text:span>Crime</text:span></text:p>\n     </table:table-cell>\n     \
         <table:table-cell office:value-type=\"float\" office:value=\"1000\">\n      <text:p>1000</text:p>\n     \
         </table:table-cell>\n    </table:table-row>\n   </table:table>\n  </office:spreadsheet>\n </office:body>\n\
         </office:document-content>\n"
    );
    let read = of(&open_document_of(&pretty, ""));
    assert_eq!(amounts(&read), [RawValue::Number(1000.0)]);
    assert_eq!(read.tables[0].rows[0].cells[0].raw, RawValue::Text("Hate Crime".into()));
    assert_eq!(read.sheets[0].damaged, []);
}
