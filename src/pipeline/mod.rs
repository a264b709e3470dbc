//! The straight line: read, check, store, reconcile, publish. Here work is shared out over threads; of the outputs the
//! consolidated workbook alone has a thread of its own, which packs what the other writes.

mod coverage;
mod excerpts;
mod infer;
mod infer_check;
mod infer_loosen;
mod inspect;
mod officers;
mod originals;
mod period;
mod publish;
mod remembered;
mod state;
mod verify;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use crate::checks;
use crate::export::appendix::{Alphabet, Refusal};
use crate::inbox::{self, Found, Inbox};
use crate::isolation::{Isolation, contained};
use crate::model::{
    Check, CheckPage, Event, Excerpts, Month, Outcome, Progress, QueryError, Report, TableReport, UnreadableWorkbook,
    Workbook, WorkbookReport, WorkbookState, sha256,
};
use crate::read::{self, Wanted};
use crate::reconcile;
use crate::schema::{Mistake, Mistakes, Pack, PackFiles, TableSchema, Year};
use crate::store::{Store, StoreError};

pub use infer::{Inferred, infer};
pub use inspect::inspect;
pub use originals::Originals;
pub use period::PeriodError;
pub use publish::{Outputs, PublishError, publish};
pub use remembered::Remembered;
pub use verify::{Verified, VerifyError, verify};

/// What the command line asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The year to report; from the returns, if left out.
    pub year: Option<String>,
    /// The last month to report; the latest found, if left out.
    pub to: Option<Month>,
    /// How workbooks are opened.
    pub isolation: Isolation,
}

