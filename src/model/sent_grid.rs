//! How a grid goes to another process: each text once, however many cells hold it, so that it is sent quickly and shared
//! there again.

use std::collections::HashMap;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Grid, GridCell, Line, RawValue, SharedText};

/// A cell with the places of its texts in the list.
#[derive(Serialize, Deserialize)]
struct SentCell {
    column: u32,
    holds: Holds,
    beside: Option<Beside>,
}

/// What it holds; a date by its day, counted from the year 1.
#[derive(Serialize, Deserialize)]
enum Holds {
    Empty,
    Text(u32),
    Number(f64),
    Date(i32),
    ImpossibleDate(u32),
    Boolean(bool),
    Error(u32),
    Damaged,
}

/// What most cells do not have.
#[derive(Serialize, Deserialize)]
struct Beside {
    formula: Option<u32>,
    serial: Option<f64>,
    format: Option<u32>,
    is_invisible: bool,
}

/// The texts of a grid, each once.
#[derive(Default)]
struct Texts<'g> {
    list: Vec<&'g str>,
    /// The places in the list, by where the texts are kept: cells that share one share that.
    places: HashMap<*const u8, u32>,
}

impl<'g> Texts<'g> {
    fn of(lines: &'g [Line]) -> Self {
        let mut texts = Self::default();
        for (_, cell) in lines.iter().flat_map(Line::all) {
            let text = match &cell.raw {
                RawValue::Text(text) | RawValue::ImpossibleDate(text) | RawValue::Error(text) => Some(text),
                _ => None,
            };
            text.into_iter().chain(&cell.formula).chain(&cell.format).for_each(|text| texts.add(text));
        }
        texts
    }

    fn add(&mut self, text: &'g SharedText) {
        let next = self.list.len() as u32;
        if *self.places.entry(text.as_ptr()).or_insert(next) == next {
            self.list.push(text);
        }
    }

    fn place(&self, text: &SharedText) -> u32 {
        self.places.get(&text.as_ptr()).copied().unwrap_or_default()
    }

    fn sent(&self, column: u32, cell: &GridCell) -> SentCell {
        let holds = match &cell.raw {
            RawValue::Empty => Holds::Empty,
            RawValue::Text(text) => Holds::Text(self.place(text)),
            RawValue::Number(number) => Holds::Number(*number),
            RawValue::Date(date) => Holds::Date(date.num_days_from_ce()),
            RawValue::ImpossibleDate(text) => Holds::ImpossibleDate(self.place(text)),
            RawValue::Boolean(value) => Holds::Boolean(*value),
            RawValue::Error(text) => Holds::Error(self.place(text)),
            RawValue::Damaged => Holds::Damaged,
        };
        let beside = Beside {
            formula: cell.formula.as_ref().map(|text| self.place(text)),
            serial: cell.serial,
            format: cell.format.as_ref().map(|text| self.place(text)),
            is_invisible: cell.is_invisible,
        };
        let is_plain =
            beside.formula.is_none() && beside.serial.is_none() && beside.format.is_none() && !beside.is_invisible;
        SentCell { column, holds, beside: (!is_plain).then_some(beside) }
    }
}

impl Serialize for Grid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let texts = Texts::of(self.lines());
        let mut sent = serializer.serialize_tuple(2)?;
        sent.serialize_element(&texts.list)?;
        sent.serialize_element(&SentLines(self.lines(), &texts))?;
        sent.end()
    }
}

struct SentLines<'g>(&'g [Line], &'g Texts<'g>);

impl Serialize for SentLines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = |line: &Line| line.all().map(|(column, cell)| self.1.sent(column, cell)).collect::<Vec<_>>();
        serializer.collect_seq(self.0.iter().map(|line| (line.row, cells(line))))
    }
}

impl<'de> Deserialize<'de> for Grid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple(2, Received)
    }
}

/// Takes the texts, then the lines with them.
struct Received;

impl<'de> Visitor<'de> for Received {
    type Value = Grid;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the texts and the lines of a grid")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Grid, A::Error> {
        let texts: Vec<SharedText> = parts.next_element()?.ok_or_else(|| A::Error::custom("no texts"))?;
        parts.next_element_seed(LinesWith(&texts))?.ok_or_else(|| A::Error::custom("no lines"))
    }
}

struct LinesWith<'t>(&'t [SharedText]);

