//! Workbooks (`.xlsx`) from readable inline text.
//!
//! ```text
//! # Spend
//! Payments made in April 2022
//!
//! Date paid  | Reference | Project    | Amount
//! 2022-04-15 | INV-0001  | Hate Crime | £561.44
//!            |           | Total      | =SUM(D4:D4) -> £561.44
//!
//! # Lists (hidden)
//! Hate Crime
//! ```
//!
//! `# Name` begins a sheet, whose first row is the next line; `# Name (hidden)` a hidden one. Every further line is a
//! row, an empty line an empty row, and `|` stands between cells. A cell is one of:
//!
//! | written | is |
//! |---|---|
//! | nothing | no cell |
//! | `2022-04-15` | a date |
//! | `2022-04` | the first of that month, shown as a month |
//! | `£1,250.00`, `-£5.00` | a number shown as money |
//! | `12`, `-3.5`, `1e400` | a number |
//! | `12%` | 0.12 shown as a percentage |
//! | `788083.05 as #,##0,` | a number with that number format |
//! | `serial 60` | that number shown as a date |
//! | `TRUE`, `FALSE` | yes or no |
//! | `#REF!`, `#SPILL!` | an error value |
//! | `=SUM(D4:D5) -> £12.00` | a formula, and the result that is stored with it |
//! | `=SUM(D4:D5)` | a formula that was never calculated |
//! | `"2022-04-15"` | a text; `\n`, `\"`, `\\`, `\u{a0}` within |
//! | anything else | a text |
//!
//! Lines that begin with `@` are no rows; they stand directly below the sheet's name: `@merge B3:D3` (the text stays in the
//! first cell), `@table Payments A3:C9` (an Excel table), `@name Paid = Spend!$A$3:$C$9` (a defined name),
//! `@hide row 5`, `@hide column C`.

use crosscast::model::Position;
use regex::{Captures, Regex};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::package::edit_parts;

/// Stands where a result is taken out again, since the writer always stores one.
const NO_RESULT: &str = "CROSSCAST-NO-RESULT";
/// Stands before an error value, since the writer knows only the older ones.
const ERROR: &str = "CROSSCAST-ERROR ";
/// Stands for the formula of a cell that has none.
const CONSTANT: &str = "CROSSCASTCONSTANT";

/// The bytes of an `.xlsx` workbook; the same text always gives the same bytes.
pub fn workbook(text: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2023, 4, 1).expect("a day that exists");
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let mut row = 0;
    let mut names = Vec::new();
    let mut sheet: Option<&mut Worksheet> = None;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("# ") {
            let (name, hidden) = name.strip_suffix(" (hidden)").map_or((name, false), |name| (name, true));
            let begun = workbook.add_worksheet();
            begun.set_name(name).expect("a name that a sheet can have").set_hidden(hidden);
            sheet = Some(begun);
            row = 0;
        } else if let Some(name) = line.strip_prefix("@name ") {
            names.push(name.split_once(" = ").expect("a name and what it stands for"));
        } else if let (Some(word), Some(sheet)) = (line.strip_prefix('@'), &mut sheet) {
            obey(sheet, word);
        } else if let Some(sheet) = &mut sheet {
            for (column, cell) in split(line).iter().enumerate() {
                write(sheet, row, u16::try_from(column).expect("a column that Excel has"), cell);
            }
            row += 1;
        } else {
            assert!(line.is_empty(), "a sheet must begin with # before {line}");
        }
    }
    for (name, refers_to) in names {
        workbook.define_name(name, &format!("={refers_to}")).expect("a name that Excel has");
    }
    finish(workbook.save_to_buffer().expect("a workbook that can be written"))
}

/// Does what a line beginning with `@` says.
fn obey(sheet: &mut Worksheet, line: &str) {
    let area = |text: &str| {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let cell = |text: &str| text.parse::<Position>().expect("a cell such as B3");
        let column = |cell: Position| u16::try_from(cell.column).expect("a column that Excel has");
        (cell(first).row, column(cell(first)), cell(last).row, column(cell(last)))
    };
    match line.split(' ').collect::<Vec<_>>().as_slice() {
        ["merge", cells] => {
            let (row, column, last_row, last_column) = area(cells);
            sheet.merge_range(row, column, last_row, last_column, "", &Format::new()).expect("cells to merge");
        }
        ["table", name, cells] => {
            let (row, column, last_row, last_column) = area(cells);
            let table = rust_xlsxwriter::Table::new().set_name(*name);
            sheet.add_table(row, column, last_row, last_column, &table).expect("cells of a table");
        }
        ["hide", "row", row] => {
            let row: u32 = row.parse().expect("the number of a row");
            sheet.set_row_hidden(row - 1).expect("a row that Excel has");
        }
        ["hide", "column", letters] => {
            let (_, column, ..) = area(&format!("{letters}1"));
            sheet.set_column_hidden(column).expect("a column that Excel has");
        }
        _ => panic!("@{line} is not known"),
    }
}

