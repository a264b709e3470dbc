//! `crosscast run`: the main job.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use super::Ended;
use super::options::Common;
use super::progress::{Bar, style};
use crate::export::TableTitles;
use crate::export::console::{self, console};
use crate::export::outputs;
use crate::inbox::Inbox;
use crate::model::{Event, Progress};
use crate::pipeline;
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
pub fn run(arguments: &RunArguments) -> Result<Ended> {
    arguments.common.set_threads()?;
    let pack = arguments.common.pack()?;
    if !arguments.inbox.is_dir() {
        bail!("There is no folder at {}. Give the folder that holds the workbooks.", arguments.inbox.display());
    }
    refuse_same(&arguments.output, &arguments.inbox)?;
    let inbox = Inbox::discover(std::slice::from_ref(&arguments.inbox), Some(&arguments.output))?;
    let was_there = arguments.output.exists();
    let ended = run_into(&arguments.output, &inbox, &pack, arguments);
    if ended.is_err() && !was_there {
        // Only an empty folder can be removed so: one that this run made and wrote nothing to.
        let _ = fs::remove_dir(&arguments.output);
    }
    ended
}

fn run_into(output: &Path, inbox: &Inbox, pack: &Pack, arguments: &RunArguments) -> Result<Ended> {
    let recovered = outputs::recover(output)?;
    if let Some(words) = recovered.in_words(output) {
        eprintln!("{words}");
    }
    outputs::can_write(output)?;

    let bar = Bar::new();
    let mut ran = pipeline::run(pack, inbox, &arguments.common.options(), &bar)?;
    bar.event(Event::Stage("Writing the outputs"));
    let made = pipeline::publish(&mut ran, pack, &now())?;
    outputs::write(output, &made.files, &made.manifest)?;
    bar.finish();

    let files: Vec<&str> = made.files.iter().map(|file| file.path.as_str()).collect();
    let summary = console(&ran.report, &TableTitles::of(pack), style());
    let written = console::outputs(&output.display().to_string(), &files, style());
    // The outputs are there now, so a summary that cannot be shown must not end as if they were not.
    if let Err(error) = super::print(&format!("{summary}\n{written}")) {
        eprintln!("The outputs are written to {}. The summary could not be shown: {error}.", output.display());
    }
    Ok(if ran.report.is_clear() { Ended::Clear } else { Ended::Standing })
}

/// A folder below the inbox is left out when it is read; the inbox itself cannot be.
fn refuse_same(output: &Path, inbox: &Path) -> Result<()> {
    if let (Ok(output), Ok(inbox)) = (fs::canonicalize(output), fs::canonicalize(inbox))
        && output == inbox
    {
        bail!(
            "The outputs cannot be written to the inbox {}, where they would be read as workbooks. Choose another folder with --output.",
            inbox.display()
        );
    }
    Ok(())
}

/// The time of the run, for the manifest: the only use of the clock.
fn now() -> String {
    chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
