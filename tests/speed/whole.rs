//! Whole commands, and each stage in a process of its own, beside calamine's bare streaming read of the same file in the
//! same run: time of the processor and peak memory, as ratios, so that they hold on any machine.
//!
//! `cargo bench --bench whole` prints the table of the README; `cargo bench --bench whole -- small` that of the small data
//! alone. The data is made once, in the folder of cargo's temporary files.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on may panic")]

use std::env;

#[path = "whole/data.rs"]
mod data;
mod ledger;
#[path = "whole/measure.rs"]
mod measure;
#[path = "whole/stages.rs"]
mod stages;
#[path = "whole/table.rs"]
mod table;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        // What this program has another of its kind do, so that it is measured alone.
        ["stage", stage, inbox, pack] => stages::run(stage, inbox.as_ref(), pack.as_ref()),
        ["measure", command @ ..] => measure::serve(command),
        sizes => table::print(sizes),
    }
}
