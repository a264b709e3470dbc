//! Looking into files without a pack: each is opened as in a run, described, and judged by the checks that need no pack.

use std::sync::Arc;

use rayon::prelude::*;

use super::any_year;
use crate::checks::{self, NEEDING_A_PACK};
use crate::inbox::{self, Found};
use crate::inspect::{self, KIND, LikelyTable, MadeTable};
use crate::isolation::{Isolation, contained};
use crate::model::{
    Event, InspectedFile, InspectedState, InspectedWorkbook, Inspection, Outcome, Progress, UnreadableWorkbook,
    Workbook, is_workbook_name, sha256,
};
use crate::read::{self, KnownTable, Opened, Wanted};
use crate::reconcile;
use crate::schema::Pack;

/// Tables of a workbook are checked up to so many cells together; beyond that they are described and no more. Checks keep
/// each cell typed beside the sheet's own, and a workbook must not take the memory of many.
const MOST_CHECKED_CELLS: usize = 2_000_000;

/// Looks into files, one at a time on each thread; what was read of one is let go before the next. The result is in the
/// order of the paths, whatever the threads.
pub fn inspect(files: &[Found], isolation: &Isolation, progress: &dyn Progress) -> Inspection {
    progress.event(Event::Found(files.len()));
    let shown = checks::shown_paths(files.iter().map(|found| found.path.as_str()));
    let named: Vec<(&Found, Arc<str>)> = files.iter().zip(shown.into_iter().map(Arc::from)).collect();
    let inspected = named.into_par_iter().map(|(found, shown)| {
        let file = inspect_one(found, shown, isolation);
        progress.event(Event::Read(&file.path));
        file
    });
    let mut files: Vec<InspectedFile> = inspected.collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Inspection { files }
}

/// Looks into a file, which is told of by the path `shown`.
fn inspect_one(found: &Found, shown: Arc<str>, isolation: &Isolation) -> InspectedFile {
    let (bytes, opened) = match inbox::bytes(found, &isolation.limits) {
        Ok(bytes) => {
            let opened = isolation.open(&bytes, &Wanted::Every);
            (bytes, opened)
        }
        Err(why) => (Vec::new(), Err(why)),
    };
    let fingerprint = if bytes.is_empty() { String::new() } else { sha256(&bytes) };
    let size = bytes.len() as u64;
    drop(bytes);
    let file = |state, outcome: Outcome| InspectedFile {
        path: shown.clone(),
        sha256: fingerprint.clone(),
        size,
        state,
        findings: outcome.findings,
        not_run: outcome.not_run,
    };
    let nothing = inspect::pack([], &NEEDING_A_PACK);
    match opened {
        Err(why) if !is_workbook_name(&found.path) && !is_out_of_reach(&why) => {
            file(InspectedState::NotAWorkbook(what_it_is(&why)), Outcome::default())
        }
        Err(why) => file(InspectedState::Unreadable, unreadable(found, &shown, why, &nothing)),
        Ok(opened) => match contained(|| inspect_workbook(found, &shown, opened, &nothing)) {
            Some((inspected, outcome)) => file(InspectedState::Read(Box::new(inspected)), outcome),
            None => {
                let why = UnreadableWorkbook::BrokeReader("looking into it could not be finished".to_owned());
                file(InspectedState::Unreadable, unreadable(found, &shown, why, &nothing))
            }
        },
    }
}

/// What is said of a workbook that could not be read.
fn unreadable(found: &Found, shown: &Arc<str>, why: UnreadableWorkbook, nothing: &Pack) -> Outcome {
    judged(read::workbook(&found.path, "", Err(why), nothing), shown, nothing).1
}

/// Describes a workbook that was opened, and judges it by the tables that were seen in it.
fn inspect_workbook(found: &Found, shown: &Arc<str>, opened: Opened, nothing: &Pack) -> (InspectedWorkbook, Outcome) {
    let properties = opened.properties().cloned();
    let mut workbook = read::workbook(&found.path, "", Ok(opened), nothing);
    let (seen, made) = tables(&workbook);
    let pack = inspect::pack(&made, &NEEDING_A_PACK);
    read::take_known_tables(&mut workbook, &made.iter().map(known).collect::<Vec<_>>());
    let (workbook, outcome) = judged(workbook, shown, &pack);
    let sheets = workbook.sheets.iter().zip(&seen);
    let mut inspected = InspectedWorkbook {
        properties,
        settings: workbook.settings.as_ref().map(inspect::settings),
        sheets: sheets.map(|(sheet, tables)| inspect::sheet(sheet, &workbook.texts, tables)).collect(),
        unread_sheets: workbook.unread_sheets.clone(),
    };
    mask(&mut inspected);
    (inspected, outcome)
}

