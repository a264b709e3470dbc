//! Where a planted fault is, and which finding answers it.

use std::fmt;

use crosscast::model::{Area, Finding, Place, Position, Severity};

/// What a plan planted: where it is, where else it may be said, and the least that it weighs.
#[derive(Debug, Clone)]
pub struct Key {
    /// The workbook; none when the fault is in the inbox.
    pub workbook: Option<String>,
    /// The planted cell or cells: `Spend!F8`, or `Spend` for a sheet, or nothing for a workbook; with another workbook
    /// before it, `monthly/2022-05 May return.xlsx|Summary!E6`.
    pub planted: Vec<String>,
    /// Other cells at which the fault may be said, as long as the finding leads back to a planted one.
    pub any_of: Vec<String>,
    /// The least weight.
    pub least: Severity,
}

impl Key {
    /// An error.
    pub fn error(workbook: &str, planted: impl Into<String>) -> Self {
        Self {
            workbook: Some(workbook.to_owned()),
            planted: vec![planted.into()],
            any_of: Vec::new(),
            least: Severity::Error,
        }
    }

    /// A warning.
    pub fn warning(workbook: &str, planted: impl Into<String>) -> Self {
        Self { least: Severity::Warning, ..Self::error(workbook, planted) }
    }

    /// For information.
    pub fn info(workbook: &str, planted: impl Into<String>) -> Self {
        Self { least: Severity::Info, ..Self::error(workbook, planted) }
    }

    /// An error of the inbox.
    pub fn inbox() -> Self {
        Self { workbook: None, planted: vec![String::new()], any_of: Vec::new(), least: Severity::Error }
    }

    /// It lies as much at this place.
    pub fn also(mut self, place: impl Into<String>) -> Self {
        self.planted.push(place.into());
        self
    }

    /// It may also be said at this place, of the planted one.
    pub fn or(mut self, place: impl Into<String>) -> Self {
        self.any_of.push(place.into());
        self
    }

    /// Whether a finding answers the fault: it stands at the planted cell, or at another that will do and names the planted
    /// one among those that it concerns or that could be the cause.
    pub fn is_answered_by(&self, finding: &Finding) -> bool {
        // The heaviest is the least.
        if finding.severity > self.least {
            return false;
        }
        let planted: Vec<Place> = self.planted.iter().map(|place| self.place(place)).collect();
        let is_planted = |place: &Place| planted.iter().any(|planted| fits(place, planted));
        if is_planted(&finding.place) {
            return true;
        }
        let causes = finding.suggestions.iter().flat_map(|suggestion| &suggestion.cells);
        let leads_back = finding.related.iter().chain(causes).any(is_planted);
        leads_back && self.any_of.iter().any(|place| fits(&finding.place, &self.place(place)))
    }

    fn place(&self, text: &str) -> Place {
        let (workbook, text) = match text.split_once('|') {
            Some((workbook, text)) => (Some(workbook), text),
            None => (self.workbook.as_deref(), text),
        };
        let (sheet, area) = match text.split_once('!') {
            Some((sheet, area)) => (Some(sheet), Some(area_of(area))),
            None => (Some(text).filter(|text| !text.is_empty()), None),
        };
        Place { workbook: workbook.map(Into::into), sheet: sheet.map(Into::into), area }
    }
}

/// Whether a place is, or covers, or lies within another, which may be an area of which each cell will do.
fn fits(place: &Place, wanted: &Place) -> bool {
    let same = place.workbook == wanted.workbook && place.sheet == wanted.sheet;
    same && match (place.area, wanted.area) {
        (Some(place), Some(wanted)) => place.contains(wanted.first) || wanted.contains(place.first),
        (None, None) => true,
        _ => false,
    }
}

fn area_of(text: &str) -> Area {
    let cell = |text: &str| text.parse::<Position>().unwrap_or_else(|_| panic!("{text} is no cell"));
    match text.split_once(':') {
        Some((first, last)) => Area::new(cell(first), cell(last)),
        None => Area::from(cell(text)),
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let workbook = self.workbook.as_deref().unwrap_or("the inbox");
        write!(formatter, "{workbook} {}", self.planted.join(" or "))
    }
}
