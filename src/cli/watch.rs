//! `crosscast watch`: the drop folder. Here are its loop, the clock and the printing; what a look means is told by the room
//! `watch`.

mod made;
mod pack;
mod saying;
mod seeing;
mod watcher;

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;

use super::Ended;
use super::interrupted::Interruption;
use super::options::Common;
use super::run::{self, When, refuse_same};
use crate::inbox::Inbox;
use crate::schema::Pack;
use crate::watch::{Settled, Settling};
use watcher::Watcher;

/// Watch an inbox, and keep the outputs current while workbooks come in, change and go
///
/// Looks into the inbox again and again, also on network drives. A workbook is read when it has stopped growing and no other
/// program keeps it to itself. A line says what came in and what it did to the findings. Ctrl-C ends it, never in the middle
/// of writing. While it watches, no final appendix is left that was made from other workbooks, also when the year cannot be told
/// or the last workbook is gone.
#[derive(Debug, Args)]
pub struct WatchArguments {
    /// The folder that holds the workbooks, in whatever folders below it
    inbox: PathBuf,
    /// The folder that the outputs are written to
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Wait until the workbooks have stopped growing, run once if the outputs would be other than those that are there, and
    /// end with the exit status of run: for task schedulers. Where nothing can be made, earlier outputs stay, as with run
    #[arg(long)]
    once: bool,
    /// Look into the inbox every so many seconds, from 0.1 to 3600
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    every: Duration,
    #[command(flatten)]
    common: Common,
    /// Whether the findings page is opened when it has been written for the first time.
    #[arg(skip)]
    opens_page: bool,
}

impl WatchArguments {
    /// Those of a program that was started without any, for a folder beside it: the outputs and the pack lie there too.
    pub(super) fn beside(folder: &Path, inbox: PathBuf) -> Self {
        Self {
            inbox,
            output: folder.join("output"),
            once: false,
            every: Duration::from_secs(1),
            common: Common::beside(folder),
            opens_page: true,
        }
    }
}

/// A time between two looks.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "give a number of seconds, for example 2 or 0.5".to_owned())?;
    if (0.1..=3600.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("give between 0.1 and 3600 seconds".to_owned())
    }
}

/// Runs the command. Without `--once` it comes back only when it cannot begin: it is ended by Ctrl-C, with exit status 0.
///
/// # Errors
/// When the tool cannot do its work; earlier outputs are then as they were.
pub fn watch(arguments: &WatchArguments) -> Result<Ended> {
    arguments.common.set_threads()?;
    let pack = arguments.common.pack()?;
    if !arguments.inbox.is_dir() {
        bail!("There is no folder at {}. Give the folder that holds the workbooks.", arguments.inbox.display());
    }
    refuse_same(&arguments.output, &arguments.inbox)?;
    if arguments.once {
        return once(arguments, &pack);
    }
    let mut watcher = Watcher::begin(arguments, pack)?;
    loop {
        watcher.look();
        thread::sleep(arguments.every);
    }
}

/// Runs once, when nothing in the inbox moves any more; or after [`crate::watch::MOST_LOOKS`] looks as it is.
fn once(arguments: &WatchArguments, pack: &Pack) -> Result<Ended> {
    let interruption = Interruption::listen();
    let mut settling = Settling::new(1);
    loop {
        let inbox = Inbox::discover(std::slice::from_ref(&arguments.inbox), Some(&arguments.output))?;
        match settling.look(&seeing::look_at(&inbox, None), None) {
            Settled::AtRest | Settled::NeverAtRest => {
                let options = arguments.common.options();
                return run::run_into(&arguments.output, &inbox, pack, &options, When::Changed, &interruption);
            }
            Settled::Moving { .. } | Settled::Quiet | Settled::LookClosely => thread::sleep(arguments.every),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_between_looks() {
        assert_eq!(seconds("0.2"), Ok(Duration::from_millis(200)));
        assert_eq!(seconds("3600"), Ok(Duration::from_secs(3600)));
        for (text, said) in [
            ("0", "give between 0.1 and 3600 seconds"),
            ("-1", "give between 0.1 and 3600 seconds"),
            ("NaN", "give between 0.1 and 3600 seconds"),
            ("inf", "give between 0.1 and 3600 seconds"),
            ("soon", "give a number of seconds, for example 2 or 0.5"),
        ] {
            assert_eq!(seconds(text), Err(said.to_owned()), "{text}");
        }
    }
}
