//! The consolidated workbook and the reports beside it, read by LibreOffice and by Python.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::programs::{Program, Said, needed, run};
use crate::published::published;
use crate::sample_year;
use crate::support::package::edit_parts;

/// Every sheet to a file of its own, cell contents rather than what is shown, UTF-8.
const EVERY_SHEET_AS_CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";

/// A profile in which formulas are always recomputed on loading.
const ALWAYS_RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>"#;

/// Converts a workbook with LibreOffice, in a profile of its own.
pub fn converted(soffice: &Path, workbook: &Path, to: &str, folder: &Path) -> Said {
    let profile = folder.join("profile");
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(profile.join("user").join("registrymodifications.xcu"), ALWAYS_RECALCULATE).unwrap();
    run(Command::new(soffice)
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore", "--convert-to", to, "--outdir"])
        .arg(folder)
        .arg(workbook))
}

/// The sheets that LibreOffice wrote, each as rows of cells.
fn sheets(folder: &Path) -> BTreeMap<String, Vec<Vec<String>>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter_map(|file| {
            let name = file.file_name()?.to_str()?.strip_suffix(".csv")?.split_once('-')?.1.to_string();
            let text = std::fs::read_to_string(&file).unwrap();
            Some((name, text.lines().map(cells).collect()))
        })
        .collect()
}

/// The cells of a line of CSV. A line break inside a cell starts another line here, which no total does.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

/// The number in the row that begins so, under the column's title.
fn number(rows: &[Vec<String>], begins: &str, column: &str) -> f64 {
    let place = rows.iter().find_map(|row| row.iter().position(|title| title == column)).unwrap();
    let row = rows.iter().find(|row| row[0] == begins).unwrap_or_else(|| panic!("no row {begins}"));
    row[place].parse().unwrap_or_else(|_| panic!("{begins}, {column}: {:?}", row[place]))
}

/// A copy of the workbook in which each formula's cached result is 1, and how many formulas there were.
fn with_wrong_results(workbook: &Path, copy: &Path) -> usize {
    let result = regex::Regex::new("</f><v>[^<]*</v>").unwrap();
    let mut formulas = 0;
    let patched = edit_parts(&std::fs::read(workbook).unwrap(), |name, text| {
        if !name.starts_with("xl/worksheets/sheet") {
            return text;
        }
        formulas += result.find_iter(&text).count();
        result.replace_all(&text, "</f><v>1</v>").into_owned()
    });
    std::fs::write(copy, patched).unwrap();
    formulas
}

#[test]
fn libreoffice_recomputes_the_same_totals() {
    let Some(soffice) = needed(Program::LibreOffice) else { return };
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("consolidated.xlsx");
    let formulas = with_wrong_results(&sample_year::consolidated(), &copy);
    assert!(formulas >= 20, "{formulas} formulas with results");
    converted(&soffice, &copy, EVERY_SHEET_AS_CSV, folder.path());
    let sheets = sheets(folder.path());
    assert_eq!(sheets.len(), 15, "{:?}", sheets.keys());
    for (name, rows) in &sheets {
        let broken = rows.iter().flatten().find(|cell| cell.starts_with('#') || cell.starts_with("Err:"));
        assert_eq!(broken, None, "{name}");
    }

    let published = published();
    for (sheet, totals) in &published.totals {
        for (column, total) in totals {
            let recomputed = number(&sheets[sheet], "Total", column);
            assert!((recomputed - total).abs() < 0.001, "{sheet}, {column}: {recomputed}, not {total}");
        }
    }
    for (id, _, figure) in &published.measures {
        let figure: f64 = figure.replace(',', "").parse().unwrap();
        assert_eq!(number(&sheets["Measures by month"], id, "Year to date"), figure, "{id}");
    }
}

#[test]
fn libreoffice_prints_every_sheet_with_no_column_too_narrow() {
    let Some(soffice) = needed(Program::LibreOffice) else { return };
    let Some(pdftotext) = needed(Program::Pdftotext) else { return };
    let folder = tempfile::tempdir().unwrap();
    converted(&soffice, &sample_year::consolidated(), "pdf", folder.path());
    let printed = folder.path().join("consolidated.pdf");
    let text = run(Command::new(pdftotext).arg("-layout").arg(printed).arg("-")).output;
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!((15..=40).contains(&pages.len()), "{} pages", pages.len());
    for page in &pages {
        assert!(page.contains("SWCSP 2022-23"), "a page without its running head:\n{page}");
        assert!(!page.contains("###"), "a column is too narrow:\n{page}");
    }
    let payments: Vec<&&str> = pages.iter().filter(|page| page.contains("INV-")).collect();
    assert!(payments.len() > 1, "payments run over more than a page");
    assert!(payments.iter().all(|page| page.contains("Date paid")), "headings are repeated on each page");
}

/// Runs a script of this folder on the outputs and the inbox, and on other files of this folder.
fn python(script: &str, beside: &[&str]) {
    let Some(python) = needed(Program::Python) else { return };
    let folder = Path::new("tests").join("independent");
    let mut command = Command::new(python);
    command.arg("-B").arg(folder.join(script)).arg(sample_year::folder()).arg(sample_year::INBOX);
    run(command.args(beside.iter().map(|file| folder.join(file))));
}

#[test]
fn openpyxl_finds_tables_live_totals_and_properties() {
    python("consolidated.py", &["published.json"]);
}

#[test]
fn fingerprints_and_reports_agree_with_the_files() {
    python("reports.py", &[]);
}
