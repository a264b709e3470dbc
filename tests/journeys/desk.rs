//! An officer's desk: an inbox, an output folder, and the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use calamine::{Data, Reader, Sheets, open_workbook_auto};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::workbook;

/// The funding workbook of the sample year.
pub const FUNDING: &str = "funding/SWCSP funding 2022-23.xlsx";
/// The explanations workbook of the sample year.
pub const EXPLANATIONS: &str = "Explanations 2022-23.xlsx";
/// The return for April 2022.
pub const APRIL: &str = "monthly/2022-04 April return.xlsx";
/// The return for May 2022.
pub const MAY: &str = "monthly/2022-05 May return.xlsx";
/// The error of the sample year, as [`findings`] writes it.
pub const SIX_THOUSAND: &str = "error total-mismatch funding/SWCSP funding 2022-23.xlsx PCC funding!D15";

/// What lies below `output/` when nothing stands against publication.
pub const FINAL: [&str; 6] = [
    "for-committee/committee-appendix.html",
    "for-committee/committee-appendix.pdf",
    "for-officers/consolidated.xlsx",
    "for-officers/findings.html",
    "for-officers/findings.json",
    "manifest.json",
];
/// What lies below `output/` when something does, or the year is not complete.
pub const DRAFT: [&str; 6] = [
    "for-committee/committee-appendix-DRAFT.html",
    "for-committee/committee-appendix-DRAFT.pdf",
    "for-officers/consolidated.xlsx",
    "for-officers/findings.html",
    "for-officers/findings.json",
    "manifest.json",
];

/// A temporary folder with `inbox/` and, after a run, `output/`; the program is run in it, so that it finds no pack
/// beside it and uses the one built in.
pub struct Desk(TempDir);

/// What the program ended with.
#[must_use = "a test that does not look at the status passes when the program does nothing"]
pub struct Ended {
    /// 0, 1 or 2.
    pub status: i32,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
}

impl Ended {
    /// What a process left that ended by itself.
    pub fn of(output: Output) -> Self {
        Self {
            status: output.status.code().expect("the program ends by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Desk {
    /// An empty inbox.
    pub fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(desk.path("inbox")).unwrap();
        desk
    }

    /// A copy of a folder of `samples/` in the inbox.
    pub fn with(sample: &str) -> Self {
        let desk = Self::new();
        copy(&repository("samples").join(sample), &desk.path("inbox"));
        desk
    }

    /// The sample year.
    pub fn year() -> Self {
        Self::with("2022-23")
    }

    /// The sample year, with the outputs of a run.
    pub fn year_with_outputs() -> Self {
        let desk = Self::year();
        let ended = desk.run(&[]);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
        desk
    }

    /// The inbox as it stood when August had been returned: funding, explanations, five returns.
    pub fn end_of_august() -> Self {
        let desk = Self::new();
        let months = ["04 April", "05 May", "06 June", "07 July", "08 August"];
        let returns = months.map(|month| format!("monthly/2022-{month} return.xlsx"));
        for path in [FUNDING, EXPLANATIONS].into_iter().chain(returns.iter().map(String::as_str)) {
            desk.put(path, &sample(path));
        }
        desk
    }

    /// A path on the desk.
    pub fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// Puts a file into the inbox.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        put(&self.path("inbox").join(path), bytes);
    }

    /// Takes a file out of the inbox.
    pub fn take(&self, path: &str) {
        fs::remove_file(self.path("inbox").join(path)).unwrap();
    }

    /// Gives a file of the inbox another name.
    pub fn rename(&self, from: &str, to: &str) {
        let inbox = self.path("inbox");
        fs::create_dir_all(inbox.join(to).parent().unwrap()).unwrap();
        fs::rename(inbox.join(from), inbox.join(to)).unwrap();
    }

    /// Types other things into a workbook of the inbox: each `(what a line says, what it says then)` in the notation of
    /// [`text_of`], which must be there exactly once.
    pub fn retype(&self, path: &str, changes: &[(&str, &str)]) {
        let location = self.path("inbox").join(path);
        put(&location, &retyped(&fs::read(&location).unwrap(), changes));
    }

    /// Copies the repository's pack to `schemas/` on the desk, where the program finds it.
    pub fn copy_pack(&self) {
        copy(&repository("schemas"), &self.path("schemas"));
    }

    /// Changes a file of the pack; `from` must be there exactly once.
    pub fn edit_pack(&self, file: &str, from: &str, to: &str) {
        let path = self.path("schemas").join(file);
        let text = fs::read_to_string(&path).unwrap();
        put(&path, swap(text, from, to).as_bytes());
    }

    /// `crosscast run inbox` and the arguments.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.crosscast(&[&["run", "inbox"], arguments].concat())
    }

