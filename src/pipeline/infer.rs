//! Drafting a pack from workbooks: they are read without one, drafted, and read again by the draft, which is loosened where
//! it asks for more than they hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::infer_check::{Judged, judged};
use super::infer_loosen::loosen;
use super::{Error, any_year, read_pack};
use crate::checks::{self, NEEDING_A_PACK};
use crate::inbox::{self, Found, Inbox};
use crate::inspect::draft::{self, DraftedPack, Source};
use crate::inspect::{self, KIND};
use crate::isolation::{Isolation, contained};
use crate::model::{Event, Progress, UnreadableWorkbook, Workbook};
use crate::read::{self, Wanted};
use crate::schema::{PackFiles, editor_files};

/// The draft is held against the workbooks at most so many times.
const MOST_ROUNDS: usize = 4;

/// A pack that was drafted.
#[derive(Debug, Clone)]
pub struct Inferred {
    /// Its files, those that help editors to write it included.
    pub files: PackFiles,
    /// How many tables were drafted.
    pub tables: usize,
    /// How many workbooks they were drafted from.
    pub workbooks: usize,
    /// What could not be described, and what is wrong with the data; each in a sentence that begins with its place.
    pub undescribed: Vec<String>,
    /// Workbooks that could not be read, or in which no table was found; each in a sentence.
    pub without_tables: Vec<String>,
}

impl Inferred {
    /// Whether every workbook could be read, and every table passes what was drafted for it.
    pub fn is_clear(&self) -> bool {
        self.tables > 0 && self.undescribed.is_empty() && self.without_tables.is_empty()
    }
}

/// Drafts a pack from the workbooks of an inbox.
///
/// # Errors
/// [`Error`] when the draft cannot be held against the workbooks: the tool itself is at fault.
pub fn infer(inbox: &Inbox, isolation: &Isolation, progress: &dyn Progress) -> Result<Inferred, Error> {
    progress.event(Event::Found(inbox.workbooks.len()));
    let workbooks: Vec<Workbook> =
        inbox.workbooks.par_iter().map(|found| read_every_sheet(found, isolation, progress)).collect();
    let shown = checks::shown_paths(workbooks.iter().map(|workbook| &*workbook.path));
    let mut drafted = drafted(&workbooks, &shown);
    let without_tables = without_tables(&workbooks, &shown, &drafted);
    drop(workbooks);
    if drafted.drafted.drafts.is_empty() {
        return Ok(Inferred {
            files: PackFiles::default(),
            tables: 0,
            workbooks: 0,
            undescribed: Vec::new(),
            without_tables,
        });
    }
    progress.event(Event::Stage("Holding the draft against the workbooks"));
    let mut undescribed = Vec::new();
    for round in 1..=MOST_ROUNDS {
        let pack = read_pack(draft::files_of(&drafted))?;
        let judged: Judged = judged(&pack, inbox, isolation)?;
        if round == MOST_ROUNDS || !loosen(&mut drafted, &judged) {
            undescribed = judged.told();
            drafted.undescribed = judged.by_table();
            break;
        }
    }
    let tables = drafted.drafted.drafts.len();
    let mut files = draft::files_of(&drafted);
    for (path, text) in editor_files() {
        files.insert(path, text);
    }
    let workbooks = inbox.workbooks.len() - without_tables.len();
    Ok(Inferred { files, tables, workbooks, undescribed, without_tables })
}

/// Reads all sheets of a workbook, and no tables.
fn read_every_sheet(found: &Found, isolation: &Isolation, progress: &dyn Progress) -> Workbook {
    let nothing = inspect::pack([], &NEEDING_A_PACK);
    let opened = inbox::bytes(found, &isolation.limits).and_then(|bytes| isolation.open(&bytes, &Wanted::Every));
    let broke = || Err(UnreadableWorkbook::BrokeReader("its sheets could not be told apart".to_owned()));
    let workbook = contained(|| read::workbook(&found.path, "", opened, &nothing))
        .unwrap_or_else(|| read::workbook(&found.path, "", broke(), &nothing));
    progress.event(Event::Read(&found.path));
    workbook
}

/// Drafts what was read.
fn drafted(workbooks: &[Workbook], shown: &[String]) -> DraftedPack {
    let sources: Vec<Source<'_>> =
        workbooks.iter().zip(shown).map(|(workbook, shown)| Source { shown, sheets: &workbook.sheets }).collect();
    let kinds = draft::families(workbooks.iter().map(Workbook::stem));
    let mut drafted = draft::drafts(&sources, &kinds, read::date_from_text);
    // A list of values must not carry what looks like personal data into a file of the pack.
    for field in drafted.drafts.iter_mut().flat_map(|draft| &mut draft.schema.fields) {
        if field.constraints.allowed.iter().any(|value| checks::masked(value) != *value) {
            field.constraints.allowed.clear();
        }
    }
    DraftedPack { kinds, drafted, undescribed: BTreeMap::new() }
}

/// Why nothing was drafted from workbooks.
fn without_tables(workbooks: &[Workbook], shown: &[String], drafted: &DraftedPack) -> Vec<String> {
    let mut said = Vec::new();
    for (index, (workbook, shown)) in workbooks.iter().zip(shown).enumerate() {
        let kind = drafted.kinds.iter().position(|kind| kind.members.contains(&index));
        let has_tables = drafted.drafted.drafts.iter().any(|draft| Some(draft.place.kind) == kind);
        if workbook.unreadable.is_some() {
            said.push(format!("{shown}: {}", why_unreadable(workbook)));
        } else if !has_tables {
            said.push(format!("{shown}: no table was found in it."));
        }
    }
    said
}

/// What the checks say of a workbook that could not be read.
fn why_unreadable(workbook: &Workbook) -> String {
    let nothing = inspect::pack([], &NEEDING_A_PACK);
    let kind: Arc<str> = KIND.into();
    let workbook = Workbook { kind: Some(kind), ..workbook.clone() };
    let year = any_year();
    let outcome = checks::check_workbook(&workbook, &checks::Context { pack: &nothing, year: &year, month: None });
    let finding = outcome.findings.into_iter().next();
    finding.map_or_else(|| "it could not be read.".to_owned(), |finding| finding.message)
}
