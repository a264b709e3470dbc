//! What a reader could take for something else in silence is told, cell by cell, or read rightly: nothing is guessed.

use crosscast::model::{Damage, RawValue, UnreadableWorkbook, Workbook};
use crosscast::read::read;

use crate::support::package::edit_parts;
use crate::support::{pack, workbook};

const TABLE: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
";

fn of(bytes: &[u8]) -> Workbook {
    read("2022-04.xlsx", bytes, &pack(&[("spend", "Spend", TABLE)]))
}

fn whole(bytes: &[u8]) -> Workbook {
    let read = of(bytes);
    assert_eq!(read.unreadable, None);
    read
}

fn why_damaged(bytes: &[u8]) -> String {
    match of(bytes).unreadable {
        Some(UnreadableWorkbook::Damaged(words)) => words,
        other => panic!("{other:?}"),
    }
}

/// A workbook of two payments on the sheet Spend, with the XML of the first amount, in B2, replaced.
fn with_cell(cell: &str) -> Vec<u8> {
    with_sheet("<c r=\"B2\"><v>1000</v></c>", cell)
}

/// The same with a text of the sheet's XML replaced, which must be there.
fn with_sheet(from: &str, to: &str) -> Vec<u8> {
    let bytes = workbook("# Spend\nProject | Amount\nDawn | 1000\nDusk | 2000\n# Other\nDusk");
    edit_parts(&bytes, |name, text| match name {
        "xl/worksheets/sheet1.xml" => {
            assert!(text.contains(from), "{from} is not in {text}");
            text.replacen(from, to, 1)
        }
        _ => text,
    })
}

/// What B2 is read as; that the cells around it are read as they were is looked at too.
fn held(cell: &str) -> RawValue {
    let read = whole(&with_cell(cell));
    let rows: Vec<_> = read.tables[0].rows.iter().map(|row| row.cells[1].raw.clone()).collect();
    assert_eq!((rows.len(), &rows[1]), (2, &RawValue::Number(2000.0)), "{cell}");
    rows[0].clone()
}

/// What is damaged of B2, the only cell that is.
fn damage(cell: &str) -> Damage {
    let read = whole(&with_cell(cell));
    let damaged = &read.sheets[0].damaged;
    assert_eq!(damaged.len(), 1, "{cell}: {damaged:?}");
    assert_eq!(damaged[0].position.to_string(), "B2", "{cell}");
    assert_eq!(held(cell), RawValue::Damaged, "{cell}");
    damaged[0].damage.clone()
}

fn text(text: &str) -> RawValue {
    RawValue::Text(text.into())
}

#[test]
fn a_cell_that_is_given_twice() {
    let twice = |first: &str, last: &str| Damage::GivenTwice { times: 2, first: first.into(), last: last.into() };
    assert_eq!(damage("<c r=\"B2\"><v>1000</v></c><c r=\"B2\"><v>9000</v></c>"), twice("1000", "9000"));
    assert_eq!(damage("<c r=\"B2\"><v>1000</v></c><c r=\"B2\"><f>A1</f><v>1000</v></c>"), twice("1000", "1000"));
    assert_eq!(damage("<c r=\"B2\"><v>1000</v></c><c r=\"B2\" s=\"1\"/>"), twice("1000", ""));
    let in_two_rows = "<c r=\"B2\"><v>1000</v></c></row><row r=\"2\"><c r=\"B2\"><v>9000</v></c>";
    assert_eq!(damage(in_two_rows), twice("1000", "9000"));

    // The same twice, an empty one before it, and a row in two pieces leave nothing open.
    for cell in [
        "<c r=\"B2\"><v>1000</v></c><c r=\"B2\"><v>1000</v></c>",
        "<c r=\"B2\" s=\"1\"/><c r=\"B2\"><v>1000</v></c>",
        "</row><row r=\"2\"><c r=\"B2\"><v>1000</v></c>",
    ] {
        assert_eq!(held(cell), RawValue::Number(1000.0), "{cell}");
        assert_eq!(whole(&with_cell(cell)).sheets[0].damaged, []);
    }
}

