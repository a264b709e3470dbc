//! The cells near findings, taken from the workbooks before these are let go.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Placed;
use crate::checks;
use crate::model::{Area, Excerpts, Finding, Grid, Position, ShownCell, Weight, Workbook, window};

/// Of the findings of one check in a workbook, the cells near so many are kept, from the top: nobody looks at more one by one,
/// and of a ledger in which every row is wrong all cells would be kept.
const MOST_OF_A_CHECK: usize = 1_000;
/// The longest text of a cell that is shown whole, in characters.
const LONGEST_SHOWN: usize = 200;
/// Stands for a cell that holds personal data which by itself does not look like it.
const ALL_MASKED: &str = "***";
/// What every mask of personal data has in it.
const MASK: &str = "**";

/// The cells near the findings, each once; of very many findings of one check those near the first. The findings are in
/// order. What was found to be personal is masked in the workbooks already; each text is masked once more, as those of messages
/// are.
pub(super) fn excerpts(placed: &[Placed], findings: &[Finding]) -> Excerpts {
    let mut wanted: BTreeMap<(&str, &str), Wanted> = BTreeMap::new();
    // Those that are explained must not take the room of those that stand.
    let mut counts: BTreeMap<(&str, &str, bool), usize> = BTreeMap::new();
    for finding in findings {
        let place = &finding.place;
        if let (Some(workbook), Some(sheet), Some(area)) = (&place.workbook, &place.sheet, place.area) {
            let wanted = wanted.entry((workbook, sheet)).or_default();
            let count = counts.entry((&finding.code, workbook, finding.weight() == Weight::Explained)).or_default();
            *count += 1;
            if *count <= MOST_OF_A_CHECK {
                wanted.add(window(area));
            }
            if checks::is_personal(finding) && area.first == area.last {
                wanted.personal.insert(area.first);
            }
        }
    }
    let mut excerpts = Excerpts::default();
    for workbook in placed.iter().map(|one| &one.workbook) {
        for (sheet, grid) in grids(workbook) {
            if let Some(wanted) = wanted.remove(&(&*workbook.path, &**sheet)) {
                for (position, cell) in wanted.cells(grid) {
                    excerpts.insert(&workbook.path, sheet, position, cell);
                }
            }
        }
    }
    excerpts
}

/// The sheets of a workbook whose cells are known, by their names. Two can have one name once what is personal in it is
/// masked: then it cannot be told which of them is meant.
fn grids(workbook: &Workbook) -> impl Iterator<Item = (&Arc<str>, &Grid)> {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    workbook.sheets.iter().for_each(|sheet| *named.entry(&sheet.name).or_default() += 1);
    let of_one_name = workbook.sheets.iter().filter(move |sheet| named.get(&*sheet.name) == Some(&1));
    of_one_name.filter_map(|sheet| Some((&sheet.name, sheet.grid.as_ref()?)))
}

/// The cells of a sheet that are wanted.
#[derive(Default)]
struct Wanted {
    /// By row, from which column to which; zero-based, in any order and overlapping.
    rows: BTreeMap<u32, Vec<(u32, u32)>>,
    /// The cells that hold personal data.
    personal: BTreeSet<Position>,
}

impl Wanted {
    fn add(&mut self, window: Area) {
        for row in window.first.row..=window.last.row {
            let columns = (window.first.column, window.last.column);
            let spans = self.rows.entry(row).or_default();
            // Findings in the same columns, one below the other, want the same of a row again and again.
            if !spans.contains(&columns) {
                spans.push(columns);
            }
        }
    }

    /// What is seen in them, each cell once.
    fn cells(self, grid: &Grid) -> Vec<(Position, ShownCell)> {
        let mut cells = Vec::new();
        for (row, mut spans) in self.rows {
            spans.sort_unstable();
            let mut next = 0;
            for (first, last) in spans {
                let first = first.max(next);
                if first > last {
                    continue;
                }
                next = last + 1;
                let within = grid.within(Area::new(Position::new(row, first), Position::new(row, last)));
                cells.extend(
                    within.filter_map(|(at, cell)| Some((at, masked(cell.shown()?, self.personal.contains(&at))))),
                );
            }
        }
        cells
    }
}

