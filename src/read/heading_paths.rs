//! Headings on several rows: of each column the path from the top down.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::footnotes;
use super::place::Region;
use crate::model::{Area, Grid, GridCell, Line, Position};
use crate::schema::{HeadingFill, HeadingOptions, Strip};

/// The headings of a column from the top down, each with its cell: a heading of an upper row may stand in a column further to
/// the left. Texts are as the sheet has them, without what the pack strips.
pub(super) type Path = Vec<(Position, Arc<str>)>;

/// The paths of the columns that have a heading of their own in one of these rows, by zero-based column.
///
/// How far the headings of all rows but the lowest reach is said by `options.fill`. A heading whose cell is merged down into
/// the lowest row is one of the lowest, and heads its first column alone.
pub(super) fn paths(region: &Region<'_>, rows: Range<u32>, options: &HeadingOptions) -> BTreeMap<u32, Path> {
    paths_in(&region.grid, region.merged, rows, options)
}

/// As [`paths`], of a grid and its merged cells, which are in the order of the sheet.
pub(super) fn paths_in(
    grid: &Grid,
    merged: &[Area],
    rows: Range<u32>,
    options: &HeadingOptions,
) -> BTreeMap<u32, Path> {
    let lines = lines_of(grid, &rows);
    let filled = lines.iter().flat_map(|line| line.filled()).map(|(column, _)| (column, Path::new()));
    let mut paths: BTreeMap<u32, Path> = filled.collect();
    let lowest = rows.end.saturating_sub(1);
    let merged = if rows.end - rows.start > 1 { &merged[starting_in(merged, &rows)] } else { &[] };
    // For each column, the nearest one to its left that has a heading in a row above.
    let mut above: BTreeMap<u32, u32> = BTreeMap::new();
    for line in lines {
        let reaching = Reaching::of(merged, line.row, lowest);
        let mut nearest: Option<u32> = None;
        for (column, path) in &mut paths {
            let is_own = line.is_filled(*column);
            if is_own {
                nearest = Some(*column);
            }
            let heading = match options.fill {
                _ if is_own => Some(Position::new(line.row, *column)),
                _ if line.row == lowest => None,
                HeadingFill::None => None,
                HeadingFill::Merged => reaching.heading(*column),
                HeadingFill::Right => nearest
                    .filter(|from| above.get(column).is_none_or(|above| above <= from))
                    .map(|from| Position::new(line.row, from))
                    .filter(|heading| !reaching.is_lowest(*heading)),
            };
            let is_known = |heading: &Position| path.iter().any(|(known, _)| known == heading);
            if let Some(heading) = heading.filter(|heading| !is_known(heading))
                && let Some(cell) = grid.cell(heading).filter(|cell| cell.is_filled())
            {
                path.push((heading, text(cell, options)));
            }
            if let Some(from) = nearest {
                above.entry(*column).and_modify(|above| *above = from.max(*above)).or_insert(from);
            }
        }
    }
    paths
}

/// The text of a heading, without what the pack strips.
fn text(cell: &GridCell, options: &HeadingOptions) -> Arc<str> {
    let shown = cell.raw.shown();
    match options.strip {
        Some(Strip::Footnotes) => footnotes::stripped(&shown).into(),
        None => shown.into(),
    }
}

/// The lines of a grid within some rows.
pub(super) fn lines_of<'g>(grid: &'g Grid, rows: &Range<u32>) -> &'g [Line] {
    let from = grid.lines().partition_point(|line| line.row < rows.start);
    let to = grid.lines().partition_point(|line| line.row < rows.end);
    &grid.lines()[from..to.max(from)]
}

/// The places of the merged cells that begin in these rows, of all in the order of the sheet.
fn starting_in(merged: &[Area], rows: &Range<u32>) -> Range<usize> {
    let from = merged.partition_point(|area| area.first.row < rows.start);
    let to = merged.partition_point(|area| area.first.row < rows.end);
    from..to.max(from)
}

/// The merged cells that reach over a row, by their first columns; those of a sheet do not overlap.
struct Reaching {
    upper: Vec<Area>,
    /// Those that are merged down into the lowest row of headings, by their first cells.
    lowest: Vec<Position>,
}

impl Reaching {
    fn of(merged: &[Area], row: u32, lowest: u32) -> Self {
        let here = merged.iter().filter(|area| (area.first.row..=area.last.row).contains(&row));
        let (down, mut upper): (Vec<Area>, Vec<Area>) = here.partition(|area| area.last.row >= lowest);
        upper.sort_unstable_by_key(|area| area.first.column);
        let mut lowest: Vec<Position> = down.into_iter().map(|area| area.first).collect();
        lowest.sort_unstable();
        Self { upper, lowest }
    }

