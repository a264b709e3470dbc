//! A return that stands in place of an earlier one, or beside another: which cells differ.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::words::{quoted, shown};
use crate::model::{
    About, Cell, Check, Month, Outcome, Over, Place, Position, RawValue, Row, Severity, Table, Value, Workbook,
    file_name,
};
use crate::schema::{Layout, Pack};

/// At most so many changes are named; the rest are counted.
const MOST_CHANGES: usize = 8;

/// A workbook that was returned again.
const RESUBMITTED: Check = Check {
    code: "resubmitted",
    over: Over::Workbooks,
    severity: Severity::Info,
    explainable: false,
    required: true,
    title: "A workbook was returned again",
    about: About {
        meaning: "A later workbook for the same month says that it is a resubmission, so it is used and the earlier one is not.",
        why: "Figures that were reported before may have changed.",
        example: "The resubmission differs in Spend!F4: £386.75 before, £400.00 now.",
        mend: "Nothing to mend, if the changes are meant. Say in the report to committee what was restated.",
    },
};

/// A workbook that is there twice.
const COMPARED: Check = Check::info(
    "repeated-workbook-compared",
    "Two workbooks for one month, or of one yearly kind, were compared",
    About {
        meaning: "Of two workbooks one is used. The finding says whether the other holds the same values, or which cells differ.",
        why: "A copy can be deleted without a thought; where two versions differ, somebody must know which one is right.",
        example: "Payments!F4 says £386.75 in one return for May and £400.00 in the other.",
        mend: "Delete the workbook that is not meant, or set the status of the later one to Resubmission.",
    },
)
.over(Over::Workbooks);

/// A workbook under a name that is not its own.
const COPIED: Check = Check::error(
    "copy-of-another-month",
    "A workbook holds the rows of another month's",
    About {
        meaning: "Every row of every table is that of the workbook for another month, so this one is not used.",
        why: "The other month would be counted twice, and this one not at all.",
        example: "2023-03 March return.xlsx, made from February's and sent before anything was changed in it.",
        mend: "Put the month's own workbook in its place.",
    },
)
.over(Over::Months);

/// The least number of rows by which two workbooks are told to be one: a few can be alike by chance.
const FEWEST_ROWS: usize = 10;

pub(super) static CHECKS: [&Check; 3] = [&RESUBMITTED, &COMPARED, &COPIED];

/// Compares a workbook with the one that it replaces, cell by cell by their meaning. The two differ at least in the cell
/// by which the one says that it is a resubmission.
pub fn check_resubmission(old: &Workbook, new: &Workbook, pack: &Pack) -> Outcome {
    let changes = changes(old, new, ["before", "now"]);
    let is_form =
        |change: &Change| pack.tables.get(&change.table).is_some_and(|one| one.crosscast.layout == Layout::Form);
    let alone = if changes.iter().all(is_form) { ", and in no figure" } else { "" };
    let mut finding = RESUBMITTED.finding(
        Place::workbook(&new.path),
        format!(
            "This workbook is a resubmission and is used in place of {}. It differs in {}{alone}.",
            file_name(&old.path),
            in_words(&changes)
        ),
        "Make sure that the changes are meant.",
    );
    finding.related = changes.into_iter().filter_map(|change| change.place).collect();
    super::settled(Outcome { findings: vec![finding], not_run: Vec::new() }, pack)
}

/// Compares a workbook that is not used with the one of its kind and month that is.
pub fn check_repeated(used: &Workbook, other: &Workbook, pack: &Pack) -> Outcome {
    let changes = changes(used, other, ["there", "here"]);
    let (message, fix) = if changes.is_empty() {
        (
            format!("This workbook holds the same values as {}, which is used.", file_name(&used.path)),
            "Remove one of the two.",
        )
    } else {
        let differs = in_words(&changes);
        let message = format!(
            "This workbook is not used. From {}, which is used, it differs in {differs}.",
            file_name(&used.path)
        );
        (
            message,
            "Find out which of the two is right, and remove the other or set the status of the later one to Resubmission.",
        )
    };
    let mut finding = COMPARED.finding(Place::workbook(&other.path), message, fix);
    finding.related = changes.into_iter().filter_map(|change| change.place).collect();
    super::settled(Outcome { findings: vec![finding], not_run: Vec::new() }, pack)
}

