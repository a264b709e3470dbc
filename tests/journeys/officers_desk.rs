//! A year at the officer's desk, as it goes in Excel and folders: workbooks are dropped into a folder that is watched, findings
//! appear and clear, a faulty return is mended in its marked copy, a difference is explained in the workbook that is made for
//! it, and the committee's appendix is collected.

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use regex::Regex;

use crate::desk::{
    Desk, EXPLANATIONS, FUNDING, SIX_THOUSAND, files, finding, findings, repository, sample, standing, text,
};
use crate::support::package::edit_parts;
use crate::watched::Watched;

/// The return that comes with a fault: in January the measure in `Measures!D7` is -3, where it was 11.
const JANUARY: &str = "monthly/2023-01 January return.xlsx";
const TOO_SMALL: &str = "error too-small monthly/2023-01 January return.xlsx Measures!D7";
const WHAT_IS_WRONG: &str = "Value must be 0 or more; D7 says -3.";
/// The fill of a cell with an error, as a workbook writes it.
const FILL_OF_ERRORS: &str = "FFFFC8CB";

/// The bytes of a file below the output folder.
fn output(desk: &Desk, path: &str) -> Vec<u8> {
    let place = path.split('/').fold(desk.path("output"), |folder, name| folder.join(name));
    std::fs::read(&place).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The texts of a sheet, row by row.
fn rows(workbook: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut workbook = open_workbook_auto_from_rs(std::io::Cursor::new(workbook)).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let written = |cell: &Data| cell.to_string();
    let start = range.start().unwrap_or_default();
    // From A1, so that a row's index tells its number.
    let above = (0..start.0).map(|_| Vec::new());
    let left = start.1 as usize;
    above
        .chain(
            range.rows().map(|row| std::iter::repeat_n(String::new(), left).chain(row.iter().map(written)).collect()),
        )
        .collect()
}

/// The parts of a package as texts.
fn parts(package: &[u8]) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    edit_parts(package, |name, text| {
        parts.push((name.to_owned(), text.clone()));
        text
    });
    parts
}

