//! The command line: one file a command; arguments become options here, and progress is drawn here.

mod alone;
mod check;
mod explain;
mod infer;
mod inspect;
mod interrupted;
mod memory;
mod options;
mod progress;
mod run;
mod stopping;
mod template;
mod verify;
mod watch;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::export::console::visible_text;
use crate::isolation;
use interrupted::Interruption;

/// What a command ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nothing stands against publication; what was verified is what it says it is.
    Clear,
    /// An unexplained error stands, or a required check did not run; what was verified is not what it says it is.
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
    Watch(watch::WatchArguments),
    Check(check::CheckArguments),
    Inspect(inspect::InspectArguments),
    Infer(infer::InferArguments),
    Template(template::TemplateArguments),
    Verify(verify::VerifyArguments),
    Explain(explain::ExplainArguments),
    /// Open the workbook that standard input asks for (for this program's own use)
    #[command(name = isolation::COMMAND, hide = true)]
    OpenWorkbook,
}

/// Parses the arguments of this process, runs the command, and gives its exit status: 0, 1 or 2. One that is interrupted ends
/// the process with 130.
pub fn main() -> ExitCode {
    isolation::quieten_contained_panics();
    if std::env::args_os().len() <= 1 {
        return alone::start();
    }
    // clap itself ends with 2 on arguments that it cannot read, and with 0 on --help.
    let arguments = Arguments::parse();
    let listen = Interruption::listen;
    let ended = match arguments.command {
        Command::Run(arguments) => run::run(&arguments, &listen()),
        Command::Watch(arguments) => watch::watch(&arguments),
        Command::Check(arguments) => check::check(&arguments, &listen()),
        Command::Inspect(arguments) => inspect::inspect(&arguments, &listen()),
        Command::Infer(arguments) => infer::infer(&arguments, &listen()),
        Command::Template(arguments) => template::template(&arguments, &listen()),
        Command::Verify(arguments) => {
            listen();
            verify::verify(&arguments)
        }
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::OpenWorkbook => {
            interrupted::leave_to_the_other();
            isolation::serve().map(|()| Ended::Clear).map_err(Into::into)
        }
    };
    exit_status(ended)
}

/// The exit status of a command that ended so; what it could not do is said on standard error.
fn exit_status(ended: anyhow::Result<Ended>) -> ExitCode {
    match ended {
        Ok(Ended::Clear) => ExitCode::SUCCESS,
        Ok(Ended::Standing) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{}", visible_lines(&said(&error)));
            ExitCode::from(2)
        }
    }
}

/// The error and its causes, each said once: many errors quote their cause already.
fn said(error: &anyhow::Error) -> String {
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}

/// What is said where something went wrong, with every character shown: the names of files and the texts of the pack are
/// among it.
fn visible_lines(said: &str) -> String {
    said.lines().map(visible_text).collect::<Vec<_>>().join("\n")
}

/// Writes the result to standard output. A reader that has seen enough and closed it, such as `head`, is no mistake.
fn print(text: &str) -> std::io::Result<()> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
