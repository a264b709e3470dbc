//! Of a check that found very much, the first findings in full and the others counted: a report stays readable, and no larger
//! than a person reads, however much was found.

use std::collections::BTreeMap;

use super::grouping::Numbered;
use crate::model::{Area, Difference, Finding, Position, Weight};

/// At most the cells of so many columns are told apart where findings are counted.
const NAMED_COLUMNS: usize = 6;

/// The weights, heaviest first.
const WEIGHTS: [Weight; 4] = [Weight::Standing, Weight::Explained, Weight::Warning, Weight::Info];

/// Findings of which some stand for others of their kind.
#[derive(Debug, Default)]
pub struct Shown<'a> {
    /// Those that are shown in full, in the order in which they were given.
    pub full: Vec<Numbered<'a>>,
    /// All others: by the checks' codes, each heaviest first, then by workbook and sheet in the order of the findings.
    pub counted: Vec<Counted<'a>>,
}

impl<'a> Shown<'a> {
    /// Of a check that found more than `many` things of one weight the `first` are shown in full; of others all are.
    pub fn of(findings: impl Iterator<Item = Numbered<'a>> + Clone, many: usize, first: usize) -> Self {
        let totals: BTreeMap<Kind<'a>, usize> =
            by_check(findings.clone().map(|numbered| numbered.finding)).into_iter().collect();
        let mut before: BTreeMap<Kind<'a>, usize> = BTreeMap::new();
        let mut known: BTreeMap<(Kind<'a>, Option<&str>, Option<&str>), usize> = BTreeMap::new();
        let mut shown = Self::default();
        for numbered in findings {
            let finding = numbered.finding;
            let kind = Kind::of(finding);
            let before = before.entry(kind).or_default();
            *before += 1;
            if *before <= first || totals.get(&kind).is_none_or(|total| *total <= many) {
                shown.full.push(numbered);
                continue;
            }
            let key = (kind, finding.place.workbook.as_deref(), finding.place.sheet.as_deref());
            let place = *known.entry(key).or_insert(shown.counted.len());
            if place == shown.counted.len() {
                shown.counted.push(Counted::none_like(finding));
            }
            shown.counted[place].add(finding.place.area);
        }
        // Those of one check are in the order of the findings already.
        shown.counted.sort_by_key(|counted| counted.kind);
        shown
    }
}

/// The places of the findings that are shown where there is room for so many: the heaviest, in the order of the findings. An
/// error must not be lost behind thousands of warnings.
pub fn heaviest(findings: &[&Finding], most: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..findings.len()).collect();
    if findings.len() > most {
        places.sort_by_key(|place| order(findings[*place].weight()));
        places.truncate(most);
        places.sort_unstable();
    }
    places
}

/// How heavy a weight is for an officer: 0 is the heaviest.
pub fn order(weight: Weight) -> u8 {
    match weight {
        Weight::Standing => 0,
        Weight::Warning => 1,
        Weight::Explained => 2,
        Weight::Info => 3,
    }
}

/// How many findings there are of each kind, by the checks' codes, each heaviest first.
pub fn by_check<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<(Kind<'a>, usize)> {
    let mut totals: BTreeMap<Kind<'a>, usize> = BTreeMap::new();
    for finding in findings {
        *totals.entry(Kind::of(finding)).or_default() += 1;
    }
    totals.into_iter().collect()
}

/// What findings that stand for each other have in common: the check, and what they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind<'a> {
    /// The check's code.
    pub code: &'a str,
    /// The place among the weights.
    order: usize,
}

impl<'a> Kind<'a> {
    /// The kind of a finding.
    pub fn of(finding: &'a Finding) -> Self {
        let order = WEIGHTS.into_iter().position(|weight| weight == finding.weight()).unwrap_or_default();
        Self { code: &finding.code, order }
    }

    /// What the findings come to.
    pub fn weight(self) -> Weight {
        WEIGHTS[self.order]
    }
}

/// Findings of one kind in one sheet that are counted and not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted<'a> {
    /// The check, and what the findings come to.
    pub kind: Kind<'a>,
    /// The workbook; none for the inbox.
    pub workbook: Option<&'a str>,
    /// The sheet; none for what is about a workbook as a whole.
    pub sheet: Option<&'a str>,
    /// How many there are.
    pub number: usize,
    /// By zero-based first column, the cells from the first to the last that is meant.
    columns: BTreeMap<u32, Area>,
}

