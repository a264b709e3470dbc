//! `crosscast verify`: whether an appendix is the one made from these workbooks.

use std::path::PathBuf;

use anyhow::{Result, bail};
use chrono::{DateTime, NaiveDateTime};
use clap::Args;

use super::Ended;
use super::options::PackPlace;
use crate::export::console::visible_text;
use crate::export::count;
use crate::export::manifest::{Manifest, TOOL};
use crate::export::outputs::appendix_path;
use crate::inbox::Inbox;
use crate::model::long_date;
use crate::pipeline::{self, Verified};

/// Say whether the appendix is the final one made from these workbooks, whole and unchanged
///
/// Holds the outputs, the workbooks and the pack against the manifest that the run wrote. Nothing is written. Exit status:
/// 0 yes, all of it; 1 no, with what differs and what to do; 2 it could not be told.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The folder that a run wrote its outputs to
    output: PathBuf,
    /// The folder that holds the workbooks
    inbox: PathBuf,
    #[command(flatten)]
    pack: PackPlace,
}

/// Runs the command.
///
/// # Errors
/// When it cannot be told.
pub fn verify(arguments: &VerifyArguments) -> Result<Ended> {
    for (folder, what) in [(&arguments.output, "the outputs"), (&arguments.inbox, "the workbooks")] {
        if !folder.is_dir() {
            bail!("It cannot be told: there is no folder at {}. Give the folder that holds {what}.", folder.display());
        }
    }
    let pack = arguments.pack.files()?;
    let inbox = Inbox::discover(std::slice::from_ref(&arguments.inbox), Some(&arguments.output))?;
    let verified = pipeline::verify(&arguments.output, &inbox, &pack)?;
    super::print(&answer(&verified))?;
    Ok(if verified.differences.is_empty() { Ended::Clear } else { Ended::Standing })
}

/// The verdict, and what it rests on.
fn answer(verified: &Verified) -> String {
    let manifest = &verified.manifest;
    let path = appendix_path(manifest.is_final, "pdf");
    let name = path.rsplit('/').next().unwrap_or(&path);
    let year = visible_text(&manifest.year);
    let made = format!("made on {}", visible_text(&in_words(&manifest.time)));
    let mut text = if verified.differences.is_empty() {
        let workbooks = count(manifest.inputs.len(), "workbook", "workbooks");
        let mut text = format!("Yes: {name} is the final appendix for {year}, {made} from these {workbooks}.\n\n");
        for input in &manifest.inputs {
            text.push_str(&format!("    {}\n", visible_text(&input.path)));
        }
        text
    } else {
        let mut text = format!("No: do not publish {name}.\n\n");
        for difference in &verified.differences {
            text.push_str(&format!("  - {}\n", visible_text(&difference.to_string())));
        }
        text.push_str("\nWhat to do:\n\n");
        let mut remedies: Vec<&str> = verified.differences.iter().map(|difference| difference.remedy()).collect();
        // To run again is part of most of the others.
        if remedies.iter().any(|remedy| remedy.ends_with("run again.")) {
            remedies.retain(|remedy| *remedy != "Run again.");
        }
        remedies.sort_unstable();
        remedies.dedup();
        for remedy in remedies {
            text.push_str(&format!("  - {remedy}\n"));
        }
        text.push_str(&format!("\nThe appendix is for {year}, {made}.\n"));
        text
    };
    text.push_str(&format!("\nIts figures run up to {}.{}\n", manifest.to, other_tool(manifest)));
    text
}

/// That another version of the program made it, if one did.
fn other_tool(manifest: &Manifest) -> String {
    if manifest.tool == TOOL {
        String::new()
    } else {
        format!(" It was made by {}; this is {TOOL}.", visible_text(&manifest.tool))
    }
}

/// The time of a run: `3 July 2023 at 09:30 UTC`; as it stands when it is no time.
pub(super) fn in_words(time: &str) -> String {
    let parsed: Option<NaiveDateTime> = DateTime::parse_from_rfc3339(time).ok().map(|time| time.naive_utc());
    parsed.map_or_else(|| time.to_owned(), |time| format!("{} at {} UTC", long_date(time.date()), time.format("%H:%M")))
}
