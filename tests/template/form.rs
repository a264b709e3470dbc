//! A blank workbook in the hands of a test: its cells, and the rules of data validation that stand in its file.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::Reader;
use crosscast::model::Position;
use crosscast::read::read;
use crosscast::schema::{Field, Pack, TableSchema};
use regex::Regex;

use crate::excel::{Rule, rules};
use crate::support::package::edit_parts;

/// What is typed into a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    Number(f64),
    Text(String),
}

impl Entry {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A cell on a sheet.
pub type At = (String, Position);

/// A blank workbook.
pub struct Form {
    pub bytes: Vec<u8>,
    /// The sheets in their order, each with the name of its part and its text.
    sheets: Vec<(String, String, String)>,
}

impl Form {
    pub fn new(bytes: Vec<u8>) -> Self {
        let mut parts = BTreeMap::new();
        edit_parts(&bytes, |name, text| {
            parts.insert(name.to_owned(), text.clone());
            text
        });
        let sheet = Regex::new(r#"<sheet name="([^"]*)""#).unwrap();
        let names: Vec<String> = sheet.captures_iter(&parts["xl/workbook.xml"]).map(|found| plain(&found[1])).collect();
        let sheets = names.into_iter().zip(1..).map(|(name, number)| {
            let part = format!("xl/worksheets/sheet{number}.xml");
            let text = parts[&part].clone();
            (name, part, text)
        });
        Self { sheets: sheets.collect(), bytes }
    }

    /// Each area that is filled in: its sheet, its first and last cell, and its rule.
    pub fn entries(&self) -> Vec<Area> {
        let listed = |cells: &str| self.listed(cells);
        let entries = self.sheets.iter().flat_map(|(name, _, text)| {
            rules(text, &listed).into_iter().map(|(first, last, rule)| Area { sheet: name.clone(), first, last, rule })
        });
        entries.collect()
    }

    /// The texts of cells such as `'Lists'!$A$2:$A$9`.
    fn listed(&self, cells: &str) -> Vec<String> {
        let (sheet, area) = cells.split_once('!').unwrap();
        let (first, last) = area.split_once(':').unwrap();
        let (first, last): (Position, Position) = (first.parse().unwrap(), last.parse().unwrap());
        let mut book = calamine::Xlsx::new(Cursor::new(&self.bytes)).unwrap();
        let range = book.worksheet_range(sheet.trim_matches('\'')).unwrap();
        let text = |row: u32| range.get_value((row, first.column)).unwrap().to_string();
        (first.row..=last.row).map(text).collect()
    }

    /// The field whose values stand in an area, as the reader finds it.
    pub fn field<'p>(&self, area: &Area, file_name: &str, pack: &'p Pack) -> (&'p TableSchema, &'p Field) {
        let workbook = read(file_name, &self.bytes, pack);
        let is_here = |sheet: &str| self.sheets.iter().any(|(name, ..)| name == sheet);
        let absent: Vec<_> = workbook.absent.iter().filter(|absent| is_here(&absent.sheet)).collect();
        assert!(absent.is_empty(), "{file_name}: {absent:#?}");
        let tables = workbook.tables.iter().filter(|table| *table.sheet == *area.sheet);
        let is_its = |heading: Position| match area.first == area.last {
            true => {
                let beside = (heading.row, heading.column + 1);
                [beside, (heading.row + 1, heading.column)].contains(&(area.first.row, area.first.column))
            }
            false => heading.column == area.first.column && heading.row < area.first.row,
        };
        let found = tables.flat_map(|table| {
            let schema = &pack.tables[&table.name];
            let columns = schema.fields.iter().zip(&table.columns);
            columns.filter_map(move |(field, column)| Some((schema, field, column.as_ref()?.heading)))
        });
        // What the sheet's name gives stands in its first cell.
        let found = found.filter(|(_, _, heading)| is_its(*heading)).max_by_key(|(_, _, heading)| heading.row);
        let (schema, field, _) = found.unwrap_or_else(|| panic!("{file_name} {} {}", area.sheet, area.first));
        (schema, field)
    }

