//! What people do with the program, from the command to the files: each module is a task, each test a journey.
//!
//! The program itself is run, in folders of its own. Every expected figure is written in the test.

#![allow(clippy::unwrap_used)]

mod alone;
mod asking;
mod bad_files;
mod cannot_work;
#[path = "../planted/chance.rs"]
mod chance;
mod changed_figure;
mod command_line;
mod deep_folders;
mod desk;
mod each_month;
mod explaining;
mod faults;
mod for_the_public;
mod full_disk;
#[cfg(target_os = "linux")]
mod interrupted;
mod isolated;
mod killed;
mod layouts;
mod odd_texts;
mod officers;
mod officers_desk;
mod open_elsewhere;
mod other_years;
mod packs;
mod payloads;
mod personal;
#[path = "../independent/programs.rs"]
#[allow(dead_code, reason = "each test program needs some of it")]
mod programs;
mod published;
mod returns;
mod same_bytes;
mod small_desk;
mod two_runs;
mod unchanged_inbox;
mod verifying;
mod virements;
mod watched;
mod watching;
mod words_of_the_appendix;
mod year_end;

#[path = "../support"]
mod support {
    pub mod marks;
    pub mod old_workbook;
    pub mod open_document;
    pub mod package;
    pub mod patched;
    pub mod workbook;

    pub use workbook::workbook;
}
