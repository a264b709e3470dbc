//! Cells of a table that are merged into one.

use super::ranges::MOST_APART;
use crate::checks::view::TableView;
use crate::model::{About, Area, Check, Column, Finding, Origin, Outcome, Over, Position, listed};

pub(super) const MERGED_CELLS: Check = Check::warning(
    "merged-cells",
    "Cells of a table are merged",
    About {
        meaning: "Cells among the rows or the headings of a table are merged into one, of which only the first holds a value.",
        why: "The others are read as empty, though the sheet looks as if the value stood in each of them.",
        example: "E7 and E8 of the Spend sheet are merged, so the payment in row 8 has no supplier.",
        mend: "Choose Home, Merge & Center to take the cells apart, and fill in each of them.",
    },
)
.over(Over::LayoutsOfRecords);

/// Judges the merged cells of a table. Titles, notes and totals are passed over, and so are forms, whose answers often span
/// several columns, and what the pack describes.
pub(super) fn check(view: TableView<'_>, outcome: &mut Outcome) {
    let layout = view.workbook.sheet(&view.table.sheet).and_then(|sheet| sheet.layout.as_ref());
    let Some(layout) = layout.filter(|layout| !layout.merged.is_empty() && !view.is_form()) else { return };
    let of_heading = |column: &&Column| matches!(column.origin, Origin::Heading | Origin::Across | Origin::Crosstab);
    let headings = || view.table.headings().filter(of_heading).map(|column| column.heading);
    let Some((first, last)) = view.span() else { return };
    let (Some(heading_row), Some(last_heading)) =
        (headings().map(|heading| heading.row).min(), headings().map(|heading| heading.row).max())
    else {
        return;
    };
    let last_row = view.table.rows.last().map_or(heading_row, |row| row.line);
    let of_table = |area: &&Area| area.first.column <= last && area.last.column >= first;
    // A heading that takes up two rows is still the heading of its column.
    let in_headings =
        |area: &&Area| (area.first.row..=area.last.row).contains(&heading_row) && area.first.column < area.last.column;
    let in_rows = |area: &&Area| area.first.row <= last_row && area.last.row > heading_row;
    let merged = || layout.merged.iter().filter(of_table);
    // Headings on several rows are read with what is merged over their columns.
    let is_read = view.schema.crosscast.headings.rows.get() > 1;
    let is_heading = |area: &&Area| is_read && area.last.row <= last_heading;
    let across: Vec<Area> = merged().filter(|area| in_headings(area) && !is_heading(area)).copied().collect();
    let is_meant = |area: &&Area| is_heading(area) || is_described(view, area);
    let among = merged().filter(|area| in_rows(area) && !in_headings(area) && !is_meant(area));
    let among: Vec<Area> = among.copied().collect();
    outcome.findings.extend(findings(view, &across, "among the headings"));
    outcome.findings.extend(findings(view, &among, "among the rows of the table"));
}

/// Whether the pack says how merged cells are read: as the label of a section or another row that is no record, or as a key
/// that is given once for several.
fn is_described(view: TableView<'_>, area: &Area) -> bool {
    let words = &view.schema.crosscast.rows;
    let rows = &view.table.rows;
    let first = rows.partition_point(|row| row.line < area.first.row);
    let holds_records = rows.get(first).is_some_and(|row| row.line <= area.last.row);
    let is_passed_over = !words.sections.is_empty() || words.subtotals.is_some() || !words.skip.is_empty();
    let filled_down = || words.fill_down.iter().filter_map(|name| view.schema.field_index(name));
    let columns = || filled_down().filter_map(|index| view.table.columns.get(index)?.as_ref());
    let is_key = || {
        let is_column = area.first.column == area.last.column;
        is_column && columns().any(|column| column.heading.column == area.first.column)
    };
    is_passed_over && !holds_records || is_key()
}

fn findings(view: TableView<'_>, areas: &[Area], among: &str) -> Vec<Finding> {
    if areas.len() <= MOST_APART {
        return areas.iter().map(|area| merged(view, *area, area.to_string(), among)).collect();
    }
    let columns = || areas.iter().flat_map(|area| [area.first.column, area.last.column]);
    let rows = || areas.iter().flat_map(|area| [area.first.row, area.last.row]);
    let corners = rows().min().zip(columns().min()).zip(rows().max().zip(columns().max()));
    let named: Vec<String> = areas[..MOST_APART].iter().map(Area::to_string).collect();
    let all = format!("{} and {} more areas", listed(&named, "and").replace(" and ", ", "), areas.len() - MOST_APART);
    let whole = corners.map(|((top, left), (bottom, right))| {
        let area = Area::new(Position::new(top, left), Position::new(bottom, right));
        let message = format!(
            "{all} {among} are merged cells, each of which holds only one value; the others are read as empty."
        );
        MERGED_CELLS.finding(view.place(area), message, FIX)
    });
    whole.into_iter().collect()
}

const FIX: &str = "Choose Home, Merge & Center to take them apart, and fill in each cell.";

fn merged(view: TableView<'_>, area: Area, named: String, among: &str) -> Finding {
    let message = format!(
        "{named} {among} are merged into one cell; only {} holds a value, and the rest is read as empty.",
        area.first
    );
    MERGED_CELLS.finding(view.place(area), message, FIX)
}