/// Whether two workbooks hold the same rows in every table with rows. What their forms say, such as the month, may differ.
pub fn have_the_same_rows(one: &Workbook, other: &Workbook, pack: &Pack) -> bool {
    let pairs = pairs(one, other);
    let tables = || pairs.iter().filter(|(table, other)| table.or(*other).is_some_and(|table| is_in_rows(table, pack)));
    let is_same = |(table, other_table): &(Option<&Table>, Option<&Table>)| match (table, other_table) {
        (Some(table), Some(other_table)) => says_the_same(table, other_table),
        _ => false,
    };
    one.kind == other.kind
        && tables().filter_map(|(table, _)| table.as_ref()).map(|table| table.rows.len()).sum::<usize>() >= FEWEST_ROWS
        && tables().all(is_same)
}

/// A fingerprint of what [`have_the_same_rows`] compares: where two workbooks have not the same, they have not the same rows. None
/// where there are too few rows to tell.
pub fn fingerprint_of_rows(workbook: &Workbook, pack: &Pack) -> Option<u64> {
    let tables = || workbook.tables.iter().filter(|table| is_in_rows(table, pack));
    if tables().map(|table| table.rows.len()).sum::<usize>() < FEWEST_ROWS {
        return None;
    }
    let mut of_tables: Vec<u64> = tables().map(fingerprint_of_table).collect();
    // A table is compared with its like wherever it stands.
    of_tables.sort_unstable();
    let mut hasher = DefaultHasher::new();
    (&workbook.kind, of_tables).hash(&mut hasher);
    Some(hasher.finish())
}

fn fingerprint_of_table(table: &Table) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&table.name, table.rows.len(), table.total.is_some()).hash(&mut hasher);
    for cell in table.rows.iter().chain(&table.total).flat_map(|row| &row.cells) {
        std::mem::discriminant(&cell.value).hash(&mut hasher);
        match &cell.value {
            Value::Null => {}
            Value::Text(text) => str::hash(text, &mut hasher),
            Value::Integer(number) => number.hash(&mut hasher),
            // Nought is equal to itself with a minus before it.
            Value::Number(number) => (number + 0.0).to_bits().hash(&mut hasher),
            Value::Money(money) => money.pence().hash(&mut hasher),
            Value::Date(day) => day.hash(&mut hasher),
            Value::Month(month) => month.hash(&mut hasher),
            Value::Boolean(answer) => answer.hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// Whether a table holds records in rows, and not the answers of a form.
fn is_in_rows(table: &Table, pack: &Pack) -> bool {
    pack.tables.get(&table.name).is_some_and(|schema| schema.layout_of_records() != Layout::Form)
}

/// Whether all rows of two tables, and their stated totals, mean the same.
fn says_the_same(table: &Table, other: &Table) -> bool {
    let is_same = |row: &Row, other: &Row| row.cells.iter().zip(&other.cells).all(|(one, two)| one.value == two.value);
    let totals_are_same = match (&table.total, &other.total) {
        (Some(total), Some(other)) => is_same(total, other),
        (total, other) => total.is_none() && other.is_none(),
    };
    totals_are_same
        && table.rows.len() == other.rows.len()
        && table.rows.iter().zip(&other.rows).all(|(row, other)| is_same(row, other))
}

/// The tables of two workbooks, each with its like in the other: those of the first in their order, then those that the second
/// alone has. A table of which each has one is its like wherever it stands; of several, the one with the same number on the
/// sheet of that name.
fn pairs<'w>(one: &'w Workbook, other: &'w Workbook) -> Vec<(Option<&'w Table>, Option<&'w Table>)> {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (side, workbook) in [one, other].into_iter().enumerate() {
        workbook.tables.iter().for_each(|table| counts.entry(&table.name).or_default()[side] += 1);
    }
    let is_single =
        |table: &Table| counts.get(&*table.name).is_some_and(|counts| counts.iter().all(|count| *count < 2));
    let keyed = |workbook: &'w Workbook| {
        let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let key = |table: &'w Table| {
            let sheet = if is_single(table) { "" } else { &*table.sheet };
            let nth = seen.entry((&table.name, sheet)).or_default();
            *nth += 1;
            ((&*table.name, sheet, *nth), table)
        };
        workbook.tables.iter().map(key).collect::<Vec<_>>()
    };
    let (first, second) = (keyed(one), keyed(other));
    let by_key: BTreeMap<_, _> = second.iter().copied().collect();
    let known: BTreeSet<_> = first.iter().map(|(key, _)| *key).collect();
    let alone = second.iter().filter(|(key, _)| !known.contains(key)).map(|(_, table)| (None, Some(*table)));
    first.iter().map(|(key, table)| (Some(*table), by_key.get(key).copied())).chain(alone).collect()
}

