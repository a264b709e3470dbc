//! Crosscast checks a partnership's workbooks and writes one consolidated workbook and one committee appendix.
//!
//! Data flows one way; each stage is a function from one type of [`model`] to the next, and [`pipeline`] calls them in
//! this order:
//!
//! ```text
//! inbox::Inbox::discover    paths                      -> the workbooks' names
//! isolation::Isolation::open bytes                     -> read::Opened: grids of cells, within limits of time and memory
//! read::workbook            Opened, the pack           -> Workbook: typed tables, every value with its cell
//! checks::check_names       Workbooks                  -> Outcome: what their names hold, masked in them from here on
//! checks::check_workbook    Workbook                   -> Outcome: findings, and checks that did not run
//! checks::mask_found        Workbook, Outcome          -> Workbook: personal data that was found is masked
//! store::Store::insert      Workbook                   -> rows in SQLite, the one copy of the data
//! checks::check_keys        StoredRows                 -> Outcome: keys that repeat or lead nowhere
//! store::Store::run_rules   rules of the pack          -> Outcome: the rows that break them
//! reconcile                 findings, explanations     -> Report: one cause, one finding; what stands
//! document::build           appendix.md, StoredRows    -> Document: prose, tables, charts, where each is from
//! export                    Document, Report, rows     -> the files of the output folder
//! ```
//!
//! `pipeline::inspect` takes any files without a pack: [`inspect`] finds what looks like tables and makes schemas of them, and
//! the checks that need no pack judge each workbook by these.
//!
//! `pipeline::infer` drafts a pack from workbooks in the same way, for a person to go on with, and reads them by it to see
//! whether it does.
//!
//! Later, `pipeline::verify` holds the files of the output folder and of the inbox against the manifest that a run wrote.
//!
//! A drop folder is looked at again and again: [`watch`] tells from the looks when something has changed and come to rest,
//! and from two reports what that did to the findings.
//!
//! [`schema`] reads the pack, the folder of data that says what the workbooks look like and must satisfy, and hands out the JSON
//! Schemas and the page of keys that are made from its types. [`cli`] turns
//! arguments into options and draws the progress. Who may import whom is in the README and held by `tests/rooms.rs`.

pub mod checks;
pub mod cli;
pub mod document;
pub mod export;
pub mod formula;
pub mod inbox;
pub mod inspect;
pub mod isolation;
pub mod model;
pub mod pipeline;
pub mod read;
pub mod reconcile;
pub mod schema;
pub mod store;
pub mod watch;
