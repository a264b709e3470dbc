//! The grant claim: a form whose labels and values lie far apart, and a small table for each project.

use rust_xlsxwriter::Workbook;

use super::page::{Look, Page, Slips};

/// An item of a project, and its amounts in pounds.
type Item = (&'static str, [f64; 3]);

/// The projects: of each item what was awarded, what was claimed before and what is claimed this quarter.
const PROJECTS: [(&str, [Item; 3]); 3] = [
    (
        "Riverside path",
        [
            ("Design", [12_000.0, 12_000.0, 0.0]),
            ("Construction", [64_000.0, 41_500.0, 17_250.0]),
            ("Planting", [8_000.0, 2_400.0, 4_100.0]),
        ],
    ),
    (
        "Station cycle hub",
        [
            ("Design", [6_500.0, 6_500.0, 0.0]),
            ("Shelters and racks", [38_500.0, 26_800.0, 7_900.0]),
            ("Lighting", [9_000.0, 3_200.0, 3_600.0]),
        ],
    ),
    (
        "Safer crossings",
        [
            ("Surveys", [5_000.0, 5_000.0, 0.0]),
            ("Signals", [33_000.0, 21_000.0, 4_200.0]),
            ("Road markings", [10_000.0, 3_000.0, 1_200.0]),
        ],
    ),
];

pub fn write(workbook: &mut Workbook, slips: Slips<'_>) {
    write_form(workbook, slips);
    write_projects(workbook, slips);
}

fn write_form(workbook: &mut Workbook, slips: Slips<'_>) {
    let mut page = Page::new(workbook, "Claim", slips);
    page.widths(&[22.0, 4.0, 24.0, 4.0, 22.0]);
    page.text("A1", "Green Routes Fund", Look::Title);
    page.text("A2", "Grant claim, quarter 4 of 2024-25", Look::Title);
    page.text("A3", "All amounts in £. Choose from the lists where there is one.", Look::Note);

    page.text("A5", "Section A: The offer", Look::Section);
    page.texts("A6", &["Organisation", "", "(as in the offer letter)", "", "Larkmere Council"], Look::Plain);
    page.texts("A7", &["Grant awarded", "", "(for all projects)"], Look::Plain);
    page.number("E7", 186_000.0, Look::Pounds);
    page.texts("A8", &["Date", "", "(of the offer letter)"], Look::Plain);
    page.day("E8", "2024-03-11");
    page.texts("A9", &["Kind of claim", "", "", "", "Final claim"], Look::Plain);
    page.texts("A10", &["Change of scope", "", "(if there was one)", "", "< Select >"], Look::Plain);

    page.text("A12", "Section B: The claim", Look::Section);
    page.texts("A13", &["Claimed before", "", "Claimed this quarter", "", "Claimed in total"], Look::Heading);
    page.number("A14", 121_400.0, Look::Pounds);
    page.number("C14", 38_250.0, Look::Pounds);
    page.plus("E14", &["A14".to_owned(), "C14".to_owned()], Look::PoundsTotal);

    page.text("A16", "Section C: Declaration", Look::Section);
    page.texts("A17", &["Signed by", "", "(the post, not the name)", "", "Head of Transport"], Look::Plain);
    page.text("A18", "Date", Look::Plain);
    page.day("E18", "2025-04-14");
}

fn write_projects(workbook: &mut Workbook, slips: Slips<'_>) {
    let mut page = Page::new(workbook, "Projects", slips);
    page.widths(&[24.0, 14.0, 14.0, 14.0, 14.0]);
    page.text("A1", "Green Routes Fund: claim by project", Look::Title);
    page.text("A2", "Copy the block for each further project. All amounts in £.", Look::Note);
    let mut row = 4;
    for (project, items) in PROJECTS {
        page.text(&format!("A{row}"), &format!("Project: {project}"), Look::Section);
        let headings = ["Item", "Awarded", "Claimed before", "Claimed this quarter", "Claimed in total"];
        page.texts(&format!("A{}", row + 1), &headings, Look::Heading);
        let first = row + 2;
        for ((item, amounts), row) in items.into_iter().zip(first..) {
            page.text(&format!("A{row}"), item, Look::Plain);
            for (letter, amount) in ["B", "C", "D"].into_iter().zip(amounts) {
                page.number(&format!("{letter}{row}"), amount, Look::Pounds);
            }
            page.plus(&format!("E{row}"), &[format!("C{row}"), format!("D{row}")], Look::Pounds);
        }
        let total = first + 3;
        page.text(&format!("A{total}"), "Total", Look::Section);
        for letter in ["B", "C", "D", "E"] {
            let cells = format!("{letter}{first}:{letter}{}", total - 1);
            page.sum(&format!("{letter}{total}"), &cells, Look::PoundsTotal);
        }
        row = total + 2;
    }
    page.text(&format!("A{row}"), "END", Look::Note);
}