#[test]
fn a_cell_on_a_sheet_that_no_table_claims_is_told_too() {
    let bytes = edit_parts(&with_cell("<c r=\"B2\"><v>1000</v></c>"), |name, text| match name {
        "xl/worksheets/sheet2.xml" => text.replace("</row>", "<c r=\"B1\"><v>NaN</v></c></row>"),
        _ => text,
    });
    let read = whole(&bytes);
    assert_eq!(read.sheets[1].damaged[0].damage, Damage::NotANumber("NaN".into()));
    assert_eq!((read.sheets[1].grid.is_none(), read.unread_sheets.len()), (true, 0));
}

#[test]
fn numbers() {
    for (written, number) in [
        ("1E+2", 100.0),
        ("-0", 0.0),
        ("0.1", 0.1),
        ("12345678901234567890", 12_345_678_901_234_567_000.0),
        (".5", 0.5),
    ] {
        assert_eq!(held(&format!("<c r=\"B2\"><v>{written}</v></c>")), RawValue::Number(number), "{written}");
        assert_eq!(held(&format!("<c r=\"B2\" t=\"n\"><v>{written}</v></c>")), RawValue::Number(number), "{written}");
    }
    for written in ["NaN", "INF", "-INF", "inf", "1,5", "1 000", "0x1p3", "twelve"] {
        for kind in ["", " t=\"n\""] {
            let cell = format!("<c r=\"B2\"{kind}><v>{written}</v></c>");
            assert_eq!(damage(&cell), Damage::NotANumber(written.into()), "{cell}");
        }
    }
    assert_eq!(held("<c r=\"B2\"><v>1e400</v></c>"), RawValue::Number(f64::INFINITY), "told as too large");
    for empty in ["<c r=\"B2\"><v/></c>", "<c r=\"B2\"><v></v></c>", "<c r=\"B2\"><v> </v></c>", "<c r=\"B2\"/>"] {
        assert_eq!(held(empty), RawValue::Empty, "{empty}");
    }
}

#[test]
fn values_in_pieces() {
    let differently = |text: &str| Damage::ReadDifferently(text.into());
    for value in ["10<!-- a -->00", "10<![CDATA[00]]>", "<![CDATA[1000]]>", "10&#48;0", "1000</v><v>", "10<b/>00"] {
        assert!(matches!(damage(&format!("<c r=\"B2\"><v>{value}</v></c>")), Damage::ReadDifferently(_)), "{value}");
    }
    assert_eq!(damage("<c r=\"B2\"><v>1000</v><v>9000</v></c>"), differently("1000 9000"));
    assert_eq!(damage("<c r=\"B2\"><v> 1000 </v></c>"), differently(" 1000 "));
    assert_eq!(damage("<c r=\"B2\" t=\"str\"><v>a<![CDATA[b]]></v></c>"), differently("ab"));
    assert_eq!(damage("<c r=\"B2\" t=\"inlineStr\"><v>lost</v></c>"), differently("lost"));
    assert_eq!(held("<c r=\"B2\"><!-- a --><v>1000</v><!-- b --></c>"), RawValue::Number(1000.0));
    assert_eq!(held("<c r=\"B2\"><?go on?><v>1000</v></c>"), RawValue::Number(1000.0));
    assert_eq!(held("<c r=\"B2\" t=\"str\"><v>a<!-- c -->&amp;&#98;</v></c>"), text("a&b"));
}

#[test]
fn texts_of_the_list() {
    for index in ["99", "-1", "1.0", "first", " 0"] {
        let cell = format!("<c r=\"B2\" t=\"s\"><v>{index}</v></c>");
        assert_eq!(damage(&cell), Damage::NoSuchText(index.into()), "{index}");
    }
    assert_eq!(held("<c r=\"B2\" t=\"s\"><v>0</v></c>"), text("Project"));
    assert_eq!(held("<c r=\"B2\" t=\"s\"><v/></c>"), RawValue::Empty);
    assert_eq!(held("<c r=\"B2\" t=\"s\"/>"), RawValue::Empty);
}

#[test]
fn texts_are_read_as_excel_shows_them() {
    for (inline, shown) in [
        ("<t>a b</t>", "a b"),
        ("<t xml:space=\"preserve\"> a </t>", " a "),
        ("<r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r>", "ab"),
        ("<t>a</t><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh>", "a"),
        ("<t>_x0041_b_x000D_c_x005F_x0041_</t>", "Ab\rc_x0041_"),
        ("<t><![CDATA[<b>&]]></t>", "<b>&"),
        ("<t>&lt;&#233;&#x1F512;</t>", "<é🔒"),
        ("<t>a_x0000_b</t>", "a\0b"),
    ] {
        assert_eq!(held(&format!("<c r=\"B2\" t=\"inlineStr\"><is>{inline}</is></c>")), text(shown), "{inline}");
    }
    assert_eq!(held("<c r=\"B2\" t=\"str\"><v>no formula</v></c>"), text("no formula"));
    assert_eq!(held("<c r=\"B2\" t=\"str\"><f>A1</f><v></v></c>"), text(""));
}

