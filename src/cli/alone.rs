//! Started without arguments, most often by a double-click: the folder beside the program is watched, if it is there.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use super::watch::{WatchArguments, watch};
use super::{Arguments, exit_status};

/// The folder beside the program that is watched.
const INBOX: &str = "inbox";
/// Said where there is no such folder.
const WHAT_TO_DO: &str = "To have a folder watched without typing a command, make a folder named inbox beside this program, put \
                          the workbooks in, and start it again.";

/// Watches the folder `inbox` beside the program, or says what the program can do; and gives the exit status.
pub fn start() -> ExitCode {
    let beside = env::current_exe().ok().and_then(|program| program.parent().map(Path::to_path_buf));
    match beside.filter(|folder| folder.join(INBOX).is_dir()) {
        Some(folder) => {
            let status = exit_status(watch(&arguments_beside(&folder)));
            keep_window();
            status
        }
        None => {
            say_what_there_is();
            keep_window();
            ExitCode::from(2)
        }
    }
}

fn arguments_beside(folder: &Path) -> WatchArguments {
    WatchArguments::beside(folder, PathBuf::from(folder).join(INBOX))
}

fn say_what_there_is() {
    // What clap says when no command is given: the help, on standard error.
    if let Err(help) = Arguments::try_parse_from(["crosscast"]) {
        let _ = help.print();
    }
    eprintln!("\n{WHAT_TO_DO}");
}

/// The window of a program that was started by a double-click vanishes with it on Windows, and what it said with the window.
fn keep_window() {
    if cfg!(windows) && io::stdin().is_terminal() {
        eprintln!("\nPress Enter to close this window.");
        let _ = io::stdin().read_line(&mut String::new());
    }
}
