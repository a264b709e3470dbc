//! A sheet's XML: its cells taken apart, all around them as it was.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use crosscast::model::{Area, Position};
use regex::Regex;

use super::references::moved;
use super::{escaped, plain};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Empty,
    Number(f64),
    Text(String),
    /// A formula without `=`, and the result that is stored with it.
    Formula(String, Outcome),
}

/// What a formula came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It was never calculated.
    None,
    Number(f64),
    Text(String),
    Error(String),
}

/// A cell: the index of its style, and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct CellXml {
    pub style: u32,
    pub content: Content,
}

/// A row: its attributes beside its number, and its cells by zero-based column.
#[derive(Debug, Clone, Default)]
pub struct RowXml {
    pub attributes: String,
    pub cells: BTreeMap<u32, CellXml>,
}

/// A sheet: its rows by zero-based row, and the XML before and after them.
#[derive(Debug, Clone)]
pub struct SheetXml {
    pub name: String,
    /// The name of its part in the package.
    pub part: String,
    /// Up to `<sheetData>`, without the columns.
    before: String,
    /// Attributes of each column by its zero-based number, beside its number.
    columns: BTreeMap<u32, String>,
    pub rows: BTreeMap<u32, RowXml>,
    /// From `</sheetData>` on.
    after: String,
}

static ROW: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?s)<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)"#).unwrap());
static CELL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?s)<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)"#).unwrap());
static COLUMN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"<col min="(\d+)" max="(\d+)"([^>]*?)/>"#).unwrap());
static SPANS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#" spans="[^"]*""#).unwrap());
static NONE_MERGED: LazyLock<Regex> = LazyLock::new(|| Regex::new("<mergeCells[^>]*></mergeCells>").unwrap());
static WITHIN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)<(f|v|t)(?:\s[^>]*)?>(.*?)</(?:f|v|t)>").unwrap());

impl SheetXml {
    /// Takes a sheet's XML apart; `shared` are the texts that its cells name by number.
    pub fn parse(name: &str, part: &str, xml: &str, shared: &[String]) -> Self {
        let (before, rest) = xml.split_once("<sheetData").expect("a sheet with data");
        let (data, after) = match rest.strip_prefix("/>") {
            Some(after) => ("", after),
            None => rest.strip_prefix('>').and_then(|rest| rest.split_once("</sheetData>")).expect("data that end"),
        };
        let mut columns = BTreeMap::new();
        for found in COLUMN.captures_iter(before) {
            let (from, to): (u32, u32) = (found[1].parse().unwrap(), found[2].parse().unwrap());
            columns.extend((from..=to).map(|column| (column - 1, found[3].to_owned())));
        }
        let before = Regex::new("(?s)<cols>.*</cols>").unwrap().replace(before, "").into_owned();
        // What Excel would write anew.
        let before = Regex::new("<dimension [^>]*/>").unwrap().replace(&before, "").into_owned();
        let mut rows = BTreeMap::new();
        for row in ROW.captures_iter(data) {
            let number: u32 = row[1].parse().unwrap();
            let cells = row.get(3).map_or("", |cells| cells.as_str());
            let cells = CELL.captures_iter(cells).map(|cell| {
                let position: Position = cell[1].parse().unwrap();
                (position.column, cell_of(&cell[2], cell.get(3).map_or("", |inner| inner.as_str()), shared))
            });
            let attributes = SPANS.replace(&row[2], "").into_owned();
            rows.insert(number - 1, RowXml { attributes, cells: cells.collect() });
        }
        Self { name: name.to_owned(), part: part.to_owned(), before, columns, rows, after: after.to_owned() }
    }

