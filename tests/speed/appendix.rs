//! How long the appendix takes, and how large it is: a table of 20 and of 200 pages, drawn on one thread.
//!
//! `cargo bench --bench appendix`

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on may panic")]

use std::time::{Duration, Instant};

use crosscast::export::appendix;
use crosscast::model::document::{
    Align, Block, ColumnHead, Detail, Document, Inline, SourceNote, TableBlock, TableCell, Target,
};

/// Rows that fill a page.
const ROWS_OF_A_PAGE: usize = 20;
/// The fastest of so many runs is told: the others were held up by something else.
const RUNS: usize = 5;

fn main() {
    println!("pages      bytes   milliseconds   per page, against the first");
    let mut first = None;
    for pages in [20, 200] {
        let document = document(pages * ROWS_OF_A_PAGE);
        let (mut bytes, mut fastest) = (Vec::new(), Duration::MAX);
        for _ in 0..RUNS {
            let begin = Instant::now();
            bytes = appendix::pdf(&document).unwrap();
            fastest = fastest.min(begin.elapsed());
        }
        let count = lopdf::Document::load_mem(&bytes).unwrap().get_pages().len();
        let milliseconds = fastest.as_secs_f64() * 1000.0;
        let per_page = milliseconds / count as f64;
        let ratio = per_page / *first.get_or_insert(per_page);
        println!("{count:5} {:10} {milliseconds:14.1} {ratio:10.2}", bytes.len());
    }
}

/// Payments, in tables of a quarter of the rows each, with a source and a link.
fn document(rows: usize) -> Document {
    let mut blocks = Vec::new();
    for quarter in 1..=4 {
        let number = Some(quarter.to_string());
        blocks.push(Block::Heading { level: 1, number, text: format!("Payments of quarter {quarter}") });
        blocks.push(Block::Table(table(quarter, rows / 4)));
    }
    let target = Some(Target::Web("https://example.org/grants".to_owned()));
    blocks.push(Block::Paragraph {
        number: None,
        text: vec![Inline { text: "How grants are made".to_owned(), target, ..Inline::default() }],
    });
    blocks.push(Block::Sources);
    let source = |quarter| SourceNote {
        of: format!("Table {quarter}"),
        text: format!("Payments!A5:F{} of workbook {quarter}", rows / 4 + 4),
        full: "".into(),
    };
    Document {
        title: "Payments of the partnership 2022-23".to_owned(),
        language: "en-GB".to_owned(),
        author: "Safer Communities Partnership".to_owned(),
        subject: "Every payment of the year".to_owned(),
        title_block: vec![Detail { label: "Report to".to_owned(), value: "Communities Committee".to_owned() }],
        notice: None,
        header: "Communities Committee".to_owned(),
        footer: "Safer Communities Partnership".to_owned(),
        draft: None,
        blocks,
        notes: Vec::new(),
        sources: (1..=4).map(source).collect(),
    }
}

fn table(quarter: usize, rows: usize) -> TableBlock {
    let column = |(title, align): (&str, Align)| ColumnHead { title: title.to_owned(), align };
    let row = |index: usize| -> Vec<TableCell> {
        [
            format!("PAY-{quarter}-{:05}", index + 1),
            format!("{} {} 2022", index % 28 + 1, ["April", "May", "June"][index % 3]),
            ["Domestic abuse outreach", "Youth mentoring", "Street Pastors"][index % 3].to_owned(),
            ["Salaries of two outreach workers for the month", "Hire of hall", "Flip flops, blankets and water"]
                [index / 2 % 3]
                .to_owned(),
            ["top sliced", "partnership"][index % 2].to_owned(),
            format!("£{}.{:02}", 100 + index * 37 % 900, index % 100),
        ]
        .map(TableCell::from)
        .to_vec()
    };
    TableBlock {
        caption: format!("Table {quarter}: Payments of quarter {quarter}"),
        columns: [
            ("Reference", Align::Left),
            ("Date paid", Align::Left),
            ("Project", Align::Left),
            ("What for", Align::Left),
            ("Route", Align::Left),
            ("Amount", Align::Right),
        ]
        .map(column)
        .to_vec(),
        rows: (0..rows).map(row).collect(),
        total: None,
        empty: "Nothing was paid.".to_owned(),
        notes: Vec::new(),
        source: Some(quarter - 1),
    }
}
