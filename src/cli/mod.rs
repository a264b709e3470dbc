//! The command line: one file a command; arguments become options here, and progress is drawn here.

mod check;
mod options;
mod progress;
mod run;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a command ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nothing stands against publication.
    Clear,
    /// An unexplained error stands, or a required check did not run.
    Standing,
}

/// Checks a partnership's workbooks and makes its committee appendix.
#[derive(Debug, Parser)]
#[command(name = "crosscast", version, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 nothing stands against publication; 1 an unexplained error stands, or a required \
    check did not run; 2 the tool could not do its work, and earlier outputs are as they were."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::RunArguments),
    Check(check::CheckArguments),
}

/// Parses the arguments of this process, runs the command, and gives its exit status: 0, 1 or 2.
pub fn main() -> ExitCode {
    // clap itself ends with 2 on arguments that it cannot read, and with 0 on --help.
    let arguments = Arguments::parse();
    let ended = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Check(arguments) => check::check(&arguments),
    };
    match ended {
        Ok(Ended::Clear) => ExitCode::SUCCESS,
        Ok(Ended::Standing) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}