/// The cells of a line, trimmed; a `|` between quotes does not part them.
fn split(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for character in line.chars() {
        if character == '|' && !quoted {
            cells.push(String::new());
            continue;
        }
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = character == '\\' && !escaped;
        cells.last_mut().expect("never empty").push(character);
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// What a cell's notation says.
enum Notation<'t> {
    Number(f64, &'t str),
    Boolean(bool),
    Error(String),
    Text(String),
}

fn notation(cell: &str) -> Notation<'_> {
    if let Some(inner) = cell.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        return Notation::Text(unescaped(inner));
    }
    if let Some(number) = cell.strip_prefix("serial ").and_then(|number| number.parse().ok()) {
        return Notation::Number(number, "dd/mm/yyyy");
    }
    if let Some((number, format)) = cell.split_once(" as ").and_then(|(number, as_)| Some((number.parse().ok()?, as_)))
    {
        return Notation::Number(number, format);
    }
    if let Some(serial) = serial_of(cell) {
        return Notation::Number(serial, "dd/mm/yyyy");
    }
    if let Some(serial) = serial_of(&format!("{cell}-01")) {
        return Notation::Number(serial, "mmmm yyyy");
    }
    let money = Regex::new(r"^(-?)£([\d,]+(?:\.\d+)?)$").unwrap();
    if let Some(parts) = money.captures(cell) {
        let number: f64 = format!("{}{}", &parts[1], parts[2].replace(',', "")).parse().unwrap();
        return Notation::Number(number, "£#,##0.00");
    }
    if let Some(number) = cell.strip_suffix('%').and_then(|number| number.parse::<f64>().ok()) {
        return Notation::Number(number / 100.0, "0%");
    }
    if Regex::new(r"^-?\d+(\.\d+)?(e\d+)?$").unwrap().is_match(cell) {
        return Notation::Number(cell.parse().unwrap(), "General");
    }
    match cell {
        "TRUE" => Notation::Boolean(true),
        "FALSE" => Notation::Boolean(false),
        _ if Regex::new(r"^#([A-Z0-9/_]+[!?]|N/A|GETTING_DATA)$").unwrap().is_match(cell) => {
            Notation::Error(cell.to_owned())
        }
        _ => Notation::Text(cell.to_owned()),
    }
}

/// The serial number of a day written as `2022-04-15`.
fn serial_of(text: &str) -> Option<f64> {
    if !Regex::new(r"^\d{4}-\d{2}-\d{2}$").unwrap().is_match(text) {
        return None;
    }
    let day: chrono::NaiveDate = text.parse().ok()?;
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
    Some(day.signed_duration_since(epoch).num_days() as f64)
}

fn unescaped(text: &str) -> String {
    let escape = Regex::new(r#"\\(n|t|"|\\|u\{([0-9a-fA-F]+)\})"#).unwrap();
    let replaced = escape.replace_all(text, |found: &Captures<'_>| match &found[1] {
        "n" => "\n".to_owned(),
        "t" => "\t".to_owned(),
        plain @ ("\"" | "\\") => plain.to_owned(),
        _ => char::from_u32(u32::from_str_radix(&found[2], 16).unwrap()).unwrap().to_string(),
    });
    replaced.into_owned()
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) {
    let written = match cell.strip_prefix('=').map(|formula| formula.split_once("->").unwrap_or((formula, ""))) {
        Some((formula, "")) => {
            sheet.write_formula(row, column, Formula::new(formula.trim()).set_result(NO_RESULT)).map(drop)
        }
        Some((formula, result)) => {
            let formula = Formula::new(formula.trim());
            match notation(result.trim()) {
                Notation::Number(number, format) => {
                    let format = Format::new().set_num_format(format);
                    let formula = formula.set_result(number.to_string());
                    sheet.write_formula_with_format(row, column, formula, &format).map(drop)
                }
                Notation::Boolean(value) => {
                    let result = if value { "TRUE" } else { "FALSE" };
                    sheet.write_formula(row, column, formula.set_result(result)).map(drop)
                }
                Notation::Error(error) => {
                    sheet.write_formula(row, column, formula.set_result(format!("{ERROR}{error}"))).map(drop)
                }
                Notation::Text(text) => sheet.write_formula(row, column, formula.set_result(text)).map(drop),
            }
        }
        None if cell.is_empty() => Ok(()),
        None => match notation(cell) {
            Notation::Number(number, "General") if number.is_finite() => {
                sheet.write_number(row, column, number).map(drop)
            }
            // The writer would make a text of it.
            Notation::Number(number, "General") => {
                let formula = Formula::new(CONSTANT).set_result(number.to_string());
                sheet.write_formula(row, column, formula).map(drop)
            }
            Notation::Number(number, format) => {
                sheet.write_number_with_format(row, column, number, &Format::new().set_num_format(format)).map(drop)
            }
            Notation::Boolean(value) => sheet.write_boolean(row, column, value).map(drop),
            Notation::Error(error) => {
                let formula = Formula::new(CONSTANT).set_result(format!("{ERROR}{error}"));
                sheet.write_formula(row, column, formula).map(drop)
            }
            Notation::Text(text) => sheet.write_string(row, column, text).map(drop),
        },
    };
    written.unwrap_or_else(|error| panic!("{cell}: {error}"));
}

/// Takes out what only stood for something else.
fn finish(bytes: Vec<u8>) -> Vec<u8> {
    edit_parts(&bytes, |name, text| {
        if !name.starts_with("xl/worksheets/") {
            return text;
        }
        let text = text.replace(" t=\"str\"><f>", "\u{1}");
        let no_result = Regex::new(&format!("\u{1}([^<\u{1}]*)</f><v>{NO_RESULT}</v>")).unwrap();
        let text = no_result.replace_all(&text, "><f>$1</f>").into_owned();
        let error = Regex::new(&format!("\u{1}([^<\u{1}]*)</f><v>{ERROR}([^<]*)</v>")).unwrap();
        let text = error.replace_all(&text, " t=\"e\"><f>$1</f><v>$2</v>").into_owned();
        text.replace('\u{1}', " t=\"str\"><f>").replace(&format!("<f>{CONSTANT}</f>"), "")
    })
}
