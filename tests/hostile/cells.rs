//! Cells that lie about where they are, what they hold, or how they are computed.

use crate::probe::{Book, ROWS, shared_texts, worksheet};
use crate::row::{Expected, Row, reads_1000, unreadable};

/// One row for each.
pub fn rows() -> Vec<Row> {
    let mut rows = places();
    rows.extend(values());
    rows.extend(formulas());
    rows.extend(counts());
    rows
}

fn one(name: &str, cells: &str, expected: Vec<Expected>) -> Row {
    Row::probe(name, Book::cells(cells).bytes(), expected)
}

/// The good rows, and more behind them.
fn and(name: &str, rows: &str, expected: Vec<Expected>) -> Row {
    Row::probe(name, Book::rows(&format!("{ROWS}{rows}")).bytes(), expected)
}

fn places() -> Vec<Row> {
    let beyond = || unreadable("beyond the last that Excel has");
    let dimension = |reference: &str, rows: &str| {
        worksheet(rows).replace("<sheetData>", &format!("<dimension ref=\"{reference}\"/><sheetData>"))
    };
    let corner = format!("{ROWS}<row r=\"1048576\"><c r=\"XFD1048576\"><v>7</v></c></row>");
    let (headings, row_2) = ROWS.split_once("<row r=\"2\">").unwrap();
    let row_3 = "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>Dusk</t></is></c><c r=\"B3\"><v>-5</v></c></row>";
    vec![
        Row::probe("cells in opposite corners", Book::of(&worksheet(&corner)).bytes(), reads_1000()),
        Row::probe(
            "a dimension of the whole grid",
            Book::of(&dimension("A1:XFD1048576", &corner)).bytes(),
            reads_1000(),
        ),
        Row::probe("a dimension beyond the grid", Book::of(&dimension("A1:ZZZZ99999999", ROWS)).bytes(), reads_1000())
            .or(unreadable("")),
        Row::probe("a dimension that is no area", Book::of(&dimension("everything", ROWS)).bytes(), reads_1000())
            .or(unreadable("")),
        Row::probe("a dimension of one cell", Book::of(&dimension("A1", ROWS)).bytes(), reads_1000()),
        and("row 1,048,577", "<row r=\"1048577\"><c r=\"A1048577\"><v>1</v></c></row>", beyond()),
        and("column XFE", "<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>", beyond()),
        and("row four billion", "<row r=\"4294967296\"><c r=\"A4294967296\"><v>1</v></c></row>", beyond()),
        and("row 99999999999999999999", "<row r=\"3\"><c r=\"A99999999999999999999\"><v>1</v></c></row>", beyond()),
        and("column ZZZZZZZZZZZZZZZZ", "<row r=\"3\"><c r=\"ZZZZZZZZZZZZZZZZ3\"><v>1</v></c></row>", beyond()),
        and("row 0", "<row r=\"0\"><c r=\"A0\"><v>1</v></c></row>", beyond()),
        and("row -1", "<row r=\"-1\"><c r=\"A-1\"><v>1</v></c></row>", beyond()),
        and("a cell without a column", "<row r=\"3\"><c r=\"3\"><v>1</v></c></row>", beyond()),
        and("a cell whose place is empty", "<row r=\"3\"><c r=\"\"><v>1</v></c></row>", beyond()),
        and("a cell whose place is a name", "<row r=\"3\"><c r=\"Total\"><v>1</v></c></row>", beyond()),
        one("cells without places", "<c t=\"inlineStr\"><is><t>\"A2\"</t></is></c><c><v>1000</v></c>", reads_1000()),
        Row::probe(
            "a cell given twice",
            Book::cells("<c r=\"B2\"><v>1000</v></c><c r=\"B2\"><v>9000</v></c>").bytes(),
            twice(),
        ),
        Row::probe(
            "a row given twice",
            Book::rows(&format!("{ROWS}<row r=\"2\"><c r=\"B2\"><v>9000</v></c></row>")).bytes(),
            twice(),
        ),
        Row::probe(
            "rows out of order",
            Book::rows(&format!("{headings}{row_3}<row r=\"2\">{row_2}")).bytes(),
            reads_1000(),
        ),
        one(
            "cells out of order",
            "<c r=\"B2\"><v>1000</v></c><c r=\"A2\" t=\"inlineStr\"><is><t>Dawn</t></is></c>",
            reads_1000(),
        ),
        one(
            "a cell in another row than its row",
            "<c r=\"A2\" t=\"inlineStr\"><is><t>Dawn</t></is></c><c r=\"B3\"><v>1000</v></c>",
            vec![Expected::at("unclaimed-figures", "Probe!B3", "£1,000.00")],
        ),
    ]
}

