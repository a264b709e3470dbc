//! A small year in which every rule holds, and changes to it.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::sync::{LazyLock, Mutex};

use crosscast::inbox::Inbox;
use crosscast::model::{Finding, Place, Silent};
use crosscast::pipeline::{Options, Ran, run};
use crosscast::schema::{Pack, PackFiles};

use super::support::sample_pack::sample_pack;
use super::support::workbook;

pub const FUNDING: &str = "funding.xlsx";
pub const APRIL: &str = "2022-04 return.xlsx";
pub const MAY: &str = "2022-05 return.xlsx";
pub const JUNE: &str = "2022-06 return.xlsx";
pub const CRIME: &str = "recorded crime.xlsx";
pub const YEAR_END: &str = "year-end measures.xlsx";
pub const REGISTERS: &str = "registers.xlsx";
pub const MEETINGS: &str = "meetings.xlsx";
pub const EXPLANATIONS: &str = "explanations.xlsx";

/// How far a year's inbox goes.
#[derive(Clone, Copy, PartialEq)]
pub enum To {
    /// Funding and the returns of April and May.
    May,
    /// Funding and the returns of April to June.
    June,
    /// Everything.
    March,
}

/// One change to the year's workbooks.
pub enum Edit {
    /// A text that stands once in a workbook, and what stands there instead.
    Change(&'static str, &'static str, &'static str),
    /// A workbook is not there.
    Without(&'static str),
    /// A workbook as it was before all changes is there again, under another name.
    Copy(&'static str, &'static str),
}
pub use Edit::{Change, Copy, Without};

const FUNDING_TEXT: &str = "# PCC funding
Ref | Project title | Purpose | Amount | Funding route | Priority
PCC-01 | Dawn Project | Crisis support | £100,000.00 | Partnership | Safer Homes
PCC-02 | Hate Crime | A grant round | £39,250.00 | Top sliced | Safer People
 | | Total | £139,250.00
";

const YEAR_END_TEXT: &str = "# Year-end measures
Measure ID | Measure | Area | Value | Unit | Note
YE-05 | Kits ordered, Warndon | Safe and Sound | 185 | kits |
YE-06 | Kits used, Warndon | Safe and Sound | 185 | kits |
YE-07 | Kits ordered, Gorse Hill | Safe and Sound | 1250 | kits |
YE-08 | Kits used, Gorse Hill | Safe and Sound | 213 | kits |
";

const REGISTERS_TEXT: &str = "# DHR
DHR number | Stage | Update | Published
16 | Published | Review complete | Yes

# PSPO
Order | Approved | In force from | Expires | Controls
Dog control | | 2021-11-25 | 2024-11-24 | Fouling
Alcohol | 2022-07-26 | 2023-02-28 | 2026-02-27 | Surrendering alcohol

# Members
Organisation | Sector
West Mercia Police | Police
";

const MEETINGS_TEXT: &str = "# Meetings
Date | Group | Held | Main topics
2022-06-14 | Safer Worcester | Online | Budget
";

const MEASURES: [(&str, &str, u8); 6] = [
    ("DA", "Domestic abuse", 6),
    ("HO", "Housing", 3),
    ("SP", "Street Pastors", 5),
    ("CS", "Safe and Sound", 6),
    ("YO", "Youth intervention", 4),
    ("AS", "Anti-social behaviour", 4),
];

/// Each month £1,000.00 is spent on Dawn Project and £500.00 on Hate Crime.
fn month_return(position: u8) -> (String, String) {
    let (year, month) = if position <= 9 { (2022, position + 3) } else { (2023, position - 9) };
    let iso = format!("{year}-{month:02}");
    let prepared = if position == 9 { "2023-01-09".to_owned() } else { format!("{year}-{:02}-09", month + 1) };
    let months = i64::from(position);
    let money = |pounds: i64| match pounds {
        0..1000 => format!("£{pounds}.00"),
        _ => format!("£{},{:03}.00", pounds / 1000, pounds % 1000),
    };
    let (dawn, hate) = (money(1000 * months), money(500 * months));
    let (dawn_left, hate_left) = (money(100_000 - 1000 * months), money(39_250 - 500 * months));
    let (spent, left) = (money(1500 * months), money(139_250 - 1500 * months));
    let mut measures = String::new();
    for (prefix, area, count) in MEASURES {
        for number in 1..=count {
            let value = match (prefix, number) {
                ("HO", 2..) => 2,
                // One count changes from month to month, as some do in every real return.
                ("YO", 4) => 10 + position % 2,
                _ => 10,
            };
            measures.push_str(&format!("{prefix}-{number:02} | A count | {area} | {value}\n"));
        }
    }
    let text = format!(
        "# Return
Monthly return
Partnership | South Worcestershire
Return month | {iso}
Prepared by | Finance officer
Date prepared | {prepared}
Status | Final

# Spend
Date paid | Reference | Project | Payee | Description | Amount
{iso}-10 | INV-{position:02}01 | Dawn Project | Supplier | Project worker | £1,000.00
{iso}-10 | INV-{position:02}02 | Hate Crime | Supplier | Grant | £500.00
 | | | | Total | £1,500.00

# Summary
Ref | Project | Budget | Spend this month | Spend to date | Remaining
PCC-01 | Dawn Project | £100,000.00 | £1,000.00 | {dawn} | {dawn_left}
PCC-02 | Hate Crime | £39,250.00 | £500.00 | {hate} | {hate_left}
 | Total | £139,250.00 | £1,500.00 | {spent} | {left}

# Measures
Measure ID | Measure | Area | Value
{measures}"
    );
    (format!("{iso} return.xlsx"), text)
}

fn crime() -> String {
    let months = ["2022-04", "2022-05", "2022-06", "2022-07", "2022-08", "2022-09", "2022-10", "2022-11", "2022-12"];
    let months = months.into_iter().chain(["2023-01", "2023-02", "2023-03"]);
    let rows: String = months.map(|month| format!("{month} | 1100 | 1090 | 10\n")).collect();
    format!("# Recorded crime\nMonth | This year | Previous year | Change\n{rows}Total | 13200 | 13080 | 120\n")
}

/// The texts of a year's workbooks by file name.
pub struct Year {
    files: BTreeMap<String, String>,
}

impl Year {
    /// The workbooks up to a month, in which every rule holds.
    pub fn to(to: To) -> Self {
        let months = match to {
            To::May => 2,
            To::June => 3,
            To::March => 12,
        };
        let mut files: BTreeMap<String, String> = (1..=months).map(month_return).collect();
        files.insert(FUNDING.to_owned(), FUNDING_TEXT.to_owned());
        if to == To::March {
            files.insert(CRIME.to_owned(), crime());
            files.insert(YEAR_END.to_owned(), YEAR_END_TEXT.to_owned());
            files.insert(REGISTERS.to_owned(), REGISTERS_TEXT.to_owned());
            files.insert(MEETINGS.to_owned(), MEETINGS_TEXT.to_owned());
        }
        Self { files }
    }

    /// Makes the changes.
    pub fn with(mut self, edits: &[Edit]) -> Self {
        let before = self.files.clone();
        for edit in edits {
            match edit {
                Change(file, from, to) => {
                    let text = self.files.get_mut(*file).unwrap_or_else(|| panic!("no {file}"));
                    assert_eq!(text.matches(from).count(), 1, "{from} must stand once in {file}");
                    *text = text.replace(from, to);
                }
                Without(file) => self = self.without(file),
                Copy(from, to) => drop(self.files.insert((*to).to_owned(), before[*from].clone())),
            }
        }
        self
    }

    /// Takes a workbook out.
    pub fn without(mut self, file: &str) -> Self {
        self.files.remove(file).unwrap_or_else(|| panic!("no {file}"));
        self
    }

    /// Adds the officer's explanations, rows of `workbook | sheet | cell | difference`.
    pub fn explained(mut self, rows: &[String]) -> Self {
        let head = "# Explanations\nWorkbook | Sheet | Cell | Difference | Explanation | Recorded by | Approved by | Date recorded\n";
        let rows: String = rows
            .iter()
            .map(|row| {
                format!("{row} | Agreed with the funder in writing | Finance lead | Chief officer | 2023-04-02\n")
            })
            .collect();
        self.files.insert(EXPLANATIONS.to_owned(), format!("{head}{rows}"));
        self
    }

    /// Runs the pipeline over the workbooks in a folder, with the repository's pack.
    pub fn run(&self) -> Ran {
        self.run_with(&PACK)
    }

    /// Runs the pipeline with another pack.
    pub fn run_with(&self, pack: &Pack) -> Ran {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &self.files {
            fs::write(folder.path().join(name), bytes(text)).unwrap();
        }
        let inbox = Inbox::discover(&[folder.path().to_owned()], None).unwrap();
        let mut ran = run(pack, &inbox, &Options::default(), &Silent).unwrap_or_else(|error| panic!("{error}"));
        // The totals of the small year are typed, which is noted of each; that is not what its tests are about.
        ran.report.findings.retain(|finding| finding.code != "total-typed-over");
        ran
    }
}

/// The repository's pack.
pub static PACK: LazyLock<Pack> = LazyLock::new(sample_pack);

/// The repository's pack with other settings for checks, in the words of `partnership.yaml`.
pub fn pack_with_checks(checks: &str) -> Pack {
    let mut files = PackFiles::built_in();
    let text = files.text("partnership.yaml").unwrap().to_owned();
    assert_eq!(text.matches("checks: {}").count(), 1);
    files.insert("partnership.yaml", text.replace("checks: {}", &format!("checks: {checks}")));
    Pack::parse(files).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// Workbooks that stay the same in every case are written once.
fn bytes(text: &str) -> Vec<u8> {
    static WRITTEN: LazyLock<Mutex<HashMap<String, Vec<u8>>>> = LazyLock::new(Mutex::default);
    WRITTEN.lock().unwrap().entry(text.to_owned()).or_insert_with(|| workbook(text)).clone()
}

/// `workbook Sheet!Cell`, without the workbook's ending.
pub fn place(place: &Place) -> String {
    let workbook = place.workbook.as_deref().map_or("the inbox", |path| path.trim_end_matches(".xlsx"));
    format!("{workbook} {}", place.in_workbook()).trim_end().to_owned()
}

/// `error PLACE: ACTUAL for EXPECTED, out by DIFFERENCE`.
pub fn line(finding: &Finding) -> String {
    let mut line = format!("{} {}", finding.severity, place(&finding.place));
    if let (Some(actual), Some(expected)) = (&finding.actual, &finding.expected) {
        line.push_str(&format!(": {actual} for {expected}"));
    }
    if let Some(difference) = finding.difference {
        line.push_str(&format!(", out by {difference}"));
    }
    line
}

/// `error code PLACE: …`, a line for each finding of a run, and its related places after it.
pub fn report(ran: &Ran) -> Vec<String> {
    let of = |finding: &Finding| {
        let related: Vec<String> = finding.related.iter().map(place).collect();
        let related = if related.is_empty() { String::new() } else { format!(" [{}]", related.join(", ")) };
        format!("{} {}{related}", finding.code, line(finding))
    };
    ran.report.findings.iter().map(of).collect()
}

/// `code: why`, a line for each check that did not run.
pub fn not_run(ran: &Ran) -> Vec<String> {
    ran.report.not_run.iter().map(|not_run| format!("{}: {}", not_run.check, not_run.why)).collect()
}
