//! `crosscast run`: the main job.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use anyhow::{Result, bail};
use clap::Args;

use super::Ended;
use super::interrupted::Interruption;
use super::memory;
use super::options::Common;
use super::progress::{Bar, style};
use super::verify::in_words;
use crate::export::console::{self, console, visible_text};
use crate::export::outputs::{FOR_COMMITTEE, FOR_OFFICERS, HeldFolder, Holder, Kept, OutputError};
use crate::export::{TableTitles, verdict};
use crate::inbox::{Inbox, real_path};
use crate::model::{Event, Progress, Report};
use crate::pipeline::{self, Options, Outputs};
use crate::schema::Pack;

/// Read an inbox of workbooks, check them, and write the consolidated workbook, the committee appendix and the findings
///
/// The inbox is only read. The outputs appear whole or not at all: for-committee/ holds the appendix and nothing else,
/// for-officers/ the consolidated workbook and the findings. While something stands against publication, or the year is
/// not complete, the appendix is a DRAFT.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The folder that holds the workbooks, in whatever folders below it
    inbox: PathBuf,
    /// The folder that the outputs are written to
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
///
/// # Errors
/// When the tool cannot do its work; earlier outputs are then as they were.
pub fn run(arguments: &RunArguments, interruption: &Interruption) -> Result<Ended> {
    arguments.common.set_threads()?;
    let pack = arguments.common.pack()?;
    if !arguments.inbox.is_dir() {
        bail!("There is no folder at {}. Give the folder that holds the workbooks.", arguments.inbox.display());
    }
    refuse_same(&arguments.output, &arguments.inbox)?;
    let inbox = Inbox::discover(std::slice::from_ref(&arguments.inbox), Some(&arguments.output))?;
    run_into(&arguments.output, &inbox, &pack, &arguments.common.options(), When::Always, interruption)
}

/// When a run writes its outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Whatever is there.
    Always,
    /// When the same are not there already.
    Changed,
}

/// Runs, writes the outputs and prints the summary. When that fails, no folder is left that was not there.
pub(super) fn run_into(
    output: &Path,
    inbox: &Inbox,
    pack: &Pack,
    options: &Options,
    when: When,
    interruption: &Interruption,
) -> Result<Ended> {
    let was_there = output.exists();
    let ended = take(output).map_err(Into::into).and_then(|held| {
        interruption.holds(output, was_there, held);
        run_and_write(output, inbox, pack, options, when, interruption)
    });
    interruption.release();
    if ended.is_err() && !was_there {
        // Only an empty folder can be removed so: one that this run made and wrote nothing to.
        let _ = fs::remove_dir(output);
    }
    ended
}

fn run_and_write(
    output: &Path,
    inbox: &Inbox,
    pack: &Pack,
    options: &Options,
    when: When,
    interruption: &Interruption,
) -> Result<Ended> {
    memory::say_if_much(&inbox.workbooks, &options.isolation.limits);
    let bar = Bar::over(&inbox.workbooks);
    interruption.draws(&bar);
    let mut ran = pipeline::run(pack, inbox, options, &bar)?;
    bar.event(Event::Stage("Writing the outputs"));
    let made = pipeline::publish(&mut ran, pack, &now(), &bar)?;
    let written = interruption.write(&made.manifest, |held| {
        let since = if when == When::Changed { held.written_at(&made.files, &made.manifest)? } else { None };
        Ok(match since {
            Some(since) => Written::Before(since),
            None => Written::Now(held.write(&made.files, &made.manifest)?),
        })
    })?;
    interruption.release();
    match written {
        Written::Before(since) => {
            let since = in_words(&since);
            let verdict = verdict(&ran.report);
            let folder = visible_text(&output.display().to_string()).into_owned();
            super::print(&format!("Nothing has changed since {since}: nothing is written to {folder}. {verdict}\n"))?;
        }
        Written::Now(kept) => summarise(output, &ran.report, pack, &made, &kept),
    }
    Ok(if ran.report.is_clear() { Ended::Clear } else { Ended::Standing })
}

/// What became of the outputs.
enum Written {
    /// The same were written then, as the manifest says it.
    Before(String),
    /// They are there now; what officers had changed in those before is kept.
    Now(Vec<Kept>),
}

/// Takes the output folder for a run, and says what was found there of a run that was cut off, and what officers had changed
/// since then.
pub(super) fn take(output: &Path) -> Result<HeldFolder, OutputError> {
    let held = HeldFolder::take(output, &holder())?;
    if let Some(words) = held.recovered().in_words(output) {
        eprintln!("{words}");
    }
    for kept in held.kept() {
        eprintln!("{kept}");
    }
    Ok(held)
}

/// Prints what a run found, where its outputs are, and what officers had changed in those before.
fn summarise(output: &Path, report: &Report, pack: &Pack, made: &Outputs, kept: &[Kept]) {
    let files: Vec<&str> = made.files.iter().map(|file| file.path.as_str()).collect();
    let summary = console(report, &TableTitles::of(pack), style());
    let written = console::outputs(&output.display().to_string(), &files, style());
    let kept: String = kept.iter().map(|kept| format!("\n{kept}\n")).collect();
    // The outputs are there now, so a summary that cannot be shown must not end as if they were not.
    if let Err(error) = super::print(&format!("{summary}\n{written}{kept}")) {
        eprintln!("The outputs are written to {}. The summary could not be shown: {error}.", output.display());
    }
}

/// A folder below the inbox is left out when it is read; the inbox itself cannot be. Nor can what a run writes be read as
/// workbooks, and replaced.
pub(super) fn refuse_same(output: &Path, inbox: &Path) -> Result<()> {
    let (Ok(whole_output), Ok(whole_inbox)) = (real_path(output), real_path(inbox)) else {
        return Ok(());
    };
    let Ok(below) = whole_inbox.strip_prefix(&whole_output) else { return Ok(()) };
    match below.components().next() {
        None => bail!(
            "The outputs cannot be written to the inbox {}, where they would be read as workbooks. Choose another folder with --output.",
            inbox.display()
        ),
        Some(first) if holds_outputs(&first.as_os_str().to_string_lossy()) => bail!(
            "The inbox {} lies among the outputs in {}, which a run replaces. Move the workbooks to another folder, or choose another folder with --output.",
            inbox.display(),
            output.display()
        ),
        Some(_) => Ok(()),
    }
}

/// Whether a run may change what lies in a folder of that name in the output folder; some systems do not tell upper from
/// lower case.
fn holds_outputs(name: &str) -> bool {
    let name = name.to_lowercase();
    [FOR_COMMITTEE, FOR_OFFICERS].iter().any(|folder| folder.trim_end_matches('/') == name)
        || name.starts_with(".crosscast")
}

/// Who the next run is told of, when it comes while this one works.
fn holder() -> Holder {
    // Where no variable tells it, the name of the computer is left out.
    let computer = env::var("COMPUTERNAME").or_else(|_| env::var("HOSTNAME")).ok().filter(|name| !name.is_empty());
    Holder { process: process::id(), computer, since: in_words(&now()) }
}

/// The time, for the manifest and for the next run.
pub(super) fn now() -> String {
    chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
