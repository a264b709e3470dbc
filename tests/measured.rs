//! What the worst workbooks take that are opened: time of the processor, and memory.
//!
//! `cargo test --test measured -- --ignored --nocapture figures` prints it for each kind, as large as is opened in the process
//! itself, and as large as is hard for one of its own.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use nix::sys::resource::{UsageWho, getrusage};
use support::package::package;

#[path = "support"]
mod support {
    #[allow(dead_code, reason = "other tests change parts")]
    pub mod package;
}

/// The prefix by which a sheet names its part.
const RELATIONSHIPS: &str = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// What is opened in the process itself unpacks to no more than 1 MB.
const INSIDE: usize = 1_000_000;
/// What takes longest, or most, within the limits.
const LARGE: usize = 60_000_000;

/// Each kind by what it repeats.
const KINDS: [&str; 16] = [
    "cells",
    "cells that are empty",
    "cells of one long text",
    "cells with a formula",
    "cells of one long formula",
    "texts that are empty",
    "texts",
    "styles",
    "fonts",
    "number formats",
    "merged cells",
    "hidden rows and filters",
    "defined names",
    "relationships",
    "links",
    "comments",
];

/// A workbook of a kind that unpacks to nearly so many bytes.
fn workbook(kind: &str, size: usize) -> Vec<u8> {
    let times = |text: &str, size: usize| text.repeat(size / text.len());
    // In rows of a thousand.
    let cells = |text: &str, size: usize| times(&format!("<row>{}</row>", text.repeat(1_000)), size);
    let mut parts = Parts { rows: "<row><c><v>1</v></c></row>".to_owned(), ..Parts::default() };
    let most = size - 4_000;
    match kind {
        "cells" => parts.rows = cells("<c><v>1</v></c>", most),
        "cells that are empty" => parts.rows = cells("<c/>", most),
        "cells of one long text" => {
            parts.rows = cells("<c t=\"s\"><v>0</v></c>", most - 40_000);
            parts.strings = format!("<si><t>{}</t></si>", "x".repeat(32_767));
        }
        "cells with a formula" => parts.rows = cells("<c><f>1</f><v>1</v></c>", most),
        "cells of one long formula" => {
            let formula = format!("1{}", "+A1".repeat(10_000));
            let sharing = cells("<c><f t=\"shared\" si=\"0\"/><v>1</v></c>", most - 40_000);
            parts.rows =
                format!("<row><c><f t=\"shared\" si=\"0\" ref=\"A1:XFD9\">{formula}</f><v>1</v></c></row>{sharing}");
        }
        "texts that are empty" => parts.strings = times("<si/>", most),
        "texts" => parts.strings = times("<si><t>a</t></si>", most),
        "styles" => parts.styles = format!("<cellXfs>{}</cellXfs>", times("<xf/>", most)),
        "fonts" => parts.styles = format!("<fonts>{}</fonts>", times("<font/>", most)),
        "number formats" => {
            let formats = (0..most / 48).map(|id| format!("<numFmt numFmtId=\"{id}\" formatCode=\"0\"/>"));
            parts.styles = format!("<numFmts>{}</numFmts>", formats.collect::<String>());
        }
        "merged cells" => parts.after = format!("<mergeCells>{}</mergeCells>", times("<mergeCell ref=\"A1\"/>", most)),
        "hidden rows and filters" => {
            let rows = (0..most / 100).map(|row| format!("<row r=\"{}\" hidden=\"1\"/>", 2 * row + 3));
            parts.rows.extend(rows);
            parts.after = times("<autoFilter ref=\"A1:B9\"><filterColumn/></autoFilter>", most / 2);
        }
        "defined names" => {
            parts.names = format!("<definedNames>{}</definedNames>", times("<definedName name=\"\"/>", most));
        }
        "relationships" => parts.leads = times("<Relationship Id=\"\" Type=\"\" Target=\"\"/>", most),
        "links" => {
            parts.after = times("<hyperlink ref=\"A1\" id=\"a\"/>", most / 2);
            parts.sheet_leads = times(
                "<Relationship Id=\"a\" Type=\"hyperlink\" Target=\"mailto:a\" TargetMode=\"External\"/>",
                most / 2,
            );
        }
        "comments" => {
            parts.comments = times("<comment ref=\"A1\"><text><t>a</t></text></comment>", most / 2);
            // Each would be read, if one part could be read more than once.
            parts.sheet_leads =
                times("<Relationship Id=\"a\" Type=\"/comments\" Target=\"../comments1.xml\"/>", most / 2);
        }
        other => panic!("{other} is no kind"),
    }
    parts.workbook()
}

