//! `crosscast check`: all that `run` does, but the outputs.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::Ended;
use super::interrupted::Interruption;
use super::memory;
use super::options::Common;
use super::progress::{Bar, style};
use crate::export::TableTitles;
use crate::export::console::console;
use crate::export::json::json;
use crate::inbox::Inbox;
use crate::pipeline;

/// Check workbooks and say what was found, without writing anything
///
/// Give the inbox, or single workbooks: then only what they hold is checked, and what other workbooks would hold is
/// neither missing nor needed.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Folders of workbooks, or workbooks
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t = Format::Console)]
    format: Format,
    #[command(flatten)]
    common: Common,
}

/// A format of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Console,
    /// For machines; of check, what findings.json holds
    Json,
}

/// Runs the command.
///
/// # Errors
/// When the tool cannot do its work.
pub fn check(arguments: &CheckArguments, interruption: &Interruption) -> Result<Ended> {
    arguments.common.set_threads()?;
    let pack = arguments.common.pack()?;
    let inbox = Inbox::discover(&arguments.paths, None)?;
    let options = arguments.common.options();
    memory::say_if_much(&inbox.workbooks, &options.isolation.limits);
    let bar = Bar::over(&inbox.workbooks);
    interruption.draws(&bar);
    let ran = pipeline::run(&pack, &inbox, &options, &bar);
    interruption.release();
    let ran = ran?;
    match arguments.format {
        Format::Console => super::print(&console(&ran.report, &TableTitles::of(&pack), style()))?,
        Format::Json => super::print(&json(&ran.report))?,
    }
    Ok(if ran.report.is_clear() { Ended::Clear } else { Ended::Standing })
}