/// Says of a workbook that it is a copy of another month's. `month` is the one that it was taken for.
pub fn check_copied(original: &Workbook, copy: &Workbook, month: Month, pack: &Pack) -> Outcome {
    let finding = COPIED.finding(
        Place::workbook(&copy.path),
        format!("Every row of this workbook is in {} too, so its figures are not used.", file_name(&original.path)),
        format!("Put the workbook for {month} in its place."),
    );
    super::settled(Outcome { findings: vec![finding], not_run: Vec::new() }, pack)
}

/// What is not in one workbook as it is in the other: table by table of the new one, then the tables that are gone.
/// `sides` are the words for what stands in the one and in the other.
fn changes(old: &Workbook, new: &Workbook, sides: [&str; 2]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (table, before) in pairs(new, old) {
        match (table, before) {
            (Some(table), Some(before)) => changes.extend(compare(before, table, &new.path, sides)),
            (Some(table), None) => {
                changes.push(Change::new(table, format!("the table on {} (new)", table.sheet), None))
            }
            (None, Some(gone)) => changes.push(Change::new(gone, format!("the table on {} (gone)", gone.sheet), None)),
            (None, None) => {}
        }
    }
    changes
}

/// Something that is not as it was.
struct Change {
    /// What a message says of it, after “It differs in”.
    words: String,
    /// Where it is in the new workbook, if it is there.
    place: Option<Place>,
    /// The name of its table's schema.
    table: Arc<str>,
}

impl Change {
    fn new(table: &Table, words: String, place: Option<Place>) -> Self {
        Self { words, place, table: table.name.clone() }
    }
}

/// The first changes one by one, and how many more there are.
fn in_words(changes: &[Change]) -> String {
    let named: Vec<&str> = changes.iter().take(MOST_CHANGES).map(|change| change.words.as_str()).collect();
    let more = match changes.len().saturating_sub(MOST_CHANGES) {
        0 => String::new(),
        1 => "; and in 1 more place".to_owned(),
        more => format!("; and in {more} more places"),
    };
    format!("{}{more}", named.join("; "))
}

/// The changes of a table: its rows from the top down, and its stated total. A cell that several rows share is one change.
fn compare(before: &Table, after: &Table, path: &Arc<str>, [there, here]: [&str; 2]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut told: BTreeSet<(usize, Position)> = BTreeSet::new();
    let rows = before.rows.len().max(after.rows.len());
    let mut pairs: Vec<_> = (0..rows).map(|index| (before.rows.get(index), after.rows.get(index), "row")).collect();
    pairs.push((before.total.as_ref(), after.total.as_ref(), "the total in row"));
    let place = |cell: &Cell| Place::area(path, &after.sheet, cell.position);
    for (was, now, called) in pairs {
        match (was, now) {
            (Some(was), Some(is)) => {
                let cells = was.cells.iter().zip(&is.cells).enumerate().filter(|(_, (was, is))| was.value != is.value);
                let cells = cells.filter(|(field, (_, is))| told.insert((*field, is.position)));
                changes.extend(cells.map(|(_, (was, is))| {
                    let words = format!("{}!{} ({} {there}, {} {here})", after.sheet, is.position, said(was), said(is));
                    Change::new(after, words, Some(place(is)))
                }));
            }
            (None, Some(is)) => {
                let words = format!("{called} {} of {} (new)", is.line + 1, after.sheet);
                changes.push(Change::new(after, words, is.cells.first().map(place)));
            }
            (Some(was), None) => {
                changes.push(Change::new(
                    before,
                    format!("{called} {} of {} (gone)", was.line + 1, before.sheet),
                    None,
                ));
            }
            (None, None) => {}
        }
    }
    changes
}

/// What a cell says, personal data masked.
fn said(cell: &Cell) -> String {
    match (&cell.value, &cell.raw) {
        (Value::Null, raw) if raw.is_blank() => "empty".to_owned(),
        (Value::Null, RawValue::Text(text)) => quoted(text),
        (Value::Null, raw) => raw.shown(),
        (value, _) => shown(value),
    }
}
