//! A year of ten times as many projects and payments, made by chance that its seed decides: it is clean, and faults planted
//! in it are found as well.
//!
//! The funding and the returns are the sample's own workbooks with other rows in them; all other workbooks are as they are.

use std::fs;
use std::sync::LazyLock;

use crosscast::model::Severity;
use crosscast::schema::{Pack, PackFiles};
use tempfile::TempDir;

use crate::chance::Chance;
use crate::editor::{Book, Content};
use crate::planting::{assert_found_and_nothing_else, plant_all};
use crate::year::{Year, line};

const PROJECTS: usize = 100;
/// For each payment of the sample so many.
const TIMES: u32 = 10;
const SEED: u64 = 2022;

/// A project of the made year; amounts in pence.
struct Project {
    reference: String,
    name: String,
    budget: i64,
    spent: i64,
}

/// A payment; the date as a number of Excel, the amount in pence.
struct Payment {
    date: f64,
    project: usize,
    amount: i64,
}

/// The made year and its folder.
struct Made {
    year: Year,
    _folder: TempDir,
}

static MADE: LazyLock<Made> = LazyLock::new(|| made(SEED));

fn made(seed: u64) -> Made {
    let sample = Year::sample();
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance::new(seed, "a year");
    let mut projects = projects(&mut chance);
    for path in sample.paths("") {
        let is_made = path.contains("funding") || path.contains("return");
        let bytes = match is_made {
            _ if path.contains("Explanations") => continue,
            true => {
                let mut book = sample.book(path).clone();
                match path.contains("funding") {
                    true => fund(&mut book, &projects, &mut chance),
                    false => spend(&mut book, &mut projects, &mut chance),
                }
                book.calculate();
                book.bytes()
            }
            false => sample.bytes(path),
        };
        let location = folder.path().join(path);
        fs::create_dir_all(location.parent().unwrap()).unwrap();
        fs::write(location, bytes).unwrap();
    }
    let total: i64 = projects.iter().map(|project| project.budget).sum();
    Made { year: Year::of(pack(total), folder.path()), _folder: folder }
}

