//! Where figures come from: cells of workbooks, the run itself, the pack's settings, or the words of `appendix.md`.
//!
//! Each origin has a number, by which the figures of the prose are marked. How an origin is said:
//!
//! - in full: `SWCSP funding 2022-23.xlsx (SHA-256 0123456789ab), PCC funding!D5:D14`, for each workbook, as long as that
//!   takes no more than 1,000 characters (twelve returns fit in); else with the columns instead of the cells (`Measures!D`); else as in short, with
//!   the words "in the list of workbooks", which has their fingerprints.
//! - in short, with workbooks by their numbers in the list of workbooks: `PCC funding!D5:D14 of workbook 17`, where
//!   workbooks with the same cells are said once (`Measures!D5 of workbooks 4 to 15`), as long as that takes no more than
//!   six areas; else with the columns instead of the cells; else with the sheets alone; else with the workbooks' numbers alone.

mod areas;
mod rows;
mod said;

use std::collections::BTreeMap;
use std::sync::Arc;

use areas::{CellArea, merged};
pub(super) use rows::{RowOrigins, row_origins};
use said::{full, short};

use crate::model::document::SourceNote;
use crate::model::{Place, QueryError, Scalar, StoredRows};

/// So many digits of a workbook's SHA-256 are shown.
const MARK: usize = 12;

/// Where a figure comes from. A later kind stands back behind an earlier one where figures are taken together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// Cells of workbooks, merged and in order, at least one.
    Cells(Vec<CellArea>),
    /// Findings, or which workbooks were read.
    Run,
    /// The partnership, the year, the committee.
    Settings,
    /// What is written in `appendix.md` itself.
    Words,
}

/// The number of [`Origin::Settings`].
pub(super) const SETTINGS: usize = 0;
/// The number of [`Origin::Run`].
const RUN: usize = 1;

/// A workbook as its cells are named.
struct Workbook {
    /// The path below the inbox.
    path: Arc<str>,
    /// The name of the file, or the path where several have that name.
    name: String,
    /// Its number in the list of workbooks.
    number: Option<i64>,
    /// The first digits of its SHA-256.
    mark: String,
}

/// All origins of a document.
pub(super) struct Origins {
    workbooks: Vec<Workbook>,
    known: Vec<(Origin, Option<Arc<str>>)>,
    numbers: BTreeMap<Vec<CellArea>, usize>,
}

impl Origins {
    /// Origins that know no workbook.
    pub fn none() -> Self {
        let run = Arc::from(words_of(&Origin::Run).unwrap_or_default());
        let known = vec![(Origin::Settings, None), (Origin::Run, Some(run))];
        Self { workbooks: Vec::new(), known, numbers: BTreeMap::new() }
    }

    /// Origins in the stored workbooks.
    pub fn read(rows: &dyn StoredRows) -> Result<Self, QueryError> {
        let found = rows.query("SELECT workbook, number, sha256 FROM workbook")?;
        let text = |value: &Scalar| value.as_text().unwrap_or_default().to_owned();
        let mut workbooks: Vec<Workbook> = found
            .rows
            .iter()
            .map(|row| Workbook {
                path: text(&row[0]).into(),
                name: text(&row[0]).rsplit('/').next().unwrap_or_default().to_owned(),
                number: row[1].as_integer(),
                mark: text(&row[2]).chars().take(MARK).collect(),
            })
            .collect();
        // Those without a number come last.
        workbooks.sort_by_key(|workbook| (workbook.number.is_none(), workbook.number, workbook.path.clone()));
        let names: Vec<String> = workbooks.iter().map(|workbook| workbook.name.clone()).collect();
        for workbook in &mut workbooks {
            if names.iter().filter(|name| **name == workbook.name).count() > 1 {
                workbook.name = workbook.path.to_string();
            }
        }
        Ok(Self { workbooks, ..Self::none() })
    }

    /// The number of the origin that cells are; without cells it is the run itself.
    pub fn of(&mut self, places: &[Place]) -> usize {
        let areas = merged(places.iter().filter_map(|place| self.area(place)).collect());
        if areas.is_empty() {
            return RUN;
        }
        if let Some(number) = self.numbers.get(&areas) {
            return *number;
        }
        let text = full(&areas, &self.workbooks);
        self.numbers.insert(areas.clone(), self.known.len());
        self.known.push((Origin::Cells(areas), Some(text.into())));
        self.known.len() - 1
    }

    fn area(&self, place: &Place) -> Option<CellArea> {
        let (workbook, sheet) = (place.workbook.as_ref()?, place.sheet.as_ref()?);
        let workbook = self.workbooks.iter().position(|known| known.path == *workbook)?;
        Some(CellArea { workbook, sheet: sheet.clone(), area: place.area? })
    }

    /// What is said of a figure with origins, given by their numbers; nothing when it comes from the pack alone.
    pub fn full(&self, numbers: &[usize]) -> Option<Arc<str>> {
        if let [number] = numbers {
            return self.known.get(*number)?.1.clone();
        }
        match self.together(numbers) {
            Origin::Cells(areas) => Some(full(&areas, &self.workbooks).into()),
            Origin::Run => self.known[RUN].1.clone(),
            Origin::Settings | Origin::Words => None,
        }
    }

    /// The note on something with origins, given by their numbers.
    pub fn note(&self, of: String, numbers: &[usize]) -> SourceNote {
        let origin = self.together(numbers);
        match (&origin, words_of(&origin)) {
            (_, Some(words)) => SourceNote { of, text: words.to_owned(), full: words.into() },
            (Origin::Cells(areas), None) => {
                SourceNote { of, text: short(areas, &self.workbooks), full: full(areas, &self.workbooks).into() }
            }
            (_, None) => SourceNote { of, text: String::new(), full: "".into() },
        }
    }

    /// Several origins as one.
    fn together(&self, numbers: &[usize]) -> Origin {
        let origins = || numbers.iter().filter_map(|number| self.known.get(*number)).map(|(origin, _)| origin);
        let cells = origins().filter_map(|origin| if let Origin::Cells(areas) = origin { Some(areas) } else { None });
        let areas: Vec<CellArea> = cells.flatten().cloned().collect();
        if areas.is_empty() { origins().min().cloned().unwrap_or(Origin::Words) } else { Origin::Cells(merged(areas)) }
    }
}

/// What is said of an origin that is no cell.
fn words_of(origin: &Origin) -> Option<&'static str> {
    match origin {
        Origin::Cells(_) => None,
        Origin::Run => Some("Crosscast's own record of this run"),
        Origin::Settings => Some("The pack's settings (partnership.yaml)"),
        Origin::Words => Some("The words of the appendix (appendix.md)"),
    }
}