    /// Whether a cell holds something already.
    pub fn is_filled(&self, sheet: &str, at: Position) -> bool {
        let (.., text) = self.sheets.iter().find(|(name, ..)| name == sheet).unwrap();
        let cell = Regex::new(&format!(r#"<c r="{at}"[^>]*[^/]>"#)).unwrap();
        cell.is_match(text)
    }

    /// The workbook with entries typed into it, and its totals calculated as Excel does.
    pub fn filled(&self, entries: &BTreeMap<At, Entry>) -> Vec<u8> {
        edit_parts(&self.bytes, |part, text| {
            let Some((name, ..)) = self.sheets.iter().find(|(_, sheet, _)| sheet == part) else { return text };
            let here = entries.iter().filter(|((sheet, _), _)| sheet == name);
            let here: Vec<(Position, &Entry)> = here.map(|((_, at), entry)| (*at, entry)).collect();
            let typed = here.iter().fold(text, |text, (at, entry)| with(&text, *at, entry));
            calculated(&typed, &here)
        })
    }
}

/// Cells of one field, from the first to the last, and their rule.
#[derive(Debug, Clone)]
pub struct Area {
    pub sheet: String,
    pub first: Position,
    pub last: Position,
    pub rule: Rule,
}

impl Area {
    /// The nth of its cells, from 0.
    pub fn cell(&self, nth: u32) -> At {
        assert!(self.first.row + nth <= self.last.row, "{self:?}");
        (self.sheet.clone(), Position::new(self.first.row + nth, self.first.column))
    }

    pub fn cells(&self) -> u32 {
        self.last.row - self.first.row + 1
    }
}

/// The text of a sheet with something typed into a cell, which keeps its format.
fn with(text: &str, at: Position, entry: &Entry) -> String {
    let cell = Regex::new(&format!(r#"<c r="{at}"( s="\d+")?(?: t="s")?(?:/>|><v>[^<]*</v></c>)"#)).unwrap();
    let style = cell.captures(text).unwrap_or_else(|| panic!("{at}")).get(1).map(|found| found.as_str()).unwrap_or("");
    let typed = match entry {
        Entry::Number(number) => format!(r#"<c r="{at}"{style}><v>{number}</v></c>"#),
        Entry::Text(words) => {
            let words = words.replace('&', "&amp;").replace('<', "&lt;");
            format!(r#"<c r="{at}"{style} t="inlineStr"><is><t>{words}</t></is></c>"#)
        }
    };
    cell.replace(text, regex::NoExpand(&typed)).into_owned()
}

/// The text of a sheet with the results of its sums.
fn calculated(text: &str, typed: &[(Position, &Entry)]) -> String {
    let sum = Regex::new(r"<f>SUM\(([A-Z]+\d+):([A-Z]+\d+)\)</f><v>0</v>").unwrap();
    let replaced = sum.replace_all(text, |found: &regex::Captures<'_>| {
        let (first, last): (Position, Position) = (found[1].parse().unwrap(), found[2].parse().unwrap());
        let is_in = |at: &Position| at.column == first.column && (first.row..=last.row).contains(&at.row);
        let numbers = typed.iter().filter(|(at, _)| is_in(at)).filter_map(|(_, entry)| match entry {
            Entry::Number(number) => Some(*number),
            Entry::Text(_) => None,
        });
        // Excel adds in floating point, and keeps 15 digits.
        let sum = (numbers.sum::<f64>() * 1e6).round() / 1e6;
        format!("<f>SUM({}:{})</f><v>{sum}</v>", &found[1], &found[2])
    });
    replaced.into_owned()
}

/// The text that a part of the file escapes.
pub fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    text.replace("&amp;", "&")
}
