//! Figures beside or below a table that no table claims.

use super::amounts;
use super::ranges::{Range, gather};
use crate::checks::view::TableView;
use crate::model::{
    About, Area, Cause, Check, Difference, Finding, Grid, GridCell, Line, Outcome, Over, Position, RawValue, Sheet,
    Suggestion, on_one_line,
};
use crate::schema::{LabelPattern, Treatment};

pub(super) const UNCLAIMED_FIGURES: Check = Check::warning(
    "unclaimed-figures",
    "Figures stand beside or below a table",
    About {
        meaning: "Figures were typed beside or below the table, where they belong to no row or column that is read.",
        why: "They are in no total here, though whoever typed them may have meant them to be.",
        example: "A late invoice of £287.35 that was noted three rows below the total.",
        mend: "Move the figures into the table, or delete them; if they are notes, keep them on a sheet of their own.",
    },
)
.over(Over::Grids);

/// Judges the typed figures of a sheet that holds tables. What formulas work out loses nothing when it is passed over; what
/// stands under a heading that is not known, under none, or in a row below the total has a finding already.
pub(super) fn check(sheet: &Sheet, views: &[TableView<'_>], outcome: &mut Outcome) {
    let (Some(grid), Some(view)) = (&sheet.grid, views.first()) else { return };
    let is_not_whole = view.workbook.absent.iter().any(|absent| absent.sheet == sheet.name);
    if is_not_whole || views.iter().any(|view| view.is_form()) {
        return;
    }
    let claims: Vec<Claim> = views.iter().filter_map(|view| Claim::of(*view, grid)).collect();
    let Some(top) = claims.iter().map(|claim| claim.rows.0).min() else { return };
    let unclaimed = grid.cells().filter(|(position, cell)| {
        // Nearly all cells are the table's own, so that is asked first.
        position.row > top && !claims.iter().any(|claim| claim.covers(*position)) && is_figure(grid, *position, cell)
    });
    let ranges = gather(unclaimed.map(|(position, _)| position));
    outcome.findings.extend(ranges.iter().map(|range| unclaimed_figures(grid, range, *view, &claims)));
}

/// The rows and columns of a sheet that a table takes up.
struct Claim {
    /// From the row of the headings to that of the totals.
    rows: (u32, u32),
    /// The columns that are read, and those that have a finding of their own.
    columns: Vec<u32>,
    /// Rows below the total that have a finding of their own.
    after_total: Vec<Area>,
}

impl Claim {
    fn of(view: TableView<'_>, grid: &Grid) -> Option<Self> {
        let table = view.table;
        let headings = table.headings().map(|column| column.heading);
        let known: Vec<Position> = headings.collect();
        let first = known.iter().map(|heading| heading.row).min()?;
        let lines = table.rows.iter().chain(&table.subtotals).chain(&table.total).map(|row| row.line);
        let last = lines.chain(table.stated.iter().map(|sum| sum.cell.position.row)).max().unwrap_or(first);
        let last = passed_over(view, grid, last).unwrap_or(last);
        let ambiguous = table.ambiguous.iter().flat_map(|(_, ambiguity)| &ambiguity.candidates);
        let other = table.unknown_headings.iter().chain(&table.repeated_headings).chain(ambiguous);
        let other = other.map(|heading| heading.position);
        let all = known.iter().copied().chain(other).chain(table.blank_headings.iter().copied());
        let mut columns: Vec<u32> = all.map(|heading| heading.column).collect();
        if view.is_crosstab() {
            columns.extend(headed(grid, &known));
        }
        columns.sort_unstable();
        Some(Self { rows: (first, last), columns, after_total: table.after_total.clone() })
    }

    fn covers(&self, position: Position) -> bool {
        let in_rows = (self.rows.0..=self.rows.1).contains(&position.row);
        let in_columns = || self.columns.binary_search(&position.column).is_ok();
        let after = || self.after_total.iter().any(|area| (area.first.row..=area.last.row).contains(&position.row));
        in_rows && in_columns() || after()
    }
}

/// The last of the rows directly below a table that the pack says to pass over by their label; none where there is none.
fn passed_over(view: TableView<'_>, grid: &Grid, last: u32) -> Option<u32> {
    let words = &view.schema.crosscast.rows;
    let dropped = [&words.totals, &words.subtotals].into_iter().flatten();
    let dropped = dropped.filter(|stated| stated.treatment == Treatment::Drop).map(|stated| &stated.pattern);
    let patterns: Vec<&LabelPattern> = dropped.chain(&words.skip).collect();
    let most = view.table.columns.iter().flatten().map(|column| column.heading.column).max()?;
    let is_passed_over = |line: &&Line| {
        let texts = line.filled().take_while(|(column, _)| *column <= most);
        let label = texts.map(|(_, cell)| &cell.raw).find(|raw| matches!(raw, RawValue::Text(_)));
        let label = label.map_or_else(String::new, |raw| on_one_line(&raw.shown()));
        patterns.iter().any(|pattern| pattern.is_match(label.trim().trim_end_matches(':')))
    };
    let below = grid.lines().partition_point(|line| line.row <= last);
    let below = grid.lines()[below..].iter().filter(|line| line.filled().next().is_some());
    below.take_while(is_passed_over).last().map(|line| line.row)
}

/// The columns with a heading in the rows of these headings: in a crosstab each is one of values, or one that the pack says to
/// pass over.
fn headed(grid: &Grid, known: &[Position]) -> Vec<u32> {
    let rows = || known.iter().map(|heading| heading.row);
    let (Some(first), Some(last)) = (rows().min(), rows().max()) else { return Vec::new() };
    let area = Area::new(Position::new(first, 0), Position::new(last, Position::LAST.column));
    grid.within(area).filter(|(_, cell)| cell.is_filled()).map(|(at, _)| at.column).collect()
}

/// Whether a cell holds a figure that somebody typed: an amount, or one of several numbers below each other. A number alone
/// may be that of a page, and years are no figures.
fn is_figure(grid: &Grid, position: Position, cell: &GridCell) -> bool {
    let above = position.row.checked_sub(1).map(|row| Position::new(row, position.column));
    let below = Position::new(position.row + 1, position.column);
    let is_beside_another = || above.into_iter().chain([below]).filter_map(|next| grid.cell(next)).any(is_plain_number);
    is_plain_number(cell) && (amounts::is_amount(cell) || is_beside_another())
}

fn is_plain_number(cell: &GridCell) -> bool {
    cell.formula.is_none() && cell.raw != RawValue::Number(0.0) && amounts::is_figure(cell)
}

fn unclaimed_figures(grid: &Grid, range: &Range, view: TableView<'_>, claims: &[Claim]) -> Finding {
    let is_below = claims.iter().all(|claim| range.area.first.row > claim.rows.1);
    let cells = range.cells.iter().filter_map(|position| grid.cell(*position));
    let has_amounts = cells.clone().any(amounts::is_amount);
    let sum = amounts::total(cells).filter(|_| has_amounts);
    let figures = match sum {
        Some(sum) => format!("{sum} is in no figure"),
        None => "what stands there is in no figure".to_owned(),
    };
    let message = format!(
        "{} {} {} the table, where nothing is read; {figures}.",
        range.named(),
        range.either("stands", "stand"),
        if is_below { "below" } else { "beside" },
    );
    let fix = range.either(
        "Move it into the table if it should count; otherwise delete it, or keep it on a sheet of its own.",
        "Move them into the table if they should count; otherwise delete them, or keep them on a sheet of their own.",
    );
    let mut finding = UNCLAIMED_FIGURES.finding(view.place(range.area), message, fix);
    finding.cause = sum.map(|sum| Cause {
        suggestion: Suggestion {
            text: format!(
                "{}, which {} {} the table: {sum}",
                range.named(),
                range.either("stands", "stand"),
                if is_below { "below" } else { "beside" },
            ),
            cells: vec![finding.place.clone()],
        },
        // A total that counts them states more than what the lines come to.
        difference: Some(Difference::Money(sum)),
    });
    finding
}
