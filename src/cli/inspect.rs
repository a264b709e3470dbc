//! `crosscast inspect`: what is in any files, without a pack.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::Ended;
use super::check::Format;
use super::interrupted::Interruption;
use super::options::{Reading, Threads};
use super::progress::{Bar, style};
use crate::checks::{self, NEEDING_A_PACK};
use crate::export::console::inspection;
use crate::export::json::inspection_json;
use crate::inbox::Inbox;
use crate::pipeline;

/// Say what is in any workbooks, without a pack and without writing anything
///
/// Of up to three workbooks everything is told: sheets, what is hidden, what looks like a table with its headings and
/// types, formulas, errors, links, properties, and what the checks find that need no pack. Of folders and of more
/// workbooks it is a line each, and a summary.
#[derive(Debug, Args)]
#[command(after_help = EXIT_STATUS, after_long_help = what_is_checked())]
pub struct InspectArguments {
    /// Workbooks, or folders of any files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Console)]
    format: Format,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    reading: Reading,
}

const EXIT_STATUS: &str = "Exit status: 0 every workbook could be read and no finding is an error; 1 otherwise; 2 the tool \
    could not do its work.";

/// Which checks run here and which do not, and the exit status.
fn what_is_checked() -> String {
    let known: Vec<&str> = checks::registry().map(|check| check.code).collect();
    let run: Vec<&str> = known.iter().copied().filter(|code| !NEEDING_A_PACK.contains(code)).collect();
    format!(
        "What looks like a table is held against what most of its cells are. These checks run: {}.\n\nThese need a pack, \
         and are left to crosscast check: {}.\n\n{EXIT_STATUS}",
        run.join(", "),
        NEEDING_A_PACK.join(", ")
    )
}

/// Of so many workbooks everything is told.
const MOST_IN_FULL: usize = 3;

/// Runs the command.
///
/// # Errors
/// When the tool cannot do its work.
pub fn inspect(arguments: &InspectArguments, interruption: &Interruption) -> Result<Ended> {
    arguments.threads.set()?;
    let files = Inbox::every_file(&arguments.paths)?;
    let bar = Bar::over(&files);
    interruption.draws(&bar);
    let inspected = pipeline::inspect(&files, &arguments.reading.isolation(), &bar);
    interruption.release();
    let in_full = arguments.paths.len() <= MOST_IN_FULL && arguments.paths.iter().all(|path| !path.is_dir());
    match arguments.format {
        Format::Console if in_full => super::print(&inspection::in_full(&inspected, style()))?,
        Format::Console => super::print(&inspection::a_line_each(&inspected, style()))?,
        Format::Json => super::print(&inspection_json(&inspected))?,
    }
    Ok(if inspected.is_clear() { Ended::Clear } else { Ended::Standing })
}
