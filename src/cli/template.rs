//! `crosscast template`: a blank workbook to fill in, from the pack.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::Ended;
use super::interrupted::Interruption;
use super::options::PackPlace;
use crate::export::console::visible_text;
use crate::export::template::{self, Asked, ENTRY_ROWS, Template, is_known_by_name};
use crate::model::{Month, file_stem, listed};

/// Make a blank workbook to fill in, from the pack
///
/// NAME is a workbook of the pack, such as return: then it has a sheet for each of its tables; or a table, such as spend. The
/// workbook has the headings that are looked for, lists to choose from, Excel's own checks of what is typed, totals, and a
/// sheet of guidance. Filled in and put into the inbox, it passes its checks.
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 the workbook was made; 2 it could not be made, and nothing was written.")]
pub struct TemplateArguments {
    /// A workbook or a table of the pack
    #[arg(value_name = "NAME")]
    name: String,
    /// The file to write, which must not be there yet [default: in this folder, under the name by which it is known in the
    /// inbox]
    #[arg(long, value_name = "FILE.xlsx")]
    output: Option<PathBuf>,
    /// The month for which it is to be filled in, for example 2022-04
    #[arg(long, value_name = "MONTH")]
    month: Option<Month>,
    /// The financial year, as the pack names it, for example 2022-23 [default: the year of the month, else the latest]
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// How many rows there are to fill in, in tables of which the pack does not tell the rows
    #[arg(long, value_name = "N", default_value_t = ENTRY_ROWS, value_parser = clap::value_parser!(u32).range(1..=5000))]
    rows: u32,
    #[command(flatten)]
    pack: PackPlace,
}

/// Runs the command.
///
/// # Errors
/// When the tool cannot do its work.
pub fn template(arguments: &TemplateArguments, interruption: &Interruption) -> Result<Ended> {
    let pack = arguments.pack.pack()?;
    let asked =
        Asked { name: &arguments.name, month: arguments.month, year: arguments.year.as_deref(), rows: arguments.rows };
    let made = template::template(&pack, &asked)?;
    let path = arguments.output.clone().unwrap_or_else(|| PathBuf::from(&made.file_name));
    interruption.wait_for(|| Ok(template::write(&path, &made.bytes)?))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_known = is_known_by_name(&pack, &asked, file_stem(&name))?;
    let said = said(&made, &path, is_known).iter().map(|line| visible_text(line)).collect::<Vec<_>>().join("\n");
    super::print(&format!("{said}\n"))?;
    Ok(Ended::Clear)
}

/// What was written, and how the file has to be named.
fn said(made: &Template, path: &Path, is_known: bool) -> Vec<String> {
    let sheets = if made.sheets.len() == 1 { "the sheet" } else { "the sheets" };
    let mut lines = vec![format!("Wrote {} with {sheets} {}.", path.display(), listed(&made.sheets, "and"))];
    lines.extend(made.without.iter().cloned());
    if is_known {
        lines.push("Fill it in and put it into the inbox under this name.".to_owned());
    } else {
        lines.extend(made.naming.sentences());
    }
    lines
}