impl<'de> DeserializeSeed<'de> for LinesWith<'_> {
    type Value = Grid;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Grid, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for LinesWith<'_> {
    type Value = Grid;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the lines of a grid")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sent: A) -> Result<Grid, A::Error> {
        let mut lines = Vec::new();
        while let Some((row, cells)) = sent.next_element::<(u32, Vec<SentCell>)>()? {
            let cells = cells.into_iter().map(|cell| Some((cell.column, self.cell(cell)?)));
            let cells: Option<Vec<(u32, GridCell)>> = cells.collect();
            lines.push(Line::new(row, cells.ok_or_else(|| A::Error::custom("a cell of which a part is not there"))?));
        }
        lines.shrink_to_fit();
        Ok(Grid::of_lines(lines))
    }
}

impl LinesWith<'_> {
    /// None where the list has no such text, or the calendar no such day.
    fn cell(&self, sent: SentCell) -> Option<GridCell> {
        let text = |place: u32| self.0.get(place as usize).cloned();
        let raw = match sent.holds {
            Holds::Empty => RawValue::Empty,
            Holds::Text(place) => RawValue::Text(text(place)?),
            Holds::Number(number) => RawValue::Number(number),
            Holds::Date(day) => RawValue::Date(NaiveDate::from_num_days_from_ce_opt(day)?),
            Holds::ImpossibleDate(place) => RawValue::ImpossibleDate(text(place)?),
            Holds::Boolean(value) => RawValue::Boolean(value),
            Holds::Error(place) => RawValue::Error(text(place)?),
            Holds::Damaged => RawValue::Damaged,
        };
        let Some(beside) = sent.beside else { return Some(GridCell { raw, ..GridCell::default() }) };
        let with = |place: Option<u32>| place.map(text).map_or(Some(None), |text| text.map(Some));
        Some(GridCell {
            raw,
            formula: with(beside.formula)?,
            serial: beside.serial,
            format: with(beside.format)?,
            is_invisible: beside.is_invisible,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Position;

    fn text(text: &str) -> RawValue {
        RawValue::Text(text.into())
    }

    #[test]
    fn a_grid_is_received_as_it_was_sent() {
        let day = NaiveDate::from_ymd_opt(2022, 4, 15).unwrap();
        let plain = |raw| GridCell { raw, ..GridCell::default() };
        let shared = text("Paid");
        let cells = [
            ("A1", plain(shared.clone())),
            ("B1", plain(RawValue::Number(0.1))),
            (
                "C1",
                GridCell { serial: Some(44_666.75), format: Some("dd/mm/yyyy".into()), ..plain(RawValue::Date(day)) },
            ),
            ("A3", plain(shared)),
            ("B3", GridCell { formula: Some("SUM(A1:A2)".into()), ..plain(RawValue::Error("#REF!".into())) }),
            ("C3", GridCell { is_invisible: true, ..plain(RawValue::Boolean(true)) }),
            ("D3", plain(RawValue::ImpossibleDate("-1".into()))),
            ("E3", plain(RawValue::Damaged)),
            ("F3", GridCell { formula: Some("A1".into()), ..GridCell::default() }),
        ];
        let cells: Vec<(Position, GridCell)> =
            cells.into_iter().map(|(at, cell)| (at.parse().unwrap(), cell)).collect();
        let grid = Grid::new(cells).unwrap();
        let bytes = postcard::to_stdvec(&grid).unwrap();
        let received: Grid = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(received, grid);
        assert_eq!(bytes.windows(4).filter(|four| four == b"Paid").count(), 1, "a text that cells share is sent once");
        let held = |at: &str| match &received.cell(at.parse().unwrap()).unwrap().raw {
            RawValue::Text(text) => text.as_ptr(),
            other => panic!("{other:?}"),
        };
        assert_eq!(held("A1"), held("A3"), "and shared again");
    }

    #[test]
    fn a_text_that_is_not_in_the_list_is_refused() {
        let grid = Grid::new(vec![(Position::new(0, 0), GridCell { raw: text("a"), ..GridCell::default() })]).unwrap();
        let mut bytes = postcard::to_stdvec(&grid).unwrap();
        // One text of one letter; one line, row 0, one cell, column 0, which holds the text 0, and nothing beside.
        assert_eq!(bytes, [1, 1, b'a', 1, 0, 1, 0, 1, 0, 0]);
        bytes[8] = 1;
        assert!(postcard::from_bytes::<Grid>(&bytes).is_err());
    }
}