/// What stands in the parts of a workbook with one sheet.
#[derive(Default)]
struct Parts {
    rows: String,
    after: String,
    strings: String,
    styles: String,
    names: String,
    leads: String,
    sheet_leads: String,
    comments: String,
}

impl Parts {
    fn workbook(&self) -> Vec<u8> {
        let Self { rows, after, strings, styles, names, leads, sheet_leads, comments } = self;
        let leads_to = |kind: &str, target: &str| {
            format!(
                "<Relationship Id=\"{kind}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
            )
        };
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
        let book_leads = [
            leads_to("worksheet", "worksheets/sheet1.xml"),
            leads_to("styles", "styles.xml"),
            leads_to("sharedStrings", "sharedStrings.xml"),
        ];
        package(&[
            (
                "[Content_Types].xml",
                format!("<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}\"/></Types>"),
            ),
            (
                "_rels/.rels",
                format!("<Relationships>{}</Relationships>", leads_to("officeDocument", "xl/workbook.xml")),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook {RELATIONSHIPS}><sheets><sheet name=\"Spend\" sheetId=\"1\" r:id=\"worksheet\"/></sheets>{names}</workbook>"
                ),
            ),
            ("xl/_rels/workbook.xml.rels", format!("<Relationships>{}{leads}</Relationships>", book_leads.concat())),
            ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>")),
            ("xl/worksheets/_rels/sheet1.xml.rels", format!("<Relationships>{sheet_leads}</Relationships>")),
            ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
            ("xl/styles.xml", format!("<styleSheet>{styles}</styleSheet>")),
            ("xl/comments1.xml", format!("<comments><commentList>{comments}</commentList></comments>")),
        ])
    }
}

/// What the program says to these workbooks; and the time of the processor in seconds, and the most memory in MB, of all
/// processes that this one has started until now.
fn checked(folder: &Path) -> (String, f64, i64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crosscast"));
    // The ratio is another limit; such files are easily made to be packed less.
    command.args(["check", "inbox", "--threads", "1", "--year", "2022-23", "--to", "2022-08"]);
    let ended = command.args(["--limit", "ratio=100000"]).current_dir(folder).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert_eq!(ended.status.code(), Some(1));
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let seconds =
        [usage.user_time(), usage.system_time()].map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6);
    // On Linux this is told in KB.
    (String::from_utf8_lossy(&ended.stdout).into_owned(), seconds.iter().sum(), usage.max_rss() / 1024)
}

fn inbox(kinds: &[&str], size: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("inbox")).unwrap();
    for kind in kinds {
        let name = format!("inbox/2022-04 April return {kind}.xlsx");
        fs::write(folder.path().join(name), workbook(kind, size)).unwrap();
    }
    folder
}

#[test]
fn what_is_opened_inside_takes_little() {
    let folder = inbox(&KINDS, INSIDE);
    let (said, seconds, memory) = checked(folder.path());
    // For sixteen workbooks; it must not come near what each of them may take.
    assert!(seconds < 200.0 && memory < 400, "{seconds:.1} s, {memory} MB");
    // All but those whose texts would take too much were read.
    assert_eq!(said.matches("unreadable-workbook").count(), 2, "{said}");
    assert_eq!(said.matches("its texts and formulas take more than").count(), 2, "{said}");
}

#[test]
#[ignore = "prints figures, and takes minutes"]
fn figures() {
    println!("| What is repeated | Unpacked | Processor | Wall | Memory | Read |");
    for (size, kind) in [INSIDE, LARGE].into_iter().flat_map(|size| KINDS.map(|kind| (size, kind))) {
        // In a process of its own, since figures are of all that a process has started.
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "figure", "--ignored", "--nocapture"]);
        let output = command.env("KIND", kind).env("SIZE", size.to_string()).output().unwrap();
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        println!("{}", output.lines().find(|line| line.starts_with('|')).unwrap_or(&output));
    }
}

#[test]
#[ignore = "is a part of the figures"]
fn figure() {
    let (Ok(kind), Ok(size)) = (env::var("KIND"), env::var("SIZE")) else { return };
    let folder = inbox(&[&kind], size.parse().unwrap());
    let began = Instant::now();
    let (said, seconds, memory) = checked(folder.path());
    let wall = began.elapsed().as_secs_f64();
    let beyond = said.lines().find(|line| line.contains("too large")).map_or("yes", str::trim);
    println!(
        "| {kind} | {} MB | {seconds:.1} s | {wall:.1} s | {memory} MB | {beyond} |",
        size.parse::<usize>().unwrap() / 1_000_000
    );
}
