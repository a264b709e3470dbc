//! `crosscast infer`: drafts a pack from workbooks.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::Ended;
use super::interrupted::Interruption;
use super::memory;
use super::options::{Reading, Threads};
use super::progress::Bar;
use crate::export::console::visible_text;
use crate::export::pack_folder;
use crate::inbox::Inbox;
use crate::pipeline::{self, Inferred};
use crate::schema::PackFiles;

/// So many lines say what could not be described.
const MOST_LINES: usize = 10;

/// Draft a pack from workbooks that no pack describes
///
/// Each table that is found becomes a table schema: its layout, headings, types, what is required, unique or one of a few
/// values, totals, sections and the fields of forms. Behind # stands what made it think so, with the cells. Then the
/// workbooks are read by the draft; what it could not describe is said, and stands on top of the table's file. With --output,
/// standard error says what was drafted and what to do next.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 every table passes what was drafted for it; 1 something could not be described or is to be \
    mended in the workbook, or a workbook could not be read; 2 the tool could not do its work, and nothing was written."
)]
pub struct InferArguments {
    /// Workbooks, or folders of workbooks
    #[arg(required = true, value_name = "WORKBOOK")]
    paths: Vec<PathBuf>,
    /// Write a pack that works at once into this folder, which must not exist or be empty [default: the drafts of the tables
    /// go to standard output]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    reading: Reading,
}

/// Runs the command.
///
/// # Errors
/// When the tool cannot do its work.
pub fn infer(arguments: &InferArguments, interruption: &Interruption) -> Result<Ended> {
    arguments.threads.set()?;
    if let Some(folder) = &arguments.output {
        pack_folder::must_be_free(folder)?;
    }
    let inbox = Inbox::discover(&arguments.paths, None)?;
    let isolation = arguments.reading.isolation();
    memory::say_if_much(&inbox.workbooks, &isolation.limits);
    let bar = Bar::over(&inbox.workbooks);
    interruption.draws(&bar);
    let inferred = pipeline::infer(&inbox, &isolation, &bar);
    interruption.release();
    let inferred = inferred?;
    let mut lines = told(&inferred);
    match &arguments.output {
        Some(folder) if inferred.tables > 0 => {
            interruption.wait_for(|| Ok(pack_folder::write(folder, &inferred.files)?))?;
            let [drafted, next] = drafted(&inferred, folder, &arguments.paths);
            lines.insert(0, drafted);
            lines.push(next);
        }
        Some(_) => {}
        None => super::print(&tables(&inferred.files))?,
    }
    for line in lines {
        eprintln!("{}", visible_text(&line));
    }
    Ok(if inferred.is_clear() { Ended::Clear } else { Ended::Standing })
}

/// What was written, and what to do next.
fn drafted(inferred: &Inferred, folder: &Path, paths: &[PathBuf]) -> [String; 2] {
    let counted = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let inbox = match paths {
        [path] if path.is_dir() => in_quotes(path),
        _ => "INBOX".to_owned(),
    };
    [
        format!(
            "Drafted {} from {} into {}.",
            counted(inferred.tables, "table"),
            counted(inferred.workbooks, "workbook"),
            folder.display()
        ),
        format!(
            "Next: change what is marked CHANGE in {}, check the guesses in {}, then: crosscast check {inbox} --schemas {}",
            folder.join("partnership.yaml").display(),
            folder.join("tables").display(),
            in_quotes(folder)
        ),
    ]
}

/// A path as it is typed: in quotes where it has spaces.
fn in_quotes(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains(' ') { format!("\"{shown}\"") } else { shown }
}

/// The drafts of the tables, each below a line with the name of its file.
fn tables(files: &PackFiles) -> String {
    let each = files.below("tables/", ".yaml").map(|(path, text)| format!("# {path}\n{text}"));
    each.collect::<Vec<_>>().join("\n")
}

/// What is said beside the drafts: which workbooks gave none, and what could not be described.
fn told(inferred: &Inferred) -> Vec<String> {
    let mut lines = inferred.without_tables.clone();
    lines.extend(inferred.undescribed.iter().cloned());
    let more = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    if more > 0 {
        lines.push(format!("There are {more} more; they stand on top of the files of the tables."));
    }
    lines
}