/// Why the tool itself cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The pack has mistakes.
    #[error(transparent)]
    Pack(#[from] Mistakes),
    /// It cannot be told what to report.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The fonts of the appendix cannot be read.
    #[error("{0}")]
    Fonts(#[from] Refusal),
    /// A query of the tool's own failed.
    #[error(transparent)]
    Query(#[from] QueryError),
}

/// A run, up to the outputs.
pub struct Ran {
    /// The result.
    pub report: Report,
    /// The rows.
    pub store: Store,
    /// The year that was reported.
    pub year: Year,
    /// The cells near the findings.
    pub excerpts: Excerpts,
    /// Where the workbooks lie, for those who need them once more.
    pub originals: Originals,
}

/// A workbook and what is known of it before its rows are judged.
struct Placed {
    workbook: Workbook,
    month: Option<Month>,
    state: WorkbookState,
}

/// Reads a pack and reports every mistake in it at once: those of its files, and those that only show when its queries,
/// templates and settings are held against its tables.
///
/// # Errors
/// [`Error::Pack`] with all mistakes, or [`Error::Store`].
pub fn read_pack(files: PackFiles) -> Result<Pack, Error> {
    let (pack, mut mistakes) = Pack::parse_all(files);
    // The pack of the executable was looked through by a test before it was built in, and need not be at each start.
    if mistakes.is_empty() && pack.files.are_built_in() {
        return Ok(pack);
    }
    let in_files: BTreeSet<String> = mistakes.iter().map(|mistake| mistake.file.clone()).collect();
    let deeper = check_pack(&pack)?;
    // What follows from a mistake in the same file is not said as well.
    mistakes.extend(deeper.into_iter().filter(|mistake| !in_files.contains(&mistake.file)));
    if mistakes.is_empty() { Ok(pack) } else { Err(Mistakes::new(mistakes).into()) }
}

/// Every mistake that can be told without workbooks: settings of checks, queries, templates.
fn check_pack(pack: &Pack) -> Result<Vec<Mistake>, Error> {
    let mut mistakes = pack.check_codes(&codes(), &checks::with_threshold());
    let year = pack.partnership.years.first().cloned().unwrap_or_else(any_year);
    // Queries cannot be judged when a table or view that they may name could not be made.
    if !pack.tables.values().all(TableSchema::can_be_stored) {
        return Ok(mistakes);
    }
    let period = year.period(Month::of(year.end));
    match Store::new(pack, &year, &period) {
        Ok(mut store) => {
            store.seal()?;
            mistakes.extend(store.check_rules(pack));
            mistakes.extend(publish::check(pack, &mut store)?);
        }
        Err(error) => mistakes.push(Mistake::file("tables", error.to_string())),
    }
    Ok(mistakes)
}

/// A year to check queries by when `partnership.yaml` could not be read.
fn any_year() -> Year {
    let start = NaiveDate::default();
    let end = start + Days::new(364);
    Year { name: String::new(), start, end, approved_total: None, committee_date: None }
}

/// The codes of all built-in checks.
fn codes() -> Vec<&'static str> {
    checks::registry().chain(reconcile::registry()).map(|check| check.code).collect()
}

/// The page about each check that there is, in the order in which they run: of workbooks, of explanations, and the rules
/// of the pack. Each has the weight that the pack gives it.
pub fn check_pages(pack: &Pack) -> Vec<CheckPage> {
    let built_in = checks::registry().chain(reconcile::registry()).map(Check::page);
    let mut pages: Vec<CheckPage> = built_in.chain(pack.rules.iter().map(|rule| pack.rule_page(rule))).collect();
    for page in &mut pages {
        let options = pack.check_options(&page.code);
        page.severity = options.severity.unwrap_or(page.severity);
        page.is_off = options.is_off();
    }
    pages
}

/// Reads, checks, stores and reconciles what the inbox holds.
///
/// # Errors
/// [`Error`] when the tool cannot go on; wrong data never makes one.
pub fn run(pack: &Pack, inbox: &Inbox, options: &Options, progress: &dyn Progress) -> Result<Ran, Error> {
    progress.event(Event::Found(inbox.workbooks.len()));
    let workbooks =
        inbox.workbooks.par_iter().map(|found| read_one(found, None, pack, &options.isolation, progress)).collect();
    judge(pack, inbox, workbooks, options, progress)
}

/// Checks, stores and reconciles workbooks that were read: those of the inbox, in its order. Whoever judges an inbox again
/// and again, with a few workbooks changed, need not read the others again.
///
/// # Errors
/// [`Error`] when the tool cannot go on; wrong data never makes one.
pub fn judge(
    pack: &Pack,
    inbox: &Inbox,
    mut workbooks: Vec<Workbook>,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Ran, Error> {
    let mut outcome = checks::check_names(&mut workbooks, pack);

    let (year, period) = period::choose(pack, &workbooks, options)?;
    let mut placed = state::place(workbooks, pack, &period);

    progress.event(Event::Stage("Checking each workbook"));
    outcome.extend(check_each(&mut placed, pack, &year));
    let other_years = placed.iter().filter(|one| one.state == WorkbookState::OtherYear);
    let other_years = other_years.filter_map(|one| Some((&*one.workbook.path, one.month?)));
    outcome.extend(checks::check_years(other_years, pack, &year));
    outcome.extend(check_characters(&placed, pack)?);
    let others: Vec<&str> = inbox.others.iter().map(|found| found.path.as_str()).collect();
    outcome.extend(checks::check_inbox(&kinds_of(&placed), &others, pack, &period));
    outcome.extend(checks::check_folders(&inbox.unread_folders, pack));
    outcome.extend(checks::check_open_elsewhere(&open_elsewhere(inbox), pack));

    progress.event(Event::Stage("Checking across workbooks"));
    let mut store = Store::new(pack, &year, &period)?;
    // What was found to be personal is masked before it is stored, so that nothing made from the store can show it.
    mask_each(&mut placed, &outcome, pack);
    for one in &mut placed {
        checks::leave_unwritten_out(&mut one.workbook, pack);
        store.insert(&one.workbook, one.state, one.month, pack)?;
    }
    store.seal()?;
    outcome.extend(checks::check_keys(&store, pack)?);
    outcome.extend(store.run_rules(pack, &period)?);
    if !inbox.whole {
        of_the_files_alone(&mut outcome, &placed);
    }

    let workbooks: Vec<&Workbook> = placed.iter().map(|one| &one.workbook).collect();
    reconcile::suggest(&mut outcome.findings, &workbooks, pack);
    checks::mask_suggestions(&mut outcome.findings);
    let mut findings = reconcile::fold(outcome.findings);
    for table in explanation_tables(pack) {
        reconcile::explain(&mut findings, &store, pack, table, inbox.whole)?;
    }
    let workbooks = placed.iter().map(workbook_report).collect();
    let mut report = Report {
        pack: pack.partnership.name.clone(),
        notice: pack.partnership.notice.clone(),
        period,
        workbooks,
        findings,
        not_run: outcome.not_run,
        checked: Vec::new(),
        whole_inbox: inbox.whole,
    };
    report.sort();
    report.checked = coverage::checked(&placed, pack, &year, &report);
    store.insert_results(&report.findings, &report.not_run, pack, &|code| in_a_sentence(code, pack))?;
    let excerpts = excerpts::excerpts(&placed, &report.findings);
    let originals = Originals::of(inbox, &options.isolation.limits);
    Ok(Ran { report, store, year, excerpts, originals })
}

/// What a check is about, for a reader who may not see what it found. The checks of workbooks are called by what is
/// wrong; the rules, and the checks of explanations, by what must hold.
fn in_a_sentence(code: &str, pack: &Pack) -> String {
    let wrong = checks::registry().find(|check| check.code == code).map(|check| format!("{}.", check.title));
    let of_explanations = || reconcile::registry().find(|check| check.code == code).map(|check| check.title);
    let of_rules = || pack.rules.iter().find(|rule| rule.code == code).map(|rule| rule.title.as_str());
    let must_hold = || of_explanations().or_else(of_rules).map(|title| format!("This does not hold: {title}."));
    wrong.or_else(must_hold).unwrap_or_else(|| format!("The check {code} found something."))
}

/// Reads a workbook, unless it holds the same as one that is known by its path.
fn read_one(
    found: &Found,
    known: Option<&Workbook>,
    pack: &Pack,
    isolation: &Isolation,
    progress: &dyn Progress,
) -> Workbook {
    let path = &found.path;
    let workbook = match inbox::bytes(found, &isolation.limits) {
        Ok(bytes) => {
            let sha256 = sha256(&bytes);
            known.filter(|known| known.sha256 == sha256).cloned().unwrap_or_else(|| {
                let opened = isolation.open(&bytes, &Wanted::by_pack(path, pack));
                let broke = || Err(UnreadableWorkbook::BrokeReader("its tables could not be told apart".to_owned()));
                contained(|| read::workbook(path, &sha256, opened, pack))
                    .unwrap_or_else(|| read::workbook(path, &sha256, broke(), pack))
            })
        }
        Err(why) => read::workbook(path, "", Err(why), pack),
    };
    progress.event(Event::Rows(workbook.tables.iter().map(|table| table.rows.len()).sum()));
    progress.event(Event::Read(path));
    workbook
}

/// The workbooks that another program has open, by their paths as outputs show them, each with the program.
fn open_elsewhere(inbox: &Inbox) -> Vec<(String, &'static str)> {
    let shown = checks::shown_paths(inbox.workbooks.iter().map(|found| found.path.as_str()));
    let open = shown.into_iter().zip(&inbox.workbooks).filter_map(|(path, found)| Some((path, found.open_in()?)));
    open.collect()
}

/// Judges one workbook. When that breaks down, none of its figures can be relied upon: it is given up, and the others go on.
fn check_one(one: &mut Placed, judge: impl Fn(&Placed) -> Outcome) -> Outcome {
    contained(|| judge(one)).unwrap_or_else(|| {
        one.workbook.give_up(UnreadableWorkbook::BrokeReader("a check of it could not be finished".to_owned()));
        one.state = WorkbookState::Unreadable;
        judge(one)
    })
}

fn judged(one: &Placed, pack: &Pack, year: &Year) -> Outcome {
    let is_judged = matches!(
        one.state,
        WorkbookState::Read | WorkbookState::Unreadable | WorkbookState::Unknown | WorkbookState::Repeated
    );
    if is_judged {
        checks::check_workbook(&one.workbook, &checks::Context { pack, year, month: one.month })
    } else {
        // Whatever becomes of its figures, the workbook lies in the inbox and goes from hand to hand.
        checks::check_personal_data(&one.workbook, pack)
    }
}

fn check_each(placed: &mut [Placed], pack: &Pack, year: &Year) -> Outcome {
    let each: Vec<Outcome> = placed.par_iter_mut().map(|one| check_one(one, |one| judged(one, pack, year))).collect();
    let placed = &*placed;
    let mut all = each.into_iter().fold(Outcome::default(), |mut all, outcome| {
        all.extend(outcome);
        all
    });
    for new in placed.iter().filter(|one| one.state == WorkbookState::Read) {
        let replaces = |old: &&Placed| {
            old.state == WorkbookState::Superseded && old.workbook.kind == new.workbook.kind && old.month == new.month
        };
        for old in placed.iter().filter(replaces) {
            all.extend(checks::check_resubmission(&old.workbook, &new.workbook, pack));
        }
        let is_beside = |other: &&Placed| {
            other.state == WorkbookState::Repeated
                && other.workbook.kind == new.workbook.kind
                && other.month == new.month
        };
        for other in placed.iter().filter(is_beside) {
            all.extend(checks::check_repeated(&new.workbook, &other.workbook, pack));
        }
        let is_copy = |other: &&Placed| {
            other.state == WorkbookState::Copied && checks::have_the_same_rows(&new.workbook, &other.workbook, pack)
        };
        for (copy, month) in placed.iter().filter(is_copy).filter_map(|copy| Some((copy, copy.month?))) {
            all.extend(checks::check_copied(&new.workbook, &copy.workbook, month, pack));
        }
    }
    all
}

/// Judges by the fonts of the appendix what of the workbooks may be printed in it: names, and texts of those in use.
fn check_characters(placed: &[Placed], pack: &Pack) -> Result<Outcome, Error> {
    let mut alphabet = Alphabet::new()?;
    let mut all = Outcome::default();
    for one in placed.iter().filter(|one| one.state != WorkbookState::NotYetDue) {
        all.extend(checks::check_characters(&one.workbook, pack, &mut |character| alphabet.has(character)));
    }
    Ok(all)
}

/// Masks in each workbook what was found in it to be personal.
fn mask_each(placed: &mut [Placed], found: &Outcome, pack: &Pack) {
    let personal = found.findings.iter().filter(|finding| checks::is_personal(finding));
    let workbooks: BTreeSet<&Arc<str>> = personal.filter_map(|finding| finding.place.workbook.as_ref()).collect();
    let holding = placed.par_iter_mut().filter(|one| workbooks.contains(&one.workbook.path));
    holding.for_each(|one| checks::mask_found(&mut one.workbook, found, pack));
}

/// The kinds of which there is a workbook.
fn kinds_of(placed: &[Placed]) -> BTreeSet<&str> {
    placed.iter().filter_map(|one| one.workbook.kind.as_deref()).collect()
}

/// When only some files were given, what the others would hold is neither missing nor needed.
fn of_the_files_alone(outcome: &mut Outcome, placed: &[Placed]) {
    outcome.findings.retain(|finding| finding.place.workbook.is_some());
    // What says why a check did not run names the workbook that kept it, unless that is one which was not given.
    let is_of_these = |why: &str| placed.iter().any(|one| why.contains(&*one.workbook.path));
    outcome.not_run.retain(|check| is_of_these(&check.why));
    for check in &mut outcome.not_run {
        check.required = false;
    }
}

fn explanation_tables(pack: &Pack) -> impl Iterator<Item = &str> {
    let kinds = pack.partnership.workbooks.iter().filter(|kind| kind.explanations);
    kinds.flat_map(|kind| kind.tables.iter().map(|place| place.table.as_str()))
}

fn workbook_report(placed: &Placed) -> WorkbookReport {
    let tables = placed.workbook.tables.iter().map(|table| TableReport {
        name: table.name.to_string(),
        sheet: table.sheet.to_string(),
        rows: table.rows.len(),
    });
    WorkbookReport {
        path: placed.workbook.path.to_string(),
        sha256: placed.workbook.sha256.clone(),
        state: placed.state,
        tables: tables.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::PackFiles;

    fn return_for_april() -> Placed {
        let workbook = Workbook::at("2022-04 April return.xlsx");
        Placed {
            workbook: Workbook { kind: Some("return".into()), ..workbook },
            month: None,
            state: WorkbookState::Read,
        }
    }

    #[test]
    fn the_pack_that_is_built_in_is_not_looked_through_at_each_start_since_it_was_here() {
        let (pack, mistakes) = Pack::parse_all(PackFiles::built_in());
        assert_eq!(mistakes, Vec::new());
        assert_eq!(check_pack(&pack).unwrap(), Vec::new());
        // One that differs in a letter is.
        let mut files = PackFiles::built_in();
        assert!(files.are_built_in());
        let text = files.text("consolidated.yaml").unwrap().replacen("FROM", "FROM nowhere_at_all,", 1);
        files.insert("consolidated.yaml", text);
        assert!(!files.are_built_in());
        let mistakes = read_pack(files).unwrap_err().to_string();
        assert!(mistakes.contains("consolidated.yaml") && mistakes.contains("nowhere_at_all"), "{mistakes}");
    }

    #[test]
    fn a_check_that_breaks_down_gives_up_its_workbook_alone() {
        let pack = Pack::parse(PackFiles::built_in()).unwrap();
        let year = pack.partnership.years[0].clone();
        let mut one = return_for_april();
        let outcome = check_one(&mut one, |one| {
            assert!(one.workbook.unreadable.is_some(), "as a check that cannot go on");
            judged(one, &pack, &year)
        });
        assert_eq!(one.state, WorkbookState::Unreadable);
        let found: Vec<&str> = outcome.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            found,
            ["The reader broke down over this file, so nothing of it was read (a check of it could not be finished)."]
        );
        assert!(outcome.not_run.iter().any(|check| check.required && check.why.contains("2022-04 April return.xlsx")));

        let mut other = return_for_april();
        check_one(&mut other, |one| judged(one, &pack, &year));
        assert_eq!((other.state, other.workbook.unreadable), (WorkbookState::Read, None));
    }
}