    /// The sheet's XML.
    pub fn xml(&self) -> String {
        let mut xml = self.before.clone();
        if !self.columns.is_empty() {
            xml.push_str("<cols>");
            for (column, attributes) in &self.columns {
                write!(xml, r#"<col min="{0}" max="{0}"{attributes}/>"#, column + 1).unwrap();
            }
            xml.push_str("</cols>");
        }
        xml.push_str("<sheetData>");
        for (number, row) in &self.rows {
            write!(xml, r#"<row r="{}"{}>"#, number + 1, row.attributes).unwrap();
            for (column, cell) in &row.cells {
                write_cell(&mut xml, Position::new(*number, *column), cell);
            }
            xml.push_str("</row>");
        }
        xml + "</sheetData>" + &self.after
    }

    /// What a cell holds, by its A1 notation.
    pub fn get(&self, cell: &str) -> &Content {
        self.at(at(cell))
    }

    /// What the cell at a position holds.
    pub fn at(&self, position: Position) -> &Content {
        let cell = self.rows.get(&position.row).and_then(|row| row.cells.get(&position.column));
        cell.map_or(&Content::Empty, |cell| &cell.content)
    }

    /// The number in a cell, or that its formula came to.
    pub fn number(&self, cell: &str) -> f64 {
        match self.get(cell) {
            Content::Number(number) | Content::Formula(_, Outcome::Number(number)) => *number,
            other => panic!("{}!{cell} holds {other:?}", self.name),
        }
    }

    /// The text in a cell; empty for any other content.
    pub fn text(&self, cell: &str) -> &str {
        match self.get(cell) {
            Content::Text(text) => text,
            _ => "",
        }
    }

    /// The formula in a cell, without `=`.
    pub fn formula(&self, cell: &str) -> &str {
        match self.get(cell) {
            Content::Formula(formula, _) => formula,
            other => panic!("{}!{cell} holds {other:?}", self.name),
        }
    }

    /// The index of a cell's style.
    pub fn style(&self, cell: &str) -> u32 {
        let position = at(cell);
        self.rows.get(&position.row).and_then(|row| row.cells.get(&position.column)).map_or(0, |cell| cell.style)
    }

    /// Types something into a cell, which keeps its style.
    pub fn set(&mut self, cell: &str, content: Content) {
        self.cell(cell).content = content;
    }

    /// Types a number.
    pub fn set_number(&mut self, cell: &str, number: f64) {
        self.set(cell, Content::Number(number));
    }

    /// Types a text.
    pub fn set_text(&mut self, cell: &str, text: &str) {
        self.set(cell, Content::Text(text.to_owned()));
    }

    /// Types a formula, without `=`; its result is the number that stands there until it is calculated.
    pub fn set_formula(&mut self, cell: &str, formula: &str) {
        let result = match self.get(cell) {
            Content::Number(number) | Content::Formula(_, Outcome::Number(number)) => Outcome::Number(*number),
            _ => Outcome::Number(0.0),
        };
        self.set(cell, Content::Formula(formula.to_owned(), result));
    }

    /// Gives a cell another style.
    pub fn set_style(&mut self, cell: &str, style: u32) {
        self.cell(cell).style = style;
    }

    /// Puts an attribute on a row, which is numbered from 1: `hidden="1"`.
    pub fn set_row(&mut self, number: u32, attribute: &str) {
        let row = self.rows.entry(number - 1).or_default();
        row.attributes = format!("{} {attribute}", row.attributes);
    }

    /// Puts an attribute on a column by its letters: `hidden="1"`.
    pub fn set_column(&mut self, letters: &str, attribute: &str) {
        let column = at(&format!("{letters}1")).column;
        let attributes = self.columns.entry(column).or_insert_with(|| r#" width="10" customWidth="1""#.to_owned());
        *attributes = format!("{attributes} {attribute}");
    }

    /// Gives a column a width, in characters.
    pub fn set_column_width(&mut self, letters: &str, width: u32) {
        let column = at(&format!("{letters}1")).column;
        self.columns.insert(column, format!(r#" width="{width}" customWidth="1""#));
    }

    /// Inserts an empty row above the row of this number, counted from 1; formulas of this sheet follow.
    pub fn insert_row(&mut self, number: u32) {
        self.rearrange(|position| match position.row >= number - 1 {
            true => Position::new(position.row + 1, position.column),
            false => position,
        });
    }

    /// Takes away the row of this number, counted from 1; it may end the range of a formula, but not begin it.
    pub fn delete_row(&mut self, number: u32) {
        self.rows.remove(&(number - 1));
        let merged = Regex::new(&format!(r#"<mergeCell ref="[A-Z]+{number}:[A-Z]+{number}"/>"#)).unwrap();
        self.after = merged.replace_all(&self.after, "").into_owned();
        self.after = NONE_MERGED.replace(&self.after, "").into_owned();
        self.rearrange(|position| match position.row >= number - 1 {
            true => Position::new(position.row.saturating_sub(1), position.column),
            false => position,
        });
    }

    /// Copies what a row holds, with its styles, into another; both numbered from 1.
    pub fn copy_row(&mut self, from: u32, to: u32) {
        let row = self.rows.get(&(from - 1)).cloned().unwrap_or_default();
        self.rows.insert(to - 1, row);
    }

    /// Moves every cell, and the formulas and merged cells with them.
    pub fn rearrange(&mut self, place: impl Fn(Position) -> Position) {
        let mut rows: BTreeMap<u32, RowXml> = BTreeMap::new();
        for (number, row) in std::mem::take(&mut self.rows) {
            let to = place(Position::new(number, 0)).row;
            rows.entry(to).or_default().attributes.clone_from(&row.attributes);
            for (column, mut cell) in row.cells {
                if let Content::Formula(formula, _) = &mut cell.content {
                    *formula = moved(formula, &place);
                }
                let position = place(Position::new(number, column));
                rows.entry(position.row).or_default().cells.insert(position.column, cell);
            }
        }
        self.rows = rows;
        let columns = std::mem::take(&mut self.columns);
        self.columns = columns.into_iter().map(|(column, it)| (place(Position::new(0, column)).column, it)).collect();
        let area = Regex::new(r#" ref="([A-Z]+\d+:[A-Z]+\d+)""#).unwrap();
        let named = |found: &regex::Captures<'_>| format!(r#" ref="{}""#, moved(&found[1], &place));
        self.after = area.replace_all(&self.after, named).into_owned();
    }

    /// Merges cells, of which only the first keeps what it holds.
    pub fn merge(&mut self, area: &str) {
        let (first, last) = area.split_once(':').expect("an area");
        let merged = Area::new(at(first), at(last));
        for row in merged.first.row..=merged.last.row {
            for column in merged.first.column..=merged.last.column {
                if Position::new(row, column) != merged.first {
                    self.set(&Position::new(row, column).to_string(), Content::Empty);
                }
            }
        }
        let one = format!(r#"<mergeCell ref="{area}"/>"#);
        if self.after.contains("</mergeCells>") {
            self.after = self.after.replace("</mergeCells>", &format!("{one}</mergeCells>"));
        } else {
            self.put_after_data(&format!("<mergeCells>{one}</mergeCells>"));
        }
    }

    /// Puts an element between the cells and what follows them.
    pub fn put_after_data(&mut self, element: &str) {
        self.after = format!("{element}{}", self.after);
    }

    /// Every cell that has a formula, with it.
    pub fn formulas(&self) -> impl Iterator<Item = (Position, &str)> {
        let cells = self.rows.iter().flat_map(|(row, of)| of.cells.iter().map(move |cell| (*row, cell)));
        cells.filter_map(|(row, (column, cell))| match &cell.content {
            Content::Formula(formula, _) => Some((Position::new(row, *column), formula.as_str())),
            _ => None,
        })
    }

    fn cell(&mut self, cell: &str) -> &mut CellXml {
        let position = at(cell);
        let row = self.rows.entry(position.row).or_default();
        row.cells.entry(position.column).or_insert(CellXml { style: 0, content: Content::Empty })
    }
}

fn at(cell: &str) -> Position {
    cell.parse().unwrap_or_else(|_| panic!("{cell} is no cell"))
}

fn cell_of(attributes: &str, inner: &str, shared: &[String]) -> CellXml {
    let attribute = |name: &str| {
        let from = attributes.find(&format!(" {name}=\""))? + name.len() + 3;
        attributes[from..].split('"').next().map(str::to_owned)
    };
    let mut within: BTreeMap<String, String> = BTreeMap::new();
    for found in WITHIN.captures_iter(inner) {
        within.entry(found[1].to_owned()).or_default().push_str(&plain(&found[2]));
    }
    let value = within.get("v");
    let number = || value.and_then(|value| value.parse().ok());
    let kind = attribute("t").unwrap_or_default();
    let content = match (within.get("f"), kind.as_str()) {
        (Some(formula), kind) => {
            let outcome = match (kind, value) {
                (_, None) => Outcome::None,
                ("e", Some(error)) => Outcome::Error(error.clone()),
                ("str", Some(text)) => Outcome::Text(text.clone()),
                _ => Outcome::Number(number().expect("a number")),
            };
            Content::Formula(formula.clone(), outcome)
        }
        (None, "s") => Content::Text(shared[value.unwrap().parse::<usize>().unwrap()].clone()),
        (None, "inlineStr") => Content::Text(within.get("t").cloned().unwrap_or_default()),
        (None, "" | "n") => number().map_or(Content::Empty, Content::Number),
        (None, other) => panic!("a cell of the type {other}"),
    };
    CellXml { style: attribute("s").map_or(0, |style| style.parse().unwrap()), content }
}

fn write_cell(xml: &mut String, position: Position, cell: &CellXml) {
    let open = match cell.style {
        0 => format!(r#"<c r="{position}""#),
        style => format!(r#"<c r="{position}" s="{style}""#),
    };
    let written = match &cell.content {
        Content::Empty => write!(xml, "{open}/>"),
        Content::Number(number) => write!(xml, "{open}><v>{number}</v></c>"),
        Content::Text(text) => {
            write!(xml, r#"{open} t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#, escaped(text))
        }
        Content::Formula(formula, outcome) => {
            let (kind, value) = match outcome {
                Outcome::None => ("", String::new()),
                Outcome::Number(number) => ("", format!("<v>{number}</v>")),
                Outcome::Text(text) => (r#" t="str""#, format!("<v>{}</v>", escaped(text))),
                Outcome::Error(error) => (r#" t="e""#, format!("<v>{error}</v>")),
            };
            write!(xml, "{open}{kind}><f>{}</f>{value}</c>", escaped(formula))
        }
    };
    written.unwrap();
}