#[test]
fn kinds_of_values() {
    assert_eq!(damage("<c r=\"B2\" t=\"b\"><v>2</v></c>"), Damage::NotYesOrNo("2".into()));
    assert_eq!(held("<c r=\"B2\" t=\"b\"><v>true</v></c>"), RawValue::Boolean(true));
    assert_eq!(held("<c r=\"B2\" t=\"b\"><v>0</v></c>"), RawValue::Boolean(false));
    assert_eq!(damage("<c r=\"B2\" t=\"money\"><v>2</v></c>"), Damage::UnknownKind("money".into()));
    assert_eq!(damage("<c r=\"B2\" t=\"e\"><v></v></c>"), Damage::ReadDifferently("".into()));
    assert_eq!(damage("<c r=\"B2\"><v>1</v><x><y>2</y></x></c>"), Damage::NotRead);
}

#[test]
fn newer_error_values_cost_one_cell() {
    for error in [
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#BLOCKED!",
        "#FIELD!",
        "#UNKNOWN!",
        "#CONNECT!",
        "#PYTHON!",
        "#EXTERNAL!",
        "#BUSY!",
        "#N/A",
        "#REF!",
    ] {
        assert_eq!(held(&format!("<c r=\"B2\" t=\"e\"><v>{error}</v></c>")), RawValue::Error(error.into()));
    }
}

#[test]
fn formulas_that_nothing_states() {
    assert_eq!(damage("<c r=\"B2\"><f t=\"shared\" si=\"7\"/><v>5</v></c>"), Damage::NoSuchFormula);
    assert_eq!(damage("<c r=\"B2\"><f t=\"shared\" si=\"7\"/></c>"), Damage::NoSuchFormula);
    let read = whole(&with_cell("<c r=\"B2\"><f>A1</f></c>"));
    assert!(read.tables[0].rows[0].cells[1].is_marked(), "told as never calculated");
    // An empty formula reckons nothing.
    assert_eq!(held("<c r=\"B2\"><f/><v>5</v></c>"), RawValue::Number(5.0));
}

#[test]
fn places() {
    for (place, said) in [
        ("XFE2", "XFE2"),
        ("A1048577", "A1048577"),
        ("B4294967298", "B4294967298"),
        ("MWLQKWV2", "MWLQKWV2"),
        ("B0", "B0"),
        ("B", "B"),
        ("2", "2"),
        ("$B$2", "$B$2"),
        ("", ""),
    ] {
        let words = why_damaged(&with_cell(&format!("<c r=\"{place}\"><v>1000</v></c>")));
        let expected = "which lies beyond the last that Excel has, XFD1048576";
        assert_eq!(words, format!("the sheet Spend has a cell {said}, {expected}"));
    }
    let words = why_damaged(&with_sheet("<row r=\"2\"", "<row r=\"4294967298\""));
    assert!(words.starts_with("the sheet Spend has a cell A4294967298, which lies"), "{words}");
    // A cell of another row than it stands in, and then one that does not say where it stands.
    let words = why_damaged(&with_cell("<c r=\"B7\"><v>1000</v></c><c><v>5</v></c>"));
    assert_eq!(words, "in the sheet Spend the place of the cell C7 is not certain");

    assert_eq!(held("<c r=\"b2\"><v>1000</v></c>"), RawValue::Number(1000.0), "lower case");
    assert_eq!(held("<c><v>1000</v></c>"), RawValue::Number(1000.0), "after A2");
    // Rows and cells out of order stand where they say.
    let moved =
        with_sheet("<row r=\"2\"", "<row r=\"9\"><c r=\"B9\"><v>5</v></c><c r=\"A9\"><v>4</v></c></row><row r=\"2\"");
    let amounts: Vec<_> = whole(&moved).tables[0].rows.iter().map(|row| row.cells[1].raw.shown()).collect();
    assert_eq!(amounts, ["1000", "2000", "5"]);
}