impl<'a> Counted<'a> {
    fn none_like(finding: &'a Finding) -> Self {
        Self {
            kind: Kind::of(finding),
            workbook: finding.place.workbook.as_deref(),
            sheet: finding.place.sheet.as_deref(),
            number: 0,
            columns: BTreeMap::new(),
        }
    }

    fn add(&mut self, area: Option<Area>) {
        self.number += 1;
        if let Some(area) = area {
            self.columns.entry(area.first.column).and_modify(|known| *known = around(*known, area)).or_insert(area);
        }
    }

    /// Between which cells they are, column by column: `B5:B99998, D7`; of very many columns from the first cell to the last.
    /// Nothing for what is about a sheet or workbook as a whole.
    pub fn cells(&self) -> String {
        if self.columns.len() > NAMED_COLUMNS {
            return self.columns.values().copied().reduce(around).map(|area| area.to_string()).unwrap_or_default();
        }
        self.columns.values().map(Area::to_string).collect::<Vec<_>>().join(", ")
    }

    /// The sheet and the cells in it: `Spend!B5:B99998`; nothing for a workbook or the inbox as a whole.
    pub fn in_workbook(&self) -> String {
        match (self.sheet, self.cells()) {
            (Some(sheet), cells) if cells.is_empty() => sheet.to_owned(),
            (Some(sheet), cells) => format!("{sheet}!{cells}"),
            (None, _) => String::new(),
        }
    }
}

/// The smallest area that holds both.
fn around(one: Area, other: Area) -> Area {
    let first = Position::new(one.first.row.min(other.first.row), one.first.column.min(other.first.column));
    let last = Position::new(one.last.row.max(other.last.row), one.last.column.max(other.last.column));
    Area::new(first, last)
}

/// A number as it stands in a text: `100,000`.
pub fn grouped(number: usize) -> String {
    i64::try_from(number).map_or_else(|_| number.to_string(), |number| Difference::Count(number).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::grouping::numbered;
    use crate::export::sample_report::many;

    #[test]
    fn what_is_not_shown_is_counted_to_the_last_one() {
        let report = many(1_000);
        let shown = Shown::of(numbered(&report), 500, 50);
        // The one of the inbox, and the first 50 rows with an error in B and a warning in E.
        let full: Vec<usize> = shown.full.iter().map(|numbered| numbered.number).collect();
        assert_eq!(full, (1..=101).collect::<Vec<_>>());
        let said: Vec<(&str, Weight, usize, String)> = shown
            .counted
            .iter()
            .map(|counted| (counted.kind.code, counted.kind.weight(), counted.number, counted.in_workbook()))
            .collect();
        assert_eq!(
            said,
            [
                ("date-as-text", Weight::Warning, 950, "Spend!E56:E1005".to_owned()),
                ("unknown-reference", Weight::Standing, 950, "Spend!B56:B1005".to_owned()),
            ]
        );
    }

    #[test]
    fn as_many_as_can_be_shown_are_shown() {
        let report = many(500);
        let shown = Shown::of(numbered(&report), 500, 50);
        assert_eq!((shown.full.len(), shown.counted.len()), (1_001, 0));
        assert_eq!(Shown::of(numbered(&report), 499, 50).full.len(), 101);
    }

    #[test]
    fn cells_in_many_columns_and_in_none() {
        let report = many(1);
        let mut counted = Counted::none_like(&report.findings[1]);
        assert_eq!(counted.in_workbook(), "Spend");
        let add = |counted: &mut Counted<'_>, cells: &str| {
            let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
            counted.add(Some(Area::new(first.parse().unwrap(), last.parse().unwrap())));
        };
        for cells in ["D7", "B5", "B9:C12", "B3"] {
            add(&mut counted, cells);
        }
        assert_eq!(counted.in_workbook(), "Spend!B3:C12, D7");
        for cells in ["F1", "G1", "H1", "I20", "K2"] {
            add(&mut counted, cells);
        }
        assert_eq!((counted.in_workbook().as_str(), counted.number), ("Spend!B1:K20", 9));
    }
}