/// How a cell is filled: the colour of the fill of its style, as it is written.
fn fill(package: &[u8], cell: &str) -> String {
    let parts = parts(package);
    let styles = &parts.iter().find(|(name, _)| name == "xl/styles.xml").unwrap().1;
    let between = |begin: &str, end: &str| styles.split_once(begin).unwrap().1.split_once(end).unwrap().0;
    let each = |text: &str, pattern: &str| {
        let pattern = Regex::new(pattern).unwrap();
        pattern.find_iter(text).map(|found| found.as_str().to_owned()).collect::<Vec<_>>()
    };
    let style: usize = Regex::new(r#" s="(\d+)""#).unwrap().captures(cell).unwrap()[1].parse().unwrap();
    let formats = each(between("<cellXfs", "</cellXfs>"), r"<xf [^>]*>");
    let number: usize = Regex::new(r#"fillId="(\d+)""#).unwrap().captures(&formats[style]).unwrap()[1].parse().unwrap();
    let fills = each(between("<fills", "</fills>"), r"(?s)<fill>.*?</fill>");
    Regex::new(r#"<fgColor rgb="(\w+)""#)
        .unwrap()
        .captures(&fills[number])
        .map_or(String::new(), |found| found[1].to_owned())
}

/// Types into a workbook as Excel saves it: another content in place of a cell that is written so.
fn typed(package: &[u8], cell: &str, content: &str) -> Vec<u8> {
    let pattern = Regex::new(cell).unwrap();
    let mut times = 0;
    let typed = edit_parts(package, |name, text| {
        if !name.starts_with("xl/worksheets/") {
            return text;
        }
        times += pattern.find_iter(&text).count();
        pattern.replace_all(&text, content).into_owned()
    });
    assert_eq!(times, 1, "{cell}");
    typed
}

/// A finding of the outputs as they are now.
fn written(desk: &Desk) -> Vec<String> {
    findings(&desk.written_report())
}

#[test]
fn a_year_from_an_empty_folder_to_the_final_appendix() {
    let desk = Desk::new();
    let mut watched = Watched::start(&desk, &[]);
    watched.hears("There are no workbooks in inbox yet.");

    // The year comes in, file by file. What is not there yet is missed, and is no longer when it comes.
    let (april, may) = ("monthly/2022-04 April return.xlsx", "monthly/2022-05 May return.xlsx");
    desk.put(FUNDING, &sample(FUNDING));
    desk.put(may, &sample(may));
    watched.hears("DRAFT: ");
    let missing = |path: &str| written(&desk).iter().any(|line| line.contains("missing") && line.contains(path));
    let report = desk.written_report();
    assert!(standing(&report).contains(&SIX_THOUSAND.to_owned()), "{:#?}", findings(&report));
    let missed = text(&finding(&report, "return-missing")["message"]).to_owned();
    assert!(missed.contains("April 2022"), "{missed}");
    desk.put(april, &sample(april));
    let line = watched.hears("monthly/2022-04 April return.xlsx came in");
    assert!(line.ends_with("no findings in it"), "{line}");
    watched.hears("elsewhere: -");
    let report = desk.written_report();
    assert!(!findings(&report).iter().any(|line| line.contains("return-missing")), "{:#?}", findings(&report));
    assert!(!missing(april));

    // All others but the explanations: what is wrong then is what is wrong with the year.
    for path in files(&repository("samples/2022-23")) {
        if ![FUNDING, may, april, EXPLANATIONS, JANUARY].contains(&path.as_str()) {
            desk.put(&path, &sample(&path));
        }
    }
    let faulty = std::fs::read(repository("samples/with-faults").join(JANUARY)).unwrap();
    desk.put(JANUARY, &faulty);
    watched.hears("monthly/2023-01 January return.xlsx came in: +1 error");
    watched.hears("DRAFT: ");
    let both = standing(&desk.written_report());
    assert!(
        both.contains(&SIX_THOUSAND.to_owned()) && both.contains(&TOO_SMALL.to_owned()) && both.len() == 2,
        "{both:?}"
    );

    // Its marked copy: the cell filled, a comment on it, and a list that leads to it.
    let marked = output(&desk, &format!("for-officers/marked/{JANUARY}"));
    let list = rows(&marked, "Crosscast findings");
    let listed =
        list.iter().find(|row| row.iter().any(|cell| cell == "Measures!D7")).unwrap_or_else(|| panic!("{list:?}"));
    assert!(listed.iter().any(|cell| cell == WHAT_IS_WRONG), "{listed:?}");
    let cell = r#"<c r="D7"( s="\d+")><v>-3</v></c>"#;
    let sheets = parts(&marked);
    let found = sheets.iter().find_map(|(_, text)| Some(Regex::new(cell).unwrap().find(text)?.as_str().to_owned()));
    assert_eq!(fill(&marked, &found.unwrap()), FILL_OF_ERRORS);
    let is_comment = |(name, text): &(String, String)| name.contains("comments") && text.contains(WHAT_IS_WRONG);
    assert!(sheets.iter().any(is_comment), "{:?}", sheets.iter().map(|(name, _)| name).collect::<Vec<_>>());

    // The officer types what it should be, and drops the copy in place of the return.
    desk.put(JANUARY, &typed(&marked, cell, r#"<c r="D7"$1><v>11</v></c>"#));
    let line = watched.hears("monthly/2023-01 January return.xlsx changed");
    assert!(line.ends_with("-1 error"), "{line}");
    watched.hears("DRAFT: ");
    let report = desk.written_report();
    assert_eq!(standing(&report), [SIX_THOUSAND]);
    let of_january = |line: &&String| line.contains(JANUARY);
    assert_eq!(findings(&report).iter().filter(of_january).count(), 0, "the marks are no findings");
    assert!(
        !files(&desk.path("output")).contains(&format!("for-officers/marked/{JANUARY}")),
        "nothing is left to mark"
    );

    // The one difference that has to stand is explained where it is asked for.
    let to_explain = output(&desk, "for-officers/to-explain.xlsx");
    let asked = rows(&to_explain, "Explanations");
    let row = asked.iter().position(|row| row.iter().any(|cell| cell == "D15")).unwrap_or_else(|| panic!("{asked:?}"));
    let given = ["SWCSP funding 2022-23.xlsx", "PCC funding", "D15", "6000"];
    assert_eq!(asked[row][..4], given.map(str::to_owned), "{asked:?}");
    let headings = asked.iter().find(|row| row.iter().any(|cell| cell == "Explanation")).unwrap();
    let mut filled = to_explain;
    for (heading, content) in [
        ("Explanation", "<is><t>The published total counts a carry-forward that no line of it names.</t></is>"),
        ("Recorded by", "<is><t>Partnership finance lead</t></is>"),
        ("Approved by", "<is><t>Chief finance officer</t></is>"),
        // 10 July 2023.
        ("Date recorded", "<v>45117</v>"),
    ] {
        let column =
            headings.iter().position(|cell| cell == heading).unwrap_or_else(|| panic!("{heading}: {headings:?}"));
        let place = format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap()), row + 1);
        let kind = if content.starts_with("<is>") { r#" t="inlineStr""# } else { "" };
        filled = typed(
            &filled,
            &format!(r#"<c r="{place}"( s="\d+")/>"#),
            &format!(r#"<c r="{place}"${{1}}{kind}>{content}</c>"#),
        );
    }
    desk.put("to-explain.xlsx", &filled);
    watched.hears("to-explain.xlsx came in");
    watched.hears("Nothing stands against publication. The committee's appendix is final");

    // What is collected.
    assert_eq!(files(&desk.path("output/for-committee")), ["committee-appendix.html", "committee-appendix.pdf"]);
    assert!(
        !files(&desk.path("output")).contains(&"for-officers/to-explain.xlsx".to_owned()),
        "nothing is left to explain"
    );
    assert!(output(&desk, "for-committee/committee-appendix.pdf").starts_with(b"%PDF-"));
    let appendix = desk.appendix("");
    assert!(appendix.contains("carry-forward that no line of it names") && !appendix.contains("DRAFT"));
    drop(watched);
    let verified = desk.crosscast(&["verify", "output", "inbox"]);
    assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
}