#[test]
fn other_names_for_the_same_elements() {
    let prefixed = edit_parts(&with_cell("<c r=\"B2\"><v>1000</v></c>"), |name, text| match name {
        "xl/worksheets/sheet1.xml" => {
            let tags = regex::Regex::new("<(/?)(worksheet|sheetData|row|c|v|f)\\b").unwrap();
            tags.replace_all(&text, "<${1}x:$2").replace("xmlns=", "xmlns:x=")
        }
        _ => text,
    });
    assert_eq!(whole(&prefixed).tables[0].rows[0].cells[1].raw, RawValue::Number(1000.0));
    let strict = edit_parts(&with_cell("<c r=\"B2\"><v>1000</v></c>"), |_, text| {
        text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    });
    assert_eq!(whole(&strict).tables[0].rows[0].cells[1].raw, RawValue::Number(1000.0));
    let twice =
        with_sheet("</sheetData>", "</sheetData><sheetData><row r=\"9\"><c r=\"B9\"><v>5</v></c></row></sheetData>");
    assert_eq!(why_damaged(&twice), "the sheet Spend could not be read to its end");
}

#[test]
fn sheets_that_are_not_what_the_workbook_says() {
    let two = || workbook("# Spend\nProject | Amount\nDawn | 1000\n# Other\nDusk");
    let book = |change: &dyn Fn(&str, String) -> String| why_damaged(&edit_parts(&two(), change));
    let one_part = |name: &str, text: String| match name {
        "xl/_rels/workbook.xml.rels" => text.replace("sheet2.xml", "sheet1.xml"),
        _ => text,
    };
    assert_eq!(book(&one_part), "the sheets Spend and Other are one and the same part of the file");
    let no_sheets = |name: &str, text: String| match name {
        "xl/workbook.xml" => regex::Regex::new("<sheet [^>]*/>").unwrap().replace_all(&text, "").into_owned(),
        _ => text,
    };
    assert_eq!(book(&no_sheets), "it has no sheets");
    let other_kind = |name: &str, text: String| match name {
        "xl/_rels/workbook.xml.rels" => text.replace("worksheets/sheet1.xml", "sharedStrings.xml"),
        _ => text,
    };
    assert_eq!(book(&other_kind), "the sheet Spend leads to what is no sheet");
    let odd_state = |name: &str, text: String| match name {
        "xl/workbook.xml" => text.replace("<sheet name=\"Spend\"", "<sheet state=\"gone\" name=\"Spend\""),
        _ => text,
    };
    assert!(book(&odd_state).contains("gone"));
    // A name that Excel would not take is a name.
    let odd_name = "Other: every/thing [of] the year 2022-23?*";
    let named = edit_parts(&two(), |name, text| match name {
        "xl/workbook.xml" => text.replace("name=\"Other\"", &format!("name=\"{odd_name}\"")),
        _ => text,
    });
    assert_eq!(&*whole(&named).sheets[1].name, odd_name);
}

#[test]
fn days() {
    let day = |day: &str| RawValue::Date(day.parse().unwrap());
    let iso = |text: &str| held(&format!("<c r=\"B2\" t=\"d\"><v>{text}</v></c>"));
    assert_eq!(iso("2022-04-15"), day("2022-04-15"));
    assert_eq!(iso("2022-04-15T10:00:00Z"), day("2022-04-15"));
    for text in ["2022-02-30", "2022-04-15T23:30:00-05:00", "0022-04-15", "10:30:00", "today"] {
        assert_eq!(iso(text), RawValue::ImpossibleDate(text.into()), "{text}");
    }
    assert_eq!(iso(""), RawValue::ImpossibleDate("".into()), "typed as nothing");

    // Serial numbers, in the cell's format of a date.
    let serial = |serial: &str| {
        let bytes = workbook("# Spend\nProject | Amount\nDawn | 2022-04-15");
        let bytes = edit_parts(&bytes, |_, text| text.replace("<v>44666</v>", &format!("<v>{serial}</v>")));
        whole(&bytes).tables[0].rows[0].cells[1].raw.clone()
    };
    assert_eq!(serial("44666"), day("2022-04-15"));
    assert_eq!(serial("59"), day("1900-02-28"));
    for impossible in ["60", "0", "-1", "2958466"] {
        assert_eq!(serial(impossible), RawValue::ImpossibleDate(impossible.into()), "{impossible}");
    }
    assert_eq!(serial("NaN"), RawValue::Damaged);
}
