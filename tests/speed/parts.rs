//! The parts of a run, each as a function of the library, over a ledger of 10,000 rows by 12 columns.
//!
//! `cargo bench --bench parts`; `cargo bench --bench parts -- store` for one of them.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on may panic")]

use std::sync::LazyLock;

use chrono::NaiveDate;
use crosscast::checks::{self, Context};
use crosscast::export::appendix;
use crosscast::export::workbook::{self, Face};
use crosscast::isolation::Isolation;
use crosscast::model::document::{Align, Block, ColumnHead, Document, TableBlock, TableCell};
use crosscast::model::{Month, Period, Silent, StoredRows, Workbook, WorkbookState};
use crosscast::read::{self, Opened, Wanted};
use crosscast::schema::{Pack, PackFiles, Year};
use crosscast::store::Store;
use divan::Bencher;

#[allow(dead_code, reason = "what is planted is of no matter here")]
mod ledger;

const ROWS: usize = 10_000;
const SEED: u64 = 2022;
const LEDGER: &str = "ledger.xlsx";

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    ledger::write_pack(folder.path(), 1);
    Pack::parse(PackFiles::from_folder(folder.path()).unwrap()).unwrap()
});
static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| ledger::workbook(SEED, 0, ROWS));

fn main() {
    divan::main();
}

/// Opens the workbook in this process: guards it, and lays its cells out in a grid.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn open(bencher: Bencher) {
    LazyLock::force(&BYTES);
    LazyLock::force(&PACK);
    bencher.bench_local(opened);
}

/// Makes typed tables of the grid.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read(bencher: Bencher) {
    bencher.with_inputs(opened).bench_local_values(read_from);
}

/// Judges the workbook by the checks that look at nothing else.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn check(bencher: Bencher) {
    let workbook = read_from(opened());
    let context = Context { pack: &PACK, year: year(), month: None };
    bencher.bench_local(|| checks::check_workbook(&workbook, &context));
}

/// Puts the rows of the workbook and of the cost centres into a store.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn store(bencher: Bencher) {
    let workbooks = workbooks();
    bencher.bench_local(|| stored(&workbooks));
}

/// Looks for keys that are there twice or lead nowhere.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn keys(bencher: Bencher) {
    let store = stored(&workbooks());
    bencher.bench_local(|| checks::check_keys(&store, &PACK).unwrap());
}

/// Runs the six rules of the pack.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn rules(bencher: Bencher) {
    let store = stored(&workbooks());
    bencher.bench_local(|| store.run_rules(&PACK, &period()).unwrap());
}

/// Writes the consolidated workbook.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn consolidate(bencher: Bencher) {
    let store = stored(&workbooks());
    let text = PACK.files.text("consolidated.yaml").unwrap();
    let face = face(&store);
    bencher.bench_local(|| {
        workbook::consolidated(&PACK.consolidated, text, &PACK.tables, &store, &face, &Silent).unwrap()
    });
}

/// Draws a table of all rows as a PDF.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn pdf(bencher: Bencher) {
    let document = document(&stored(&workbooks()));
    bencher.bench_local(|| appendix::pdf(&document).unwrap());
}

fn opened() -> Opened {
    // Without an executable it is opened in this process.
    Isolation::default().open(&BYTES, &Wanted::by_pack(LEDGER, &PACK)).unwrap()
}

fn read_from(opened: Opened) -> Workbook {
    read::workbook(LEDGER, "", Ok(opened), &PACK)
}

fn workbooks() -> [Workbook; 2] {
    let centres = read::read("cost centres.xlsx", &ledger::cost_centres(), &PACK);
    let both = [read_from(opened()), centres];
    assert!(both.iter().all(|workbook| !workbook.tables.is_empty()));
    both
}

fn stored(workbooks: &[Workbook]) -> Store {
    let mut store = Store::new(&PACK, year(), &period()).unwrap();
    for workbook in workbooks {
        store.insert(workbook, WorkbookState::Read, None, &PACK).unwrap();
    }
    store.seal().unwrap();
    store
}

fn year() -> &'static Year {
    &PACK.partnership.years[0]
}

fn period() -> Period {
    year().period(Month::of(year().end))
}

fn face(store: &Store) -> Face {
    let mut context = workbook::Context::new();
    let found = store.query("SELECT * FROM period").unwrap();
    context.insert("period".to_owned(), crosscast::schema::row_to_template(&found.columns, &found.rows[0]));
    Face {
        partnership: PACK.partnership.name.clone(),
        short_name: PACK.partnership.short_name.clone(),
        council: String::new(),
        committee: String::new(),
        year: year().name.clone(),
        period: "April 2022 to March 2023".to_owned(),
        notice: None,
        prepared_from: "2 workbooks".to_owned(),
        language: "en-GB".to_owned(),
        date: NaiveDate::from_ymd_opt(2023, 3, 31).unwrap(),
        context,
    }
}

/// Six columns of the ledger in one table.
fn document(store: &Store) -> Document {
    let found = store.query("SELECT entry, directorate, cost_centre, supplier, status, invoice FROM ledger").unwrap();
    let column = |title: &String| ColumnHead { title: title.clone(), align: Align::Left };
    let cell = |value: &crosscast::model::Scalar| TableCell::from(value.as_text().unwrap_or_default().to_owned());
    let table = TableBlock {
        caption: "Table 1: the ledger".to_owned(),
        columns: found.columns.iter().map(column).collect(),
        rows: found.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        total: None,
        empty: "Nothing was entered.".to_owned(),
        notes: Vec::new(),
        source: None,
    };
    assert_eq!(table.rows.len(), ROWS);
    Document {
        title: "The ledger of the year".to_owned(),
        language: "en-GB".to_owned(),
        author: "County".to_owned(),
        subject: "Every entry of the year".to_owned(),
        title_block: Vec::new(),
        notice: None,
        header: "Audit Committee".to_owned(),
        footer: "County".to_owned(),
        draft: None,
        blocks: vec![
            Block::Heading { level: 1, number: Some("1".to_owned()), text: "Entries".to_owned() },
            Block::Table(table),
        ],
        notes: Vec::new(),
        sources: Vec::new(),
    }
}