    /// `crosscast check inbox` and the arguments.
    pub fn check(&self, arguments: &[&str]) -> Ended {
        self.crosscast(&[&["check", "inbox"], arguments].concat())
    }

    /// The report of `crosscast check inbox --format json` and the arguments, and the exit status.
    pub fn report(&self, arguments: &[&str]) -> (i32, Json) {
        let ended = self.check(&[&["--format", "json"], arguments].concat());
        assert_ne!(ended.status, 2, "{}", ended.err);
        (ended.status, serde_json::from_str(&ended.out).unwrap())
    }

    /// The program with any arguments.
    pub fn crosscast(&self, arguments: &[&str]) -> Ended {
        Ended::of(self.command(arguments).output().unwrap())
    }

    /// The program with any arguments, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crosscast"));
        command.args(arguments).current_dir(self.0.path()).env_remove("NO_COLOR").env("COLUMNS", "100");
        command
    }

    /// The files below `output/` that every run makes, sorted: but for those that are made for single officers.
    pub fn outputs(&self) -> Vec<String> {
        files(&self.path("output")).into_iter().filter(|path| !is_for_one_officer(path)).collect()
    }

    /// The marked copies of workbooks, the lists of findings and the differences to be explained, sorted, by their paths below
    /// `output/for-officers/`.
    pub fn for_single_officers(&self) -> Vec<String> {
        let found = files(&self.path("output")).into_iter().filter(|path| is_for_one_officer(path));
        found.map(|path| path.trim_start_matches("for-officers/").to_owned()).collect()
    }

    /// The text of a file of `output/`.
    pub fn output(&self, path: &str) -> String {
        fs::read_to_string(self.path("output").join(path)).unwrap()
    }

    /// The report that a run wrote.
    pub fn written_report(&self) -> Json {
        serde_json::from_str(&self.output("for-officers/findings.json")).unwrap()
    }

    /// What a reader of the HTML appendix reads; `-DRAFT` or nothing names which.
    pub fn appendix(&self, draft: &str) -> String {
        plain_text(&self.output(&format!("for-committee/committee-appendix{draft}.html")))
    }

    /// A sheet of the consolidated workbook, by its rows, with the results of its formulas.
    pub fn consolidated(&self, sheet: &str) -> Vec<Vec<Data>> {
        let mut workbook = open_workbook_auto(self.path("output/for-officers/consolidated.xlsx")).unwrap();
        let range = workbook.worksheet_range(sheet).unwrap();
        assert_eq!(range.start(), Some((0, 0)), "{sheet}");
        range.rows().map(<[Data]>::to_vec).collect()
    }
}

fn is_for_one_officer(path: &str) -> bool {
    path.starts_with("for-officers/marked/") || path == "for-officers/to-explain.xlsx"
}

/// The row of a sheet whose first cell says so.
pub fn row<'a>(rows: &'a [Vec<Data>], first: &str) -> &'a [Data] {
    let found = rows.iter().find(|row| matches!(&row[0], Data::String(text) if text == first));
    found.unwrap_or_else(|| panic!("no row {first}"))
}

/// The number in a cell; none when it is empty.
pub fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        Data::Empty => None,
        other => panic!("{other:?} is not a number"),
    }
}

/// A folder of the repository.
pub fn repository(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// The bytes of a workbook of the sample year.
pub fn sample(path: &str) -> Vec<u8> {
    fs::read(repository("samples/2022-23").join(path)).unwrap()
}

/// Writes a file, with the folders it lies in.
pub fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    for path in files(from) {
        put(&to.join(&path), &fs::read(from.join(&path)).unwrap());
    }
}