/// Masks what is told of a workbook beside its cells: headings, links, and the program that wrote it.
fn mask(inspected: &mut InspectedWorkbook) {
    for link in inspected.settings.iter_mut().flat_map(|settings| &mut settings.links) {
        *link = checks::masked(link);
    }
    let tables = inspected.sheets.iter_mut().flat_map(|sheet| &mut sheet.tables);
    for column in tables.flat_map(|table| &mut table.columns) {
        column.heading = checks::masked(&column.heading);
    }
    if let Some(program) = inspected.properties.as_mut().and_then(|properties| properties.program.as_mut()) {
        *program = checks::masked(program).into();
    }
}

/// The tables that were seen on each sheet, each with whether it is checked, and the schemas of those that are.
fn tables(workbook: &Workbook) -> (Vec<Vec<(LikelyTable, bool)>>, Vec<MadeTable>) {
    let (mut seen, mut made) = (Vec::new(), Vec::new());
    let mut cells = 0;
    for sheet in &workbook.sheets {
        let Some(grid) = &sheet.grid else {
            seen.push(Vec::new());
            continue;
        };
        let mut here = Vec::new();
        for table in inspect::likely_tables(grid) {
            cells += table.cells();
            let is_checked = cells <= MOST_CHECKED_CELLS;
            if is_checked {
                made.extend(inspect::schemas(&sheet.name, grid, std::slice::from_ref(&table), made.len() + 1));
            }
            here.push((table, is_checked));
        }
        seen.push(here);
    }
    (seen, made)
}

fn known(made: &MadeTable) -> KnownTable<'_> {
    KnownTable {
        sheet: made.sheet.clone(),
        schema: &made.schema,
        heading_row: made.of.heading_row(),
        columns: made.of.columns.iter().map(|(column, _)| *column).collect(),
        last_row: made.of.area.last.row,
    }
}

/// What the checks say of a workbook by a pack, and the workbook with what looks like personal data masked in it.
fn judged(workbook: Workbook, shown: &Arc<str>, pack: &Pack) -> (Workbook, Outcome) {
    let mut workbooks = [Workbook { kind: Some(KIND.into()), ..workbook }];
    let mut outcome = checks::check_names(&mut workbooks, pack);
    let [mut workbook] = workbooks;
    // Two names that differ only in what is masked are told apart among all files.
    let alone = std::mem::replace(&mut workbook.path, shown.clone());
    for finding in &mut outcome.findings {
        if finding.place.workbook.as_ref() == Some(&alone) {
            finding.place.workbook = Some(shown.clone());
        }
    }
    let year = any_year();
    outcome.extend(checks::check_workbook(&workbook, &checks::Context { pack, year: &year, month: None }));
    outcome.findings.retain(|finding| !NEEDING_A_PACK.contains(&finding.code.as_str()));
    outcome.not_run.retain(|check| !NEEDING_A_PACK.contains(&check.check.as_str()));
    for check in &mut outcome.not_run {
        check.required = false;
    }
    checks::mask_found(&mut workbook, &outcome, pack);
    reconcile::suggest(&mut outcome.findings, &[&workbook], pack);
    checks::mask_suggestions(&mut outcome.findings);
    outcome.findings = reconcile::fold(std::mem::take(&mut outcome.findings));
    outcome.findings.sort_by(|a, b| (&a.place, &a.code).cmp(&(&b.place, &b.code)));
    outcome.not_run.sort();
    outcome.not_run.dedup();
    (workbook, outcome)
}

/// Whether nothing can be said of what a file is, since its bytes could not be had.
fn is_out_of_reach(why: &UnreadableWorkbook) -> bool {
    matches!(
        why,
        UnreadableWorkbook::NoAccess(_)
            | UnreadableWorkbook::Changing
            | UnreadableWorkbook::OpenElsewhere
            | UnreadableWorkbook::NotDownloaded
            | UnreadableWorkbook::Gone
            | UnreadableWorkbook::NoFile(_)
    )
}

/// What a file is that has not the name of a workbook and is none.
fn what_it_is(why: &UnreadableWorkbook) -> String {
    match why {
        UnreadableWorkbook::Empty => "an empty file".to_owned(),
        UnreadableWorkbook::WebPage => "a web page".to_owned(),
        UnreadableWorkbook::PlainText => "plain text".to_owned(),
        UnreadableWorkbook::Pdf => "a PDF".to_owned(),
        UnreadableWorkbook::Encrypted => "a document that is locked with a password".to_owned(),
        UnreadableWorkbook::OtherKind(kind)
        | UnreadableWorkbook::Foreign(kind)
        | UnreadableWorkbook::Packed(kind)
        | UnreadableWorkbook::Pointer(kind) => kind.clone(),
        UnreadableWorkbook::Damaged(_) => "cut off or damaged".to_owned(),
        _ => "of a kind that is not known".to_owned(),
    }
}