fn twice() -> Vec<Expected> {
    vec![Expected::at("cell-given-twice", "Probe!B2", "1000” and “9000")]
}

fn damaged_item() -> Vec<Expected> {
    vec![Expected::at("damaged-cell", "Probe!A2", "list of texts")]
}

/// The figure was not read, and the message quotes what stands there.
fn damaged(words: &str) -> Vec<Expected> {
    vec![Expected::at("damaged-cell", "Probe!B2", words)]
}

fn values() -> Vec<Row> {
    let too_large = |words: &str| vec![Expected::at("amount-too-large", "Probe!B2", words)];
    let long = |count: usize| {
        format!(
            "<c r=\"A2\" t=\"inlineStr\"><is><t>{}</t></is></c><c r=\"B2\"><v>1000</v></c>",
            "long text ".repeat(count / 10)
        )
    };
    vec![
        one("the number NaN", "<c r=\"B2\"><v>NaN</v></c>", damaged("NaN")),
        one("the number INF", "<c r=\"B2\"><v>INF</v></c>", damaged("INF")),
        one("the number 1e400", "<c r=\"B2\"><v>1e400</v></c>", too_large("B2")),
        one("the number -1e400", "<c r=\"B2\"><v>-1e400</v></c>", too_large("B2")),
        one("a number that is a word", "<c r=\"B2\"><v>thousand</v></c>", damaged("thousand")),
        one("a number with a comma", "<c r=\"B2\"><v>1,000</v></c>", damaged("1,000")),
        one("an empty number", "<c r=\"A2\"><v>1</v></c><c r=\"B2\"><v></v></c>", Vec::new()),
        one("two values in a cell", "<c r=\"B2\"><v>1000</v><v>9000</v></c>", damaged("1000 9000")),
        one("a cell of a type that nobody knows", "<c r=\"B2\" t=\"money\"><v>1000</v></c>", damaged("money")),
        one(
            "a date that there is not, 30 February",
            "<c r=\"B2\" t=\"d\"><v>2024-02-30</v></c>",
            vec![Expected::at("not-a-number", "Probe!B2", "2024-02-30")],
        ),
        one("a yes-or-no that is neither", "<c r=\"B2\" t=\"b\"><v>perhaps</v></c>", damaged("TRUE or FALSE")),
        one(
            "a newer error value",
            "<c r=\"B2\" t=\"e\"><v>#SPILL!</v></c>",
            vec![Expected::at("error-value", "Probe!B2", "#SPILL!")],
        ),
        one(
            "an error value that nobody knows",
            "<c r=\"B2\" t=\"e\"><v>#OH_NO!</v></c>",
            vec![Expected::at("error-value", "Probe!B2", "#OH_NO!")],
        ),
        one("a text of 40,000 characters", &long(40_000), reads_1000()),
        one("a text of ten million characters", &long(10_000_000), unreadable("characters")),
        one(
            "a text of a million brackets",
            &format!(
                "<c r=\"A2\" t=\"inlineStr\"><is><t>{}</t></is></c><c r=\"B2\"><v>1000</v></c>",
                "(".repeat(1_000_000)
            ),
            unreadable("characters"),
        ),
        one("a style beyond the styles", "<c r=\"B2\" s=\"4000000000\"><v>1000</v></c>", reads_1000())
            .or(unreadable("")),
        one("a style that is no number", "<c r=\"B2\" s=\"bold\"><v>1000</v></c>", reads_1000()).or(unreadable("")),
        one("a style below 0", "<c r=\"B2\" s=\"-1\"><v>1000</v></c>", reads_1000()).or(unreadable("")),
        Row::probe(
            "a shared text beyond the last",
            Book::cells("<c r=\"A2\" t=\"s\"><v>4000000000</v></c><c r=\"B2\"><v>1000</v></c>")
                .sharing(&shared_texts("1", "<si><t>Dawn</t></si>"))
                .bytes(),
            [damaged_item(), reads_1000()].concat(),
        ),
        Row::probe(
            "a shared text that is no number",
            Book::cells("<c r=\"A2\" t=\"s\"><v>first</v></c><c r=\"B2\"><v>1000</v></c>")
                .sharing(&shared_texts("1", "<si><t>Dawn</t></si>"))
                .bytes(),
            [damaged_item(), reads_1000()].concat(),
        ),
        one(
            "a shared text where none are shared",
            "<c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\"><v>1000</v></c>",
            [damaged_item(), reads_1000()].concat(),
        ),
    ]
}

