//! Spreadsheets of LibreOffice (`.ods`) that repeat without end, break off, or say what is not so.

use crate::row::{Expected, Row, reads, reads_1000, unreadable};
use crate::support::open_document::{open_document, open_document_of};
use crate::support::package::{edit_parts, package};

/// The XML of the rows of a good probe.
const ROWS: &str = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Item</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"string\"><text:p>Figure</text:p></table:table-cell></table:table-row>\
    <table:table-row><table:table-cell office:value-type=\"string\"><text:p>Dawn</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"float\" office:value=\"1000\"><text:p>1000</text:p></table:table-cell></table:table-row>";

/// A good probe.
pub fn good_ods() -> Vec<u8> {
    open_document("Probe", ROWS)
}

/// One row for each.
pub fn rows() -> Vec<Row> {
    let and = |rows: &str| open_document("Probe", &format!("{ROWS}{rows}"));
    let content = |edit: &dyn Fn(String) -> String| {
        edit_parts(&good_ods(), |name, text| if name == "content.xml" { edit(text) } else { text })
    };
    let value = |kind: &str, value: &str, shown: &str| {
        let from = "office:value-type=\"float\" office:value=\"1000\"><text:p>1000";
        let to = format!("office:value-type=\"{kind}\" {value}><text:p>{shown}");
        open_document("Probe", &ROWS.replace(from, &to))
    };
    let cell = |attributes: &str| {
        format!(
            "<table:table-cell {attributes} office:value-type=\"float\" office:value=\"7\"><text:p>7</text:p></table:table-cell>"
        )
    };
    let row = |attributes: &str, cell: &str| format!("<table:table-row {attributes}>{cell}</table:table-row>");
    let (rows_most, columns_most) =
        ("table:number-rows-repeated=\"1048576\"", "table:number-columns-repeated=\"16384\"");
    let damaged = |words: &str| vec![Expected::at("damaged-cell", "Probe!B2", words)];
    let too_large = || vec![Expected::at("amount-too-large", "Probe!B2", "")];
    let deep = format!("{}{}", "<text:span>".repeat(100_000), "</text:span>".repeat(100_000));
    let laughs: String =
        (1..10).map(|index| format!("<!ENTITY l{index} \"{}\">", format!("&l{};", index - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE office:document-content [<!ENTITY l0 \"ha\">{laughs}]><office:document-content");
    let mut rows = vec![
        Row::probe("ods good", good_ods(), reads_1000()),
        Row::probe(
            "ods that repeats a value over the whole grid",
            and(&row(rows_most, &cell(columns_most))),
            unreadable(""),
        )
        .slow(),
        Row::probe("ods that repeats a value over a million rows", and(&row(rows_most, &cell(""))), unreadable(""))
            .or(too_many("B"))
            .slow(),
        Row::probe(
            "ods that repeats a value over 16,384 columns",
            and(&row("", &cell(columns_most))),
            [reads_and_7(), vec![Expected::at("blank-heading", "Probe!C1:XFD1", "these cells hold no headings")]]
                .concat(),
        ),
        Row::probe(
            "ods that repeats nothing over the whole grid",
            and(&row(rows_most, &format!("<table:table-cell {columns_most}/>"))),
            reads_1000(),
        )
        .slow(),
        Row::probe(
            "ods that repeats four billion rows",
            and(&row("table:number-rows-repeated=\"4294967295\"", "<table:table-cell/>")),
            reads_1000(),
        )
        .or(unreadable(""))
        .slow(),
        Row::probe(
            "ods that repeats 18 quintillion rows",
            and(&row("table:number-rows-repeated=\"18446744073709551615\"", &cell(""))),
            unreadable(""),
        )
        .slow()
        .awaits("reading: taken for repeating to the last row"),
        Row::probe(
            "ods that repeats -1 rows",
            and(&row("table:number-rows-repeated=\"-1\"", &cell(""))),
            unreadable(""),
        )
        .or(reads_and_7())
        .slow(),
        Row::probe(
            "ods whose repeating is no number",
            and(&row("table:number-rows-repeated=\"many\"", &cell(""))),
            unreadable(""),
        )
        .or(reads_and_7()),
        Row::probe(
            "ods with a value beyond a million empty rows",
            and(&(row(rows_most, "<table:table-cell/>") + &row("", &cell("")))),
            unreadable(""),
        )
        .slow(),
        Row::probe(
            "ods cut off inside its XML",
            content(&|text| text[..text.len() / 2].to_owned()),
            unreadable("ends too early"),
        ),
        Row::probe(
            "ods cut off after a row",
            content(&|text| text[..text.rfind("</table:table>").unwrap()].to_owned()),
            unreadable("ends too early"),
        ),
        Row::probe(
            "ods cut off after a row, with its last tag",
            content(&|text| text[..text.rfind("</table:table>").unwrap()].to_owned() + "</office:document-content>"),
            unreadable(""),
        ),
        Row::probe(
            "ods without content",
            package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]),
            unreadable(""),
        ),
        Row::probe("ods of nothing", open_document_of("", ""), unreadable("ends too early")),
        Row::probe(
            "ods locked with a password",
            open_document_of(
                "<office:document-content></office:document-content>",
                "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
            ),
            unreadable("locked with a password"),
        ),
        Row::probe(
            "ods with a yes-or-no that is neither",
            value("boolean", "office:boolean-value=\"perhaps\"", "perhaps"),
            damaged("perhaps"),
        ),
        Row::probe(
            "ods with a date that there is not",
            value("date", "office:date-value=\"2024-02-30\"", "30/02/2024"),
            vec![Expected::at("not-a-number", "Probe!B2", "2024-02-30")],
        ),
        Row::probe("ods with a number that is none", value("float", "office:value=\"NaN\"", "NaN"), damaged("NaN")),
        Row::probe("ods with the number 1e400", value("float", "office:value=\"1e400\"", "1e400"), too_large()),
        Row::probe(
            "ods with a number that is a word",
            value("float", "office:value=\"thousand\"", "thousand"),
            unreadable("damaged"),
        ),
        Row::probe(
            "ods with a value of a kind that nobody knows",
            value("money", "office:value=\"1000\"", "1000"),
            damaged("money"),
        ),
        Row::probe(
            "ods with an error value",
            value(
                "string",
                "office:string-value=\"\" calcext:value-type=\"error\" table:formula=\"of:=1/0\"",
                "#DIV/0!",
            ),
            vec![Expected::at("error-value", "Probe!B2", "#DIV/0!")],
        ),
        Row::probe("ods printed prettily", content(&|text| text.replace("><", ">\n  <")), reads_1000()),
        Row::probe(
            "billion laughs in an ods",
            content(&|text| text.replace("<office:document-content", &laughs).replace("Dawn", "&l9;")),
            unreadable("entities"),
        ),
        Row::probe(
            "ods of 100,000 elements in each other",
            content(&|text| text.replace("Dawn", &deep)),
            unreadable(""),
        )
        .or(reads_1000()),
        Row::probe(
            "ods with a text of ten million characters",
            content(&|text| text.replace("Dawn", &"long text ".repeat(1_000_000))),
            unreadable("characters"),
        ),
        Row::probe(
            "ods in UTF-16",
            {
                let parts = [
                    ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
                    ("content.xml", utf_16(&content_of_good())),
                ];
                package(&parts)
            },
            unreadable("UTF-16"),
        )
        .awaits("guard: said to end too early, which is not what is wrong"),
        Row::probe(
            "ods with two sheets of one name",
            content(&|text| {
                text.replace("</office:spreadsheet>", "<table:table table:name=\"Probe\"><table:table-row><table:table-cell/></table:table-row></table:table></office:spreadsheet>")
            }),
            unreadable("two sheets are named Probe"),
        ),
        Row::probe(
            "ods with 5,000 sheets",
            content(&|text| {
                let sheets: String = (0..5_000).map(|index| format!("<table:table table:name=\"S{index}\"><table:table-row><table:table-cell/></table:table-row></table:table>")).collect();
                text.replace("</office:spreadsheet>", &format!("{sheets}</office:spreadsheet>"))
            }),
            unreadable("more than 2,000 sheets"),
        ),
        Row::probe(
            "a text document of LibreOffice",
            package(&[
                ("mimetype", "application/vnd.oasis.opendocument.text"),
                ("content.xml", "<office:document-content/>"),
            ]),
            unreadable("not a spreadsheet"),
        ),
    ];
    for row in &mut rows {
        row.path = row.path.replace(".xlsx", ".ods");
    }
    rows
}

fn content_of_good() -> String {
    let mut content = String::new();
    edit_parts(&good_ods(), |name, text| {
        if name == "content.xml" {
            content.clone_from(&text);
        }
        text
    });
    content
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Every figure of a column was read.
fn too_many(column: &str) -> Vec<Expected> {
    reads(&format!("{column}2:{column}1048578"), "")
}

/// The good figure; the 7 stands in the column of items.
fn reads_and_7() -> Vec<Expected> {
    reads("B2:B3", "1000")
}
