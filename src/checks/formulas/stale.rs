//! What is said of results that formulas no longer give.

use super::super::runs::{Run, gather};
use super::super::words;
use super::figure::{self, Unit};
use super::written::{Written, alike, fault};
use crate::formula::{Book, Computed, Recalculated, Target};
use crate::model::{
    About, Area, Cause, Check, Comparison, Difference, Figures, Finding, Over, Place, Suggestion, Workbook,
};

/// The result that is stored with a formula is not what the formula gives.
pub(super) static STALE_RESULT: Check = Check::error(
    "stale-result",
    "A formula shows a result that it no longer gives",
    About {
        meaning: "The file holds a result for the formula, and from the cells that it names it now gives another.",
        why: "Whoever opens the workbook may see another figure than the one that was read here and published.",
        example: "F8 shows £6,902.26, and its formula =SUM(F4:F7) now gives £7,463.70: a line was put in by a program, or \
                  while calculation was set to manual.",
        mend: "Open the workbook in Excel, press Ctrl+Alt+F9 so that every formula is calculated again, look at the \
               figures that change, and save.",
    },
)
.over(Over::Formulas)
.explainable()
.not_required();

/// The most areas that a finding names as those its formula refers to.
const MOST_RELATED: usize = 10;

const MEND: &str = "Open the workbook in Excel, press Ctrl+Alt+F9 to calculate it again, and save it.";

/// A formula whose result is stale.
pub(super) struct Stale<'a> {
    pub written: &'a Written<'a>,
    pub unit: Unit,
    pub stored: Computed,
    pub now: Recalculated,
}

/// The findings: cells of a column whose formulas have one shape are one, where they are below each other.
pub(super) fn findings(workbook: &Workbook, book: &Book<'_>, stale: &[Stale<'_>]) -> Vec<Finding> {
    let mut found = Vec::new();
    for alike in alike(stale, |one| one.written) {
        for run in gather(&STALE_RESULT, alike.iter().map(|one| fault(one.written))) {
            let members: Vec<&Stale<'_>> =
                alike.iter().filter(|one| run.area.contains(one.written.at)).copied().collect();
            found.extend(match members.as_slice() {
                [] => None,
                [only] => Some(single(workbook, book, only)),
                [first, ..] => Some(several(workbook, book, &run, first, &members)),
            });
        }
    }
    found
}

/// What a cell shows and what it should: `F8 shows £6,902.26; its formula =SUM(F4:F7) now gives £7,463.70.`
fn says(one: &Stale<'_>, book: &Book<'_>) -> String {
    let shown = |value: &Computed| one.unit.show(value, book);
    let Written { at, text, .. } = one.written;
    let formula = words::formula(text);
    format!("{at} shows {}; its formula {formula} now gives {}.", shown(&one.stored), shown(&one.now.value))
}

fn single(workbook: &Workbook, book: &Book<'_>, one: &Stale<'_>) -> Finding {
    let place = one.written.place(workbook);
    let mut message = says(one, book);
    let compared = one.unit.compared(&one.stored, &one.now.value);
    let gap = compared.and_then(|(stated, computed, figures)| Some((stated.checked_sub(computed)?, figures)));
    if let Some((gap, figures)) = gap {
        let size = match figures {
            Figures::Parts => gap as f64 / 1e9,
            Figures::Pence => gap as f64 / 100.0,
            Figures::Ones => gap as f64,
        };
        message.push_str(&format!(" The difference is {}.", one.unit.show(&Computed::Number(size), book)));
    }
    let mut finding = STALE_RESULT.finding(place.clone(), message, MEND);
    finding.expected = Some(one.unit.show(&one.now.value, book));
    finding.actual = Some(one.unit.show(&one.stored, book));
    finding.difference = gap.and_then(|(gap, figures)| figure::difference(figures, gap));
    finding.related = referred_to(workbook, one.written);
    finding.comparison = compared.map(|(stated, computed, figures)| Comparison {
        stated,
        computed,
        figures,
        lines: added(workbook, one.written),
        is_approved: false,
    });
    let text = format!(
        "{} showing an earlier result ({} instead of {})",
        one.written.at,
        one.unit.show(&one.stored, book),
        one.unit.show(&one.now.value, book)
    );
    finding.cause = Some(Cause { suggestion: Suggestion { text, cells: vec![place] }, difference: finding.difference });
    finding
}

fn several(workbook: &Workbook, book: &Book<'_>, run: &Run, first: &Stale<'_>, members: &[&Stale<'_>]) -> Finding {
    let place = Place::area(&workbook.path, &first.written.sheet.name, run.area);
    let message =
        format!("{} show results that their formulas no longer give. The first: {}", run.ranges(), says(first, book));
    let mut finding = STALE_RESULT.finding(place.clone(), message, MEND);
    let text = format!("{} showing earlier results", run.ranges());
    finding.cause = Some(Cause { suggestion: Suggestion { text, cells: vec![place] }, difference: together(members) });
    finding
}

/// By how much a sum over all of them is off, where they are figures of one kind.
fn together(members: &[&Stale<'_>]) -> Option<Difference> {
    let mut total = 0i64;
    let mut kind = None;
    for one in members {
        let (stated, computed, figures) = one.unit.compared(&one.stored, &one.now.value)?;
        if *kind.get_or_insert(figures) != figures {
            return None;
        }
        total = total.checked_add(stated.checked_sub(computed)?)?;
    }
    figure::difference(kind?, total)
}

/// The cells that a formula adds, where it is nothing but their sum.
fn added(workbook: &Workbook, written: &Written<'_>) -> Vec<Place> {
    let areas = written.whole_sum().map(|sum| sum.areas).unwrap_or_default();
    areas.iter().filter_map(|cells| place_of(workbook, written, cells.sheet.as_deref(), cells.area)).collect()
}

/// The cells that a formula names, as far as they are of this workbook and not whole rows or columns.
fn referred_to(workbook: &Workbook, written: &Written<'_>) -> Vec<Place> {
    let mut places = Vec::new();
    let references = written.formula.iter().flat_map(|formula| formula.references());
    for reference in references {
        if let Target::Cells(cells) = &reference.target
            && !cells.is_open()
            && let Some(place) = place_of(workbook, written, cells.sheet.as_deref(), cells.area)
            && !places.contains(&place)
        {
            places.push(place);
        }
    }
    places.truncate(MOST_RELATED);
    places
}

fn place_of(workbook: &Workbook, written: &Written<'_>, sheet: Option<&str>, area: Area) -> Option<Place> {
    let sheet = match sheet {
        Some(name) => &workbook.sheet(name)?.name,
        None => &written.sheet.name,
    };
    Some(Place::area(&workbook.path, sheet, area))
}
