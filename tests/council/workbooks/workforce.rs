//! The workforce return: the same table on twelve sheets named by month, and a hidden sheet of lists.

use rust_xlsxwriter::Workbook;

use super::page::{Look, Page, Slips};

/// The months as the sheets are named.
pub const MONTHS: [&str; 12] = [
    "Apr 2024", "May 2024", "Jun 2024", "Jul 2024", "Aug 2024", "Sep 2024", "Oct 2024", "Nov 2024", "Dec 2024",
    "Jan 2025", "Feb 2025", "Mar 2025",
];

/// Of each service what a month has: people, full-time equivalents in tenths, agency workers, vacancies.
const SERVICES: [(&str, &str); 4] = [
    (
        "Adults",
        "212 1856 14 11, 213 1864 15 10, 211 1848 15 12, 210 1839 16 13, 209 1831 17 14, 211 1850 15 12,
         214 1874 13 9, 215 1883 12 8, 215 1880 12 8, 216 1891 11 7, 217 1899 10 6, 217 1902 10 6",
    ),
    (
        "Children",
        "168 1512 22 17, 167 1503 23 18, 166 1494 24 19, 165 1487 25 20, 164 1478 26 21, 168 1515 22 17,
         170 1531 20 15, 171 1540 19 14, 171 1538 19 14, 173 1557 17 12, 174 1566 16 11, 175 1574 15 10",
    ),
    (
        "Highways",
        "64 621 [c] [c], 64 620 [c] [c], 63 612 [c] [c], 63 611 [c] [c], 63 611 [c] [c], 64 621 [c] [c],
         66 640 5 [c], 67 649 6 [c], 67 648 6 [c], 66 639 5 [c], 65 630 [c] [c], 64 621 [c] [c]",
    ),
    (
        "Environment",
        "98 902 .. 5, 99 911 .. 5, 101 929 .. 6, 102 938 .. 6, 102 938 .. 6, 100 920 .. 7,
         97 893 .. 7, 96 885 .. 6, 96 884 .. 6, 96 884 .. 5, 97 893 .. 5, 98 902 .. 5",
    ),
];

/// Writes the workbook; each slip in a name puts another name in place of a sheet's.
pub fn write(workbook: &mut Workbook, slips: Slips<'_>, names: &[(&str, &str)]) {
    for (place, month) in MONTHS.into_iter().enumerate() {
        let slip = names.iter().find(|(right, _)| *right == month);
        write_month(&mut Page::new(workbook, slip.map_or(month, |(_, name)| name), slips), month, place);
    }
    let mut lists = Page::new(workbook, "Lists", slips);
    lists.sheet().set_hidden(true);
    lists.text("A1", "Services", Look::Heading);
    for ((service, _), row) in SERVICES.into_iter().zip(2..) {
        lists.text(&format!("A{row}"), service, Look::Plain);
    }
}

fn write_month(page: &mut Page<'_>, month: &str, place: usize) {
    page.widths(&[24.0, 12.0, 12.0, 16.0, 12.0]);
    page.text("A1", "Workforce return", Look::Title);
    page.text("A2", &format!("At the end of {month}"), Look::Note);
    page.texts("A4", &["Service", "Headcount", "FTE", "Agency workers", "Vacancies"], Look::Heading);
    for ((service, months), row) in SERVICES.into_iter().zip(5..) {
        let figures = months.split(',').nth(place).expect("twelve months").split_whitespace();
        page.text(&format!("A{row}"), service, Look::Plain);
        for (letter, figure) in ["B", "C", "D", "E"].into_iter().zip(figures) {
            let cell = format!("{letter}{row}");
            match (letter, figure.parse::<f64>()) {
                ("C", Ok(tenths)) => page.number(&cell, tenths / 10.0, Look::Tenths),
                (_, Ok(count)) => page.number(&cell, count, Look::Plain),
                (_, Err(_)) => page.text(&cell, figure, Look::Plain),
            }
        }
    }
    page.text("A9", "Total", Look::Section);
    page.sum("B9", "B5:B8", Look::CountTotal);
    page.sum("C9", "C5:C8", Look::TenthsTotal);
    page.text("A11", "[c] fewer than five, not shown. .. not collected.", Look::Note);
}