/// What may be seen of a cell that `is_personal` if it was found to hold personal data.
fn masked(cell: ShownCell, is_personal: bool) -> ShownCell {
    // Masked before it is cut: half a number is no number any more, and would stand there in clear.
    let text = checks::masked(&cell.text);
    match is_personal && !text.contains(MASK) {
        true => ShownCell { text: ALL_MASKED.into(), ..cell },
        false => ShownCell { text: cut(&text).into(), ..cell },
    }
}

/// A text, cut where it is long.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GridCell, Place, RawValue, Severity, Sheet, Visibility, WorkbookState};

    const BOOK: &str = "April.xlsx";

    /// A workbook of one sheet, `Spend`, with these texts in its cells.
    fn book(cells: &[(&str, &str)]) -> Placed {
        let cell = |text: &str| GridCell { raw: RawValue::Text(text.into()), ..GridCell::default() };
        book_of(cells.iter().map(|(at, text)| (at.parse().unwrap(), cell(text))).collect())
    }

    fn book_of(cells: Vec<(Position, GridCell)>) -> Placed {
        let mut sheet = Sheet::new("Spend", Visibility::Visible);
        sheet.grid = Some(Grid::new(cells).unwrap());
        let workbook = Workbook { sheets: vec![sheet], ..Workbook::at(BOOK) };
        Placed { workbook, month: None, state: WorkbookState::Read }
    }

    fn place(first: &str, last: &str) -> Place {
        Place::area(&BOOK.into(), &"Spend".into(), Area::new(first.parse().unwrap(), last.parse().unwrap()))
    }

    fn finding(code: &str, place: Place) -> Finding {
        Finding::new(code, Severity::Error, place, "It is wrong.", "Mend it.")
    }

    /// What is seen in these cells near a finding.
    fn seen(excerpts: &Excerpts, near: &Place, cells: &[&str]) -> Vec<String> {
        let excerpt = excerpts.around(near).unwrap();
        let text = |at: &&str| excerpt.cell(at.parse().unwrap()).map(|cell| cell.text.to_string());
        cells.iter().map(|at| text(at).unwrap_or_default()).collect()
    }

    #[test]
    fn the_cells_near_findings_and_no_others() {
        let placed = [book(&[("A1", "Title"), ("F4", "near"), ("F12", "at"), ("J12", "far"), ("F15", "below")])];
        let findings = [finding("too-small", place("F12", "F12")), finding("too-large", place("F6", "F6"))];
        let excerpts = excerpts(&placed, &findings);
        let near = &findings[0].place;
        // F4 is near the other finding; A1, J12 and F15 are near none.
        assert_eq!(seen(&excerpts, near, &["A1", "F4", "F12", "J12", "F15"]), ["", "near", "at", "", ""]);
        let elsewhere = Place::area(&BOOK.into(), &"Summary".into(), "F12".parse::<Position>().unwrap());
        assert_eq!(excerpts.around(&elsewhere), None);
    }

    #[test]
    fn a_row_that_many_findings_are_near_is_read_once() {
        let mut wanted = Wanted::default();
        for column in [0, 9, 3, 4, 0] {
            wanted.add(window(Position::new(3, column).into()));
        }
        let cells = (0..20).map(|column| (Position::new(3, column), GridCell::default())).collect::<Vec<_>>();
        let cells = cells.into_iter().map(|(at, cell)| (at, GridCell { raw: RawValue::Number(1.0), ..cell })).collect();
        let found: Vec<u32> = wanted.cells(&Grid::new(cells).unwrap()).iter().map(|(at, _)| at.column).collect();
        assert_eq!(found, (0..=12).collect::<Vec<u32>>());
    }

    #[test]
    fn long_texts_are_cut() {
        let (whole, long) = ("é".repeat(LONGEST_SHOWN), "é".repeat(LONGEST_SHOWN + 1));
        let placed = [book(&[("A1", &whole), ("A2", &long)])];
        let excerpts = excerpts(&placed, &[finding("too-long", place("A2", "A2"))]);
        assert_eq!(seen(&excerpts, &place("A2", "A2"), &["A1", "A2"]), [whole.clone(), format!("{whole}…")]);
    }

    #[test]
    fn personal_data_is_not_seen() {
        let at_the_cut = format!("{}07700 900123", "x ".repeat(97));
        let cells = [
            ("A1", "ring 07700 900123"),
            ("A2", "Dawn Project"),
            ("A3", "j***@e***.org"),
            ("A4", &at_the_cut),
            ("A5", "Hate Crime"),
        ];
        let found = ["A2", "A3"].map(|at| finding("personal-data", place(at, at)));
        let other = finding("too-long", place("A4", "A5"));
        let findings: Vec<Finding> = found.into_iter().chain([other]).collect();
        let excerpts = excerpts(&[book(&cells)], &findings);
        let seen = seen(&excerpts, &place("A3", "A3"), &["A1", "A2", "A3", "A4", "A5"]);
        let cut = format!("{}07***3", "x ".repeat(97));
        // Of A2 what was found is in its comment or its link, so that it cannot be told from its text; A5 has no such finding.
        assert_eq!(seen, ["ring 07***3", "***", "j***@e***.org", &cut, "Hate Crime"]);
    }

    #[test]
    fn personal_data_is_not_seen_however_many_there_are() {
        let at = |row: usize| format!("A{row}");
        let texts: Vec<(String, String)> = (1..=1_200).map(|row| (at(row), format!("Jane {row}"))).collect();
        let cells: Vec<(&str, &str)> = texts.iter().map(|(at, text)| (at.as_str(), text.as_str())).collect();
        let personal = texts.iter().map(|(at, _)| finding("personal-data", place(at, at)));
        let findings: Vec<Finding> = personal.chain([finding("too-long", place("A1150", "A1150"))]).collect();
        let excerpts = excerpts(&[book(&cells)], &findings);
        // A1150 is none of the first thousand, but near another finding.
        assert_eq!(
            seen(&excerpts, &place("A1150", "A1150"), &["A1000", "A1100", "A1149", "A1150"]),
            ["***", "", "***", "***"]
        );
    }

    #[test]
    fn sheets_that_cannot_be_told_apart_show_nothing() {
        let mut placed = [book(&[("A1", "here")])];
        let near = place("A1", "A1");
        assert!(excerpts(&placed, &[finding("too-long", near.clone())]).around(&near).is_some());
        placed[0].workbook.sheets.push(Sheet::new("Spend", Visibility::Visible));
        assert_eq!(excerpts(&placed, &[finding("too-long", near.clone())]).around(&near), None);
    }

    #[test]
    fn many_findings_on_a_long_sheet() {
        let cell = || GridCell { raw: RawValue::Number(1.0), ..GridCell::default() };
        let cells = (0..200_000).flat_map(|row| [0, 1, 2].map(|column| (Position::new(row, column), cell())));
        let placed = [book_of(cells.collect())];
        let at = |row: u32| Position::new(row, 1).to_string();
        let code = |nth: u32| ["too-small", "too-large"][nth as usize % 2];
        let findings: Vec<Finding> =
            (0..10_000).map(|nth| finding(code(nth), place(&at(nth * 20), &at(nth * 20)))).collect();
        let excerpts = excerpts(&placed, &findings);
        // Five rows of three cells each. Of each of the two checks there are 1,000, so those are the first 2,000.
        let (last_kept, first_left) = (&findings[1_999].place, &findings[2_000].place);
        assert_eq!(seen(&excerpts, last_kept, &["A39979", "C39983", "A39984"]), ["1", "1", ""]);
        assert_eq!(seen(&excerpts, first_left, &["A39999", "B40001", "C40003"]), ["", "", ""]);
    }
}
