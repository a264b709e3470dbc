//! `crosscast explain`: what a check means, why it matters, and how to mend or silence what it finds.

use anyhow::{Result, bail};
use clap::Args;

use super::Ended;
use super::options::PackPlace;
use super::progress::style;
use crate::export::console::{check_list, check_page, visible_text};
use crate::model::likely_match;
use crate::pipeline;

/// List all checks, or say what one of them means and how to mend or silence what it finds
///
/// The code of a check stands beside each of its findings. The list gives each check's weight as the pack has it.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The code of a check, for example total-mismatch; all checks are listed if it is left out
    code: Option<String>,
    #[command(flatten)]
    pack: PackPlace,
}

/// Runs the command.
///
/// # Errors
/// When the pack cannot be read, or no check has the code.
pub fn explain(arguments: &ExplainArguments) -> Result<Ended> {
    let pack = arguments.pack.pack()?;
    let pages = pipeline::check_pages(&pack);
    let Some(code) = &arguments.code else {
        super::print(&check_list(&pages, style()))?;
        return Ok(Ended::Clear);
    };
    let Some(page) = pages.iter().find(|page| page.code == code.trim().to_lowercase()) else {
        let likely = likely_match(code, pages.iter().map(|page| page.code.as_str()));
        let hint = likely.map(|likely| format!(" Did you mean {likely}?")).unwrap_or_default();
        bail!("There is no check named {}.{hint} crosscast explain lists all of them.", visible_text(code));
    };
    super::print(&check_page(page, style()))?;
    Ok(Ended::Clear)
}
