//! From stored rows and the report to the files of the output folder.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::thread;

use minijinja::Value;

use super::officers::{ForOfficers, for_officers};
use super::{Originals, Ran};
use crate::document;
use crate::export::appendix::{self, Alphabet, Refusal};
use crate::export::json::json;
use crate::export::manifest::manifest;
use crate::export::outputs::{OutputFile, appendix_path};
use crate::export::page::{PageFace, page};
use crate::export::workbook::{self, Context, Face, WorkbookError};
use crate::export::{DeskError, DeskFace, TableTitles, count};
use crate::model::document::{Document, Draft};
use crate::model::{
    Excerpts, Month, Period, Progress, QueryError, Report, StoredRows, WorkbookReport, WorkbookState, sha256,
};
use crate::schema::{Mistake, Mistakes, Pack, row_to_template};
use crate::store::{Store, StoreError};

/// At most so many findings are listed as reasons on a draft's first page.
const MOST_REASONS: usize = 12;

/// Why the outputs could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// `appendix.md` or `consolidated.yaml` has mistakes that only show with rows.
    #[error(transparent)]
    Pack(#[from] Mistakes),
    /// The appendix would not be accessible.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The consolidated workbook could not be made.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// A list of findings, or the differences to be explained, could not be made.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A query of the tool's own failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The store would not be opened to the public, or not to officers again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The files of a run, ready to be written.
pub struct Outputs {
    /// The files, by their paths below the output folder.
    pub files: Vec<OutputFile>,
    /// `manifest.json`.
    pub manifest: String,
    /// Whether the appendix is a DRAFT.
    pub draft: bool,
}

/// Makes all outputs in memory. `time` goes into the manifest and nowhere else; `progress` hears how far the long tables are. What is for the committee is made from
/// what the public may read, and the store is open to officers again afterwards.
///
/// # Errors
/// [`PublishError`]; nothing has been written then.
pub fn publish(ran: &mut Ran, pack: &Pack, time: &str, progress: &dyn Progress) -> Result<Outputs, PublishError> {
    let Ran { report, store, excerpts, originals, .. } = ran;
    let (report, excerpts, originals) = (&*report, &*excerpts, &*originals);
    let draft = draft(report, &public_messages(store)?);
    let is_final = draft.is_none();
    store.open_to_public()?;
    let document = document::build(&pack.appendix, store, &document_face(report, pack, draft));
    store.open_to_officers()?;
    let mut document = document?;
    Alphabet::new()?.write_out(&mut document);
    let context = context(pack, store)?;
    let face = workbook_face(report, pack, context);
    // The consolidated workbook alone is made from the store, which answers on this thread alone: the rest is made beside.
    let (rest, consolidated) = thread::scope(|scope| {
        let rest = scope.spawn(|| without_store(report, excerpts, originals, pack, &document, &face));
        let consolidated =
            workbook::consolidated(&pack.consolidated, plan_text(pack), &pack.tables, store, &face, progress);
        (rest.join().unwrap_or_else(|panic| resume_unwind(panic)), consolidated)
    });
    let Rest { pdf, html, page, json, more } = rest?;
    let mut files = vec![
        OutputFile::new(&appendix_path(is_final, "pdf"), pdf),
        OutputFile::new(&appendix_path(is_final, "html"), html),
        OutputFile::new("for-officers/consolidated.xlsx", consolidated?),
        OutputFile::new("for-officers/findings.html", page),
        OutputFile::new("for-officers/findings.json", json),
    ];
    files.extend(more);
    let manifest = manifest(report, &pack.files, is_final, time, &files);
    Ok(Outputs { files, manifest, draft: !is_final })
}

/// The outputs that are made without the store.
struct Rest {
    pdf: Vec<u8>,
    html: String,
    page: String,
    json: String,
    /// The marked copies, and the differences to be explained.
    more: Vec<OutputFile>,
}

fn without_store(
    report: &Report,
    excerpts: &Excerpts,
    originals: &Originals,
    pack: &Pack,
    document: &Document,
    face: &Face,
) -> Result<Rest, PublishError> {
    let ForOfficers { files: more, marked } = for_officers(report, originals, pack, &desk_face(face))?;
    Ok(Rest {
        pdf: appendix::pdf(document)?,
        html: appendix::html(document)?,
        page: page(report, excerpts, &page_face(pack, marked)),
        json: json(report),
        more,
    })
}

/// What is wrong with `consolidated.yaml` and `appendix.md`, as far as it can be told over empty tables; also what the
/// appendix would read that is not for the public.
///
/// # Errors
/// [`StoreError`] when the store cannot be opened to the public.
pub(super) fn check(pack: &Pack, store: &mut Store) -> Result<Vec<Mistake>, StoreError> {
    let mut mistakes = Vec::new();
    match context(pack, store) {
        Ok(context) => {
            mistakes.extend(workbook::check(&pack.consolidated, plan_text(pack), &pack.tables, store, &context));
        }
        Err(error) => mistakes.push(Mistake::at("consolidated.yaml", 0, "values", error.to_string())),
    }
    store.open_to_public()?;
    mistakes.extend(document::check(&pack.appendix, store, &pack.tables));
    store.open_to_officers()?;
    Ok(mistakes)
}

/// The text of `consolidated.yaml`, where the lines of its mistakes are found.
fn plan_text(pack: &Pack) -> &str {
    pack.files.text("consolidated.yaml").unwrap_or_default()
}

/// The names that the templates of `consolidated.yaml` may use: `period`, and its own `values`.
fn context(pack: &Pack, rows: &dyn StoredRows) -> Result<Context, QueryError> {
    let mut context = Context::new();
    context.insert("period".to_owned(), one_row(rows, "SELECT * FROM period")?);
    for (name, query) in &pack.consolidated.values {
        context.insert(name.clone(), one_row(rows, query)?);
    }
    Ok(context)
}

fn one_row(rows: &dyn StoredRows, query: &str) -> Result<Value, QueryError> {
    let found = rows.query(query)?;
    Ok(row_to_template(&found.columns, found.rows.first().map(Vec::as_slice).unwrap_or_default()))
}

/// What the public may read of each finding, in their order.
fn public_messages(rows: &dyn StoredRows) -> Result<Vec<String>, QueryError> {
    let found = rows.query("SELECT public_message FROM finding ORDER BY position")?;
    Ok(found.rows.iter().map(|row| row[0].as_text().unwrap_or_default().to_owned()).collect())
}

/// Why the appendix may not be published yet: what stands, what was not checked, and a year that is not complete.
/// `messages` says of each finding what the public may read.
fn draft(report: &Report, messages: &[String]) -> Option<Draft> {
    let mut reasons = Vec::new();
    if !report.period.is_complete() {
        reasons.push(format!(
            "The year is not complete: the figures run up to {}, and the year ends with {}.",
            report.period.to,
            Month::of(report.period.end)
        ));
    }
    let errors: Vec<String> = report
        .findings
        .iter()
        .zip(messages)
        .filter(|(finding, _)| finding.stands())
        .map(|(finding, message)| {
            let workbook = finding.place.workbook.as_deref().unwrap_or("The inbox");
            let cell = finding.place.in_workbook();
            let place = if cell.is_empty() { workbook.to_owned() } else { format!("{workbook}, {cell}") };
            format!("{place}: {message}")
        })
        .collect();
    let checks: Vec<String> =
        report.required_not_run().map(|check| format!("Not checked ({}): {}", check.check, check.why)).collect();
    for (list, one, many) in
        [(errors, "more error", "more errors"), (checks, "more check that did not run", "more checks that did not run")]
    {
        let more = list.len().saturating_sub(MOST_REASONS);
        reasons.extend(list.into_iter().take(MOST_REASONS));
        if more > 0 {
            let are = if more == 1 { "is" } else { "are" };
            reasons.push(format!("There {are} {}; the findings page lists them.", count(more, one, many)));
        }
    }
    (!reasons.is_empty()).then_some(Draft { reasons })
}

fn document_face(report: &Report, pack: &Pack, draft: Option<Draft>) -> document::Face {
    document::Face {
        language: pack.partnership.language.clone(),
        author: pack.partnership.name.clone(),
        notice: pack.partnership.notice.clone(),
        period: report.period.clone(),
        fingerprint: fingerprint(report),
        draft,
    }
}

fn workbook_face(report: &Report, pack: &Pack, context: Context) -> Face {
    let partnership = &pack.partnership;
    let read = report.workbooks.iter().filter(|workbook| workbook.state == WorkbookState::Read).count();
    Face {
        partnership: partnership.name.clone(),
        short_name: partnership.short_name.clone(),
        council: partnership.council.clone(),
        committee: partnership.committee.clone(),
        year: report.period.year.clone(),
        period: in_words(&report.period),
        notice: partnership.notice.clone(),
        prepared_from: format!("{}, fingerprint {}", count(read, "workbook", "workbooks"), fingerprint(report)),
        language: partnership.language.clone(),
        date: report.period.to.last_day(),
        context,
    }
}

/// What the workbooks that officers work with say about themselves: the same as the consolidated one.
fn desk_face(face: &Face) -> DeskFace {
    DeskFace {
        partnership: face.partnership.clone(),
        short_name: face.short_name.clone(),
        year: face.year.clone(),
        period: face.period.clone(),
        notice: face.notice.clone(),
        language: face.language.clone(),
        date: face.date,
    }
}

fn page_face(pack: &Pack, marked: BTreeMap<String, String>) -> PageFace {
    PageFace {
        language: pack.partnership.language.clone(),
        titles: TableTitles::of(pack),
        checks: super::check_pages(pack),
        marked,
    }
}

fn in_words(period: &Period) -> String {
    if period.is_complete() {
        format!("{} to {}", Month::of(period.start), period.to)
    } else {
        format!("up to {}; the year is not complete", period.to)
    }
}

/// A mark of the workbooks that a run was made from: the first 16 digits of the SHA-256 over their paths and hashes.
/// The same workbooks give the same mark.
fn fingerprint(report: &Report) -> String {
    let line = |workbook: &WorkbookReport| format!("{}\t{}\n", workbook.path, workbook.sha256);
    let mut mark = sha256(report.workbooks.iter().map(line).collect::<String>().as_bytes());
    mark.truncate(16);
    mark
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample_report::report;
    use crate::model::Weight;

    /// The last reason of a draft over so many errors.
    fn last_reason(errors: usize) -> String {
        let mut report = report();
        report.not_run.clear();
        report.findings.retain(|finding| finding.weight() == Weight::Standing);
        report.findings = vec![report.findings[0].clone(); errors];
        let messages: Vec<String> = report.findings.iter().map(|finding| finding.message.clone()).collect();
        draft(&report, &messages).unwrap().reasons.pop().unwrap()
    }

    #[test]
    fn reasons_that_are_too_many_are_counted() {
        assert!(last_reason(12).contains("\"Hate Crimes\" is not a project of the funding table."));
        assert_eq!(last_reason(13), "There is 1 more error; the findings page lists them.");
        assert_eq!(last_reason(14), "There are 2 more errors; the findings page lists them.");
    }
}