fn formulas() -> Vec<Row> {
    let formula = |text: &str| format!("<c r=\"B2\"><f>{text}</f><v>1000</v></c>");
    let plus = |code: &'static str, words: &str| [reads_1000(), vec![Expected::at(code, "Probe!B2", words)]].concat();
    vec![
        one(
            "10,000 brackets in each other",
            &formula(&format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000))),
            reads_1000(),
        ),
        one(
            "10,000 functions in each other",
            &formula(&format!("{}1{}", "ABS(".repeat(10_000), ")".repeat(10_000))),
            reads_1000(),
        ),
        one("a formula of 10,000 signs", &formula(&format!("{}1", "-".repeat(10_000))), reads_1000()),
        one("a formula of 200,000 characters", &formula(&"1+".repeat(100_000)), reads_1000()),
        one("a formula of 50,000 sums", &formula(&format!("1{}", "+1".repeat(50_000))), reads_1000())
            .or(plus("stale-result", "50,001")),
        one("a formula of itself", &formula("B2+1"), plus("circular-reference", "B2")),
        one("a formula of what was deleted", &formula("#REF!+1"), plus("broken-reference", "")),
        one("a formula of nothing", &formula(""), reads_1000()),
        one("a formula that is none", &formula("=)(;;"), reads_1000()),
        one("a formula of the whole grid", &formula("SUM(A:XFD)"), plus("circular-reference", "")),
        one(
            "a formula that repeats a text a million times",
            &formula("LEN(REPT(&quot;ten letter&quot;,1000000))"),
            reads_1000(),
        )
        .or(plus("stale-result", "")),
        one(
            "a formula that asks another workbook",
            &formula("WEBSERVICE(&quot;https://example.org&quot;)"),
            reads_1000(),
        ),
        one(
            "a formula without a result",
            "<c r=\"B2\"><f>500*2</f></c>",
            vec![Expected::at("formula-without-result", "Probe!B2", "")],
        ),
        one(
            "a shared formula of index 4,000,000,000",
            "<c r=\"B2\"><f t=\"shared\" ref=\"B2:B3\" si=\"4000000000\">500*2</f><v>1000</v></c>",
            unreadable(""),
        ),
        one(
            "a shared formula of index 100,000,000",
            "<c r=\"B2\"><f t=\"shared\" ref=\"B2:B3\" si=\"100000000\">500*2</f><v>1000</v></c>",
            unreadable(""),
        ),
        one(
            "a shared formula that is stated nowhere",
            "<c r=\"B2\"><f t=\"shared\" si=\"0\"/><v>1000</v></c>",
            damaged("shares a formula"),
        ),
        one(
            "a shared formula over the whole grid",
            "<c r=\"B2\"><f t=\"shared\" ref=\"A1:XFD1048576\" si=\"0\">500*2</f><v>1000</v></c>",
            reads_1000(),
        )
        .or(unreadable("")),
        one(
            "an array formula over the whole grid",
            "<c r=\"B2\"><f t=\"array\" ref=\"A1:XFD1048576\">500*2</f><v>1000</v></c>",
            reads_1000(),
        )
        .or(unreadable("")),
    ]
}