/// The files below a folder, with `/`, sorted.
pub fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// Each file below a folder with the SHA-256 of its bytes.
pub fn marks(folder: &Path) -> Vec<(String, String)> {
    let mark = |path: &String| {
        let hash = Sha256::digest(fs::read(folder.join(path)).unwrap());
        hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    files(folder).into_iter().map(|path| (path.clone(), mark(&path))).collect()
}

/// The findings of a report: `error code workbook Sheet!A1`, with `explained` at the end of those that are.
pub fn findings(report: &Json) -> Vec<String> {
    report["findings"].as_array().unwrap().iter().map(line).collect()
}

/// The findings that stand against publication.
pub fn standing(report: &Json) -> Vec<String> {
    let all = report["findings"].as_array().unwrap().iter();
    all.filter(|finding| finding["severity"] == "error" && finding["explained"].is_null()).map(line).collect()
}

/// The first finding of a code.
pub fn finding<'a>(report: &'a Json, code: &str) -> &'a Json {
    let found = report["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == code);
    found.unwrap_or_else(|| panic!("no {code} in {:#?}", findings(report)))
}

/// The messages of the findings of a code.
pub fn messages<'a>(report: &'a Json, code: &str) -> Vec<&'a str> {
    let all = report["findings"].as_array().unwrap().iter();
    all.filter(|finding| finding["code"] == code).map(|finding| text(&finding["message"])).collect()
}

/// The state of each workbook that is not simply read: `path: state`.
pub fn set_aside(report: &Json) -> Vec<String> {
    let workbooks = report["workbooks"].as_array().unwrap().iter();
    let others = workbooks.filter(|workbook| workbook["state"] != "read");
    others.map(|workbook| format!("{}: {}", text(&workbook["path"]), text(&workbook["state"]))).collect()
}

/// A text of the report, empty for null.
pub fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

/// `workbook Sheet!A1`, as far as they are there.
pub fn place(finding: &Json) -> String {
    let cell = match (text(&finding["sheet"]), text(&finding["cell"])) {
        (sheet, "") => sheet.to_owned(),
        (sheet, cell) => format!("{sheet}!{cell}"),
    };
    format!("{} {cell}", text(&finding["workbook"])).trim().to_owned()
}

fn line(finding: &Json) -> String {
    let explained = if finding["explained"].is_null() { "" } else { " explained" };
    let line = format!("{} {} {}", text(&finding["severity"]), text(&finding["code"]), place(finding));
    format!("{}{explained}", line.trim_end())
}

/// The workbook in the notation of [`workbook`], values only: texts are quoted, dates are `2022-04-15`.
pub fn text_of(bytes: &[u8]) -> String {
    let mut workbook: Sheets<_> = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let mut written = String::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        let hidden = if sheet.visible == calamine::SheetVisible::Visible { "" } else { " (hidden)" };
        written.push_str(&format!("# {}{hidden}\n", sheet.name));
        let range = workbook.worksheet_range(&sheet.name).unwrap();
        let Some((last_row, last_column)) = range.end() else { continue };
        for row in 0..=last_row {
            let cells =
                (0..=last_column).map(|column| range.get_value((row, column)).map(notation).unwrap_or_default());
            written.push_str(cells.collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']));
            written.push('\n');
        }
    }
    written
}

fn notation(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
        }
        Data::DateTime(date) => {
            let day = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap() + chrono::Days::new(date.as_f64() as u64);
            day.to_string()
        }
        other => other.to_string(),
    }
}

/// A workbook with other things typed into it, see [`Desk::retype`].
pub fn retyped(bytes: &[u8], changes: &[(&str, &str)]) -> Vec<u8> {
    let text = changes.iter().fold(text_of(bytes), |text, (from, to)| swap(text, from, to));
    workbook(&text)
}

/// `text` with `to` in place of `from`, which must be there exactly once.
pub fn swap(text: String, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from} in\n{text}");
    text.replace(from, to)
}

/// The words of a page, with single spaces: no styles, no tags.
pub fn plain_text(html: &str) -> String {
    let (head, rest) = html.split_once("<style>").unwrap();
    let body = rest.split_once("</style>").unwrap().1;
    // A page's script comes last.
    let body = body.split_once("<script>").map_or(body, |(before, _)| before);
    let mut words = String::new();
    for part in format!("{head}{body}").split('<') {
        let Some((tag, text)) = part.split_once('>') else {
            words.push_str(part);
            continue;
        };
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        // What stands within a line is not apart from what is beside it.
        if !["a", "em", "span", "strong"].contains(&name) {
            words.push(' ');
        }
        words.push_str(text);
    }
    let plain = words.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&quot;", "\"");
    plain.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}