/// The repository's pack with the approved total of the made year, and references of three digits.
fn pack(total: i64) -> Pack {
    let mut files = PackFiles::built_in();
    let mut swap = |file: &str, from: &str, to: &str| {
        let text = files.text(file).unwrap();
        assert!(text.contains(from), "{from} in {file}");
        let text = text.replace(from, to);
        files.insert(file, text);
    };
    swap("partnership.yaml", "139250.00", &pounds(total).to_string());
    for file in ["tables/funding.yaml", "tables/summary.yaml"] {
        swap(file, r"'PCC-\d{2}'", r"'PCC-\d{3}'");
    }
    Pack::parse(files).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn pounds(pence: i64) -> f64 {
    pence as f64 / 100.0
}

fn projects(chance: &mut Chance) -> Vec<Project> {
    const PLACES: [&str; 10] = [
        "Malvern",
        "Pershore",
        "Evesham",
        "Droitwich",
        "Warndon",
        "Gorse Hill",
        "St Johns",
        "Upton",
        "Tenbury",
        "Broadway",
    ];
    const THEMES: [&str; 10] = [
        "Youth Mentoring",
        "Burglary Prevention",
        "Street Lighting",
        "Hate Crime Awareness",
        "Night Safety",
        "Rural Watch",
        "Women & Girls",
        "Drug and Alcohol Outreach",
        "Road Safety",
        "Victim Support",
    ];
    let name = |number: usize| format!("{} {}", PLACES[number % 10], THEMES[number / 10]);
    (0..PROJECTS)
        .map(|number| Project {
            reference: format!("PCC-{:03}", number + 1),
            name: name(number),
            budget: i64::from(chance.within(900_000, 4_000_000)),
            spent: 0,
        })
        .collect()
}

/// Writes the projects into the funding workbook, whose total adds them up.
fn fund(book: &mut Book, projects: &[Project], chance: &mut Chance) {
    let sheet = book.edit("PCC funding");
    // From the last line of the sample down to its total.
    (10..projects.len()).for_each(|_| sheet.insert_row(15));
    for (row, project) in (5..).zip(projects) {
        if row > 5 {
            sheet.copy_row(5, row);
        }
        sheet.set_text(&format!("A{row}"), &project.reference);
        sheet.set_text(&format!("B{row}"), &project.name);
        sheet.set_text(&format!("C{row}"), "Work of the partnership in its area");
        sheet.set_number(&format!("D{row}"), pounds(project.budget));
        sheet.set_text(&format!("E{row}"), chance.of(&["Top sliced", "Partnership"]).unwrap());
        sheet.set_text(&format!("F{row}"), chance.of(&["Safer Homes", "Safer People", "Safer Roads"]).unwrap());
    }
    let total = 5 + projects.len();
    sheet.set_formula(&format!("D{total}"), &format!("SUM(D5:D{})", total - 1));
}

/// Writes the payments of a month, and the position at its end, into a return.
fn spend(book: &mut Book, projects: &mut [Project], chance: &mut Chance) {
    let first_day = book.sheet("Return").number("B4");
    let before = (4..).find(|row| book.sheet("Spend").text(&format!("E{row}")) == "Total").unwrap() - 4;
    let payments = payments(before * TIMES, first_day, projects, chance);
    write_payments(book, before, &payments, projects);
    write_summary(book, &payments, projects);
    let lists = book.edit("Lists");
    (1..).zip(projects.iter()).for_each(|(row, project)| lists.set_text(&format!("A{row}"), &project.name));
}

/// So many payments of a month, by date, each within what its project has left.
fn payments(number: u32, first_day: f64, projects: &mut [Project], chance: &mut Chance) -> Vec<Payment> {
    let mut payments: Vec<Payment> = (0..number)
        .map(|_| {
            let project = loop {
                let project = chance.below(projects.len());
                if projects[project].budget - projects[project].spent > 300_000 {
                    break project;
                }
            };
            let amount = i64::from(chance.within(10_000, 250_000));
            projects[project].spent += amount;
            Payment { date: first_day + f64::from(chance.within(0, 27)), project, amount }
        })
        .collect();
    payments.sort_by(|one, other| one.date.total_cmp(&other.date));
    payments
}

fn write_payments(book: &mut Book, before: u32, payments: &[Payment], projects: &[Project]) {
    const PAYEES: [&str; 6] =
        ["Locksmith contractor", "Signage supplier", "Review chair", "Youth provider", "Community trust", "Venue hire"];
    let date = book.sheet("Return").style("B6");
    // Ten numbers are kept for each payment of the sample.
    let begun: u32 = book.sheet("Spend").text("B4")[4..].parse().unwrap();
    let sheet = book.edit("Spend");
    for row in 3..4 + before {
        // November's own column.
        sheet.set(&format!("G{row}"), Content::Empty);
    }
    let number = u32::try_from(payments.len()).unwrap();
    (before..number).for_each(|_| sheet.insert_row(5));
    for (row, payment) in (4..).zip(payments) {
        if row > 4 {
            sheet.copy_row(4, row);
        }
        let project = &projects[payment.project];
        sheet.set_number(&format!("A{row}"), payment.date);
        sheet.set_style(&format!("A{row}"), date);
        sheet.set_text(&format!("B{row}"), &format!("INV-{:04}", begun * TIMES + row - 4));
        sheet.set_text(&format!("C{row}"), &project.name);
        sheet.set_text(&format!("D{row}"), PAYEES[payment.project % PAYEES.len()]);
        sheet.set_text(&format!("E{row}"), "Delivery of the project");
        sheet.set_number(&format!("F{row}"), pounds(payment.amount));
    }
    let total = 4 + number;
    sheet.set_formula(&format!("F{total}"), &format!("SUM(F4:F{})", total - 1));
}

fn write_summary(book: &mut Book, payments: &[Payment], projects: &[Project]) {
    let sheet = book.edit("Summary");
    (10..projects.len()).for_each(|_| sheet.insert_row(14));
    for (number, project) in projects.iter().enumerate() {
        let row = u32::try_from(number).unwrap() + 4;
        if row > 4 {
            sheet.copy_row(4, row);
        }
        let this_month: i64 = payments.iter().filter(|one| one.project == number).map(|one| one.amount).sum();
        sheet.set_text(&format!("A{row}"), &project.reference);
        sheet.set_text(&format!("B{row}"), &project.name);
        sheet.set_number(&format!("C{row}"), pounds(project.budget));
        sheet.set_number(&format!("D{row}"), pounds(this_month));
        sheet.set_number(&format!("E{row}"), pounds(project.spent));
        sheet.set_formula(&format!("F{row}"), &format!("C{row}-E{row}"));
    }
    let total = 4 + projects.len();
    for column in ["C", "D", "E", "F"] {
        sheet.set_formula(&format!("{column}{total}"), &format!("SUM({column}4:{column}{})", total - 1));
    }
}

#[test]
fn the_made_year_is_clean() {
    let year = &MADE.year;
    let tables = year.clean.workbooks.iter().flat_map(|workbook| &workbook.tables);
    let rows = |name: &str| tables.clone().filter(|table| table.name == name).map(|table| table.rows).sum::<usize>();
    assert_eq!((rows("funding"), rows("spend"), rows("summary")), (100, 580, 1_200));
    let weighty = year.clean.findings.iter().filter(|finding| finding.severity != Severity::Info);
    let said: Vec<String> = weighty.map(|finding| format!("{}: {}", line(finding), finding.message)).collect();
    assert_eq!(said, [""; 0]);
    assert_eq!(year.clean.required_not_run().collect::<Vec<_>>(), Vec::<&crosscast::model::NotRun>::new());
}

#[test]
fn each_fault_planted_in_the_made_year_is_found_and_nothing_else() {
    assert_found_and_nothing_else(&plant_all(&MADE.year, &[5]));
}