    /// The cell that is merged over a column.
    fn heading(&self, column: u32) -> Option<Position> {
        let at = self.upper.partition_point(|area| area.first.column <= column);
        let area = at.checked_sub(1).and_then(|at| self.upper.get(at))?;
        (area.last.column >= column).then_some(area.first)
    }

    fn is_lowest(&self, heading: Position) -> bool {
        self.lowest.binary_search(&heading).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RawValue;

    /// A grid of rows of texts parted by `|`.
    fn grid(text: &str) -> Grid {
        let mut cells = Vec::new();
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split('|').map(str::trim).enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let raw = RawValue::Text(cell.into());
                let position = Position::new(u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
                cells.push((position, GridCell { raw, ..GridCell::default() }));
            }
        }
        Grid::new(cells).unwrap()
    }

    fn area(text: &str) -> Area {
        let (first, last) = text.split_once(':').unwrap();
        Area::new(first.parse().unwrap(), last.parse().unwrap())
    }

    /// The paths, each as `C: A1 Forecast > C2 April`.
    fn shown(text: &str, merged: &[&str], rows: Range<u32>, fill: HeadingFill) -> Vec<String> {
        let merged: Vec<Area> = merged.iter().map(|text| area(text)).collect();
        let options = HeadingOptions { fill, ..HeadingOptions::default() };
        let paths = paths_in(&grid(text), &merged, rows, &options);
        let part = |(position, text): &(Position, Arc<str>)| format!("{position} {text}");
        let path = |path: &Path| path.iter().map(part).collect::<Vec<_>>().join(" > ");
        paths.values().map(path).collect()
    }

    const TWO_ROWS: &str = "Ref | Forecast | | Actual | \n | April | May | April | May";

    #[test]
    fn one_row() {
        let one = "Ref | Amount\nA | 1";
        assert_eq!(shown(one, &["A1:A2"], 0..1, HeadingFill::Merged), ["A1 Ref", "B1 Amount"]);
    }

    #[test]
    fn over_merged_cells() {
        let merged = ["A1:A2", "B1:C1", "D1:E1"];
        assert_eq!(
            shown(TWO_ROWS, &merged, 0..2, HeadingFill::Merged),
            ["A1 Ref", "B1 Forecast > B2 April", "B1 Forecast > C2 May", "D1 Actual > D2 April", "D1 Actual > E2 May"]
        );
        // Nothing is merged: a heading heads its own column.
        assert_eq!(shown(TWO_ROWS, &[], 0..2, HeadingFill::Merged)[2], "C2 May");
        assert_eq!(shown(TWO_ROWS, &merged, 0..2, HeadingFill::None)[2], "C2 May");
    }

    #[test]
    fn over_empty_cells_to_the_right() {
        let right = |text: &str, merged: &[&str]| shown(text, merged, 0..3, HeadingFill::Right);
        let three = "2022 | | | 2023\nForecast | | Actual | \nApril | May | April | April";
        assert_eq!(
            right(three, &[]),
            [
                "A1 2022 > A2 Forecast > A3 April",
                "A1 2022 > A2 Forecast > B3 May",
                "A1 2022 > C2 Actual > C3 April",
                // The heading above begins anew, so Actual ends.
                "D1 2023 > D3 April",
            ]
        );
        assert_eq!(
            shown(TWO_ROWS, &["A1:A2"], 0..2, HeadingFill::Right)[1..3],
            ["B1 Forecast > B2 April", "B1 Forecast > C2 May"]
        );
    }

    #[test]
    fn a_heading_merged_down_heads_one_column() {
        let text = "Ref | | Actual\n | April | May";
        assert_eq!(
            shown(text, &["A1:A2"], 0..2, HeadingFill::Right),
            ["A1 Ref", "B2 April", "C1 Actual > C2 May"],
            "Ref is no heading of April"
        );
        assert_eq!(shown("Item | |\n | | May", &["A1:B2"], 0..2, HeadingFill::Merged), ["A1 Item", "C2 May"]);
    }

    #[test]
    fn a_cell_merged_over_two_upper_rows_is_one_part() {
        let text = "Forecast | |\n | |\nApril | May";
        let both = ["A1 Forecast > A3 April", "A1 Forecast > B3 May"];
        assert_eq!(shown(text, &["A1:B2"], 0..3, HeadingFill::Merged), both);
    }
}
