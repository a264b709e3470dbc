//! `crosscast run`: the main job.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::Ended;
use super::options::{Common, shown};
use super::progress::{Bar, style};
use crate::export::TableTitles;
use crate::export::console::{self, console};
use crate::export::outputs;
use crate::inbox::Inbox;
use crate::model::{Event, Progress};
use crate::pipeline;

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
        bail!("There is no folder at {}. Give the folder that holds the workbooks.", shown(&arguments.inbox));
    }
    let inbox = Inbox::discover(std::slice::from_ref(&arguments.inbox), Some(&arguments.output))?;
    outputs::recover(&arguments.output)?;
    outputs::can_write(&arguments.output)?;

    let bar = Bar::new();
    let ran = pipeline::run(&pack, &inbox, &arguments.common.options(), &bar)?;
    bar.event(Event::Stage("Writing the outputs"));
    let made = pipeline::publish(&ran, &pack, now())?;
    outputs::write(&arguments.output, &made.files, &made.manifest)?;
    bar.finish();

    print!("{}", console(&ran.report, &TableTitles::of(&pack), style()));
    let files: Vec<&str> = made.files.iter().map(|file| file.path.as_str()).collect();
    print!("\n{}", console::outputs(&shown(&arguments.output), &files, style()));
    Ok(if ran.report.is_clear() { Ended::Clear } else { Ended::Standing })
}

/// The time of the run, for the manifest: the only use of the clock.
fn now() -> String {
    chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