fn counts() -> Vec<Row> {
    let text = "<si><t>Dawn</t></si>";
    let shared = |count: &str, texts: &str| {
        let cells = "<c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\"><v>1000</v></c>";
        Book::cells(cells).sharing(&shared_texts(count, texts)).bytes()
    };
    let after = |more: &str| Book::of(&worksheet(ROWS).replace("</sheetData>", &format!("</sheetData>{more}"))).bytes();
    let merged: String =
        (0..200_000).map(|index| format!("<mergeCell ref=\"D{}:E{}\"/>", index + 5, index + 5)).collect();
    let wide: String =
        (1..=2_000).map(|row| format!("<row r=\"{}\"><c r=\"XFD{}\"><v>1</v></c></row>", row + 10, row + 10)).collect();
    let line: String = (3..=16_384).map(|_| "<c><v>1</v></c>").collect();
    vec![
        Row::probe("shared texts that say there are 4 billion", shared("4294967295", text), unreadable("")),
        Row::probe(
            "shared texts that say there are 18 quintillion",
            shared("18446744073709551615", text),
            unreadable(""),
        ),
        Row::probe(
            "shared texts that say there are 6 million",
            shared("6000000", text),
            unreadable("more than 5,000,000"),
        )
        .or(unreadable("")),
        Row::probe("shared texts that say there are none", shared("0", text), reads_1000()),
        Row::probe("shared texts that say there are -1", shared("-1", text), reads_1000()).or(unreadable("")),
        Row::probe(
            "six million shared texts that are empty",
            shared("1", &(text.to_owned() + &"<si/>".repeat(6_000_000))),
            unreadable("5,000,000"),
        ),
        Row::probe("a million merged areas in the count alone", after("<mergeCells count=\"1000000\"/>"), reads_1000()),
        Row::probe(
            "200,000 merged areas",
            after(&format!("<mergeCells count=\"200000\">{merged}</mergeCells>")),
            reads_1000(),
        ),
        Row::probe("the whole grid merged", after("<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>"), {
            [reads_1000(), vec![Expected::at("merged-cells", "Probe!A1:XFD1048576", "only A1 holds a value")]].concat()
        }),
        Row::probe(
            "a merged area that is none",
            after("<mergeCells><mergeCell ref=\"everything\"/></mergeCells>"),
            reads_1000(),
        ),
        Row::probe(
            "2,000 rows that have one cell in the last column",
            Book::rows(&format!("{ROWS}{wide}")).bytes(),
            [reads_1000(), vec![Expected::at("unclaimed-figures", "Probe!XFD11:XFD2010", "")]].concat(),
        ),
        Row::probe(
            "a row of 16,384 columns",
            Book::rows(&format!("{ROWS}<row r=\"30\"><c r=\"B30\"/>{line}</row>")).bytes(),
            reads_1000(),
        ),
        Row::probe(
            "a row of 20,000 columns",
            Book::rows(&format!("{ROWS}<row r=\"30\"><c r=\"B30\"/>{line}{}</row>", "<c><v>1</v></c>".repeat(3_616)))
                .bytes(),
            unreadable("beyond the last that Excel has"),
        ),
    ]
}
