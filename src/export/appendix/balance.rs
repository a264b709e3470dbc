//! Widths of columns, moved about until the rows of a table take the fewest lines.

/// So many rows are looked at; they stand for those below them.
pub(super) const LOOKED_AT: usize = 200;
/// How much width is moved at a time, in points.
const STEP: f32 = 6.0;
/// So often is width moved at most: enough to empty a column.
const MOST_STEPS: usize = 80;

/// A column that gives and takes width.
pub(super) struct Balanced<'a> {
    /// Its width in points, without padding.
    pub(super) width: f32,
    /// It is not made narrower than this, in points.
    pub(super) floor: f32,
    /// The width of each of its texts on one line, row by row, for each point of type.
    pub(super) texts: &'a [f32],
}

/// Moves width from one column to another as long as the rows get lower by it.
pub(super) fn balance(columns: &mut [Balanced<'_>], size: f32) {
    let mut lines = lines_of_all(columns, size);
    for _ in 0..MOST_STEPS {
        let Some((fewer, from, to)) = best_move(columns, size).filter(|(fewer, ..)| *fewer < lines) else { return };
        lines = fewer;
        columns[from].width -= STEP;
        columns[to].width += STEP;
    }
}

/// The move that leaves the fewest lines, as far as they can be told beforehand; the first of several.
fn best_move(columns: &mut [Balanced<'_>], size: f32) -> Option<(f32, usize, usize)> {
    let mut best: Option<(f32, usize, usize)> = None;
    for from in 0..columns.len() {
        if columns[from].width - STEP < columns[from].floor {
            continue;
        }
        for to in (0..columns.len()).filter(|to| *to != from) {
            columns[from].width -= STEP;
            columns[to].width += STEP;
            let lines = lines_of_all(columns, size);
            columns[from].width += STEP;
            columns[to].width -= STEP;
            if best.is_none_or(|(fewest, ..)| lines < fewest) {
                best = Some((lines, from, to));
            }
        }
    }
    best
}

/// The lines of all rows. A part of a line counts a little, so that width moves towards a text that it will shorten only
/// after some steps.
fn lines_of_all(columns: &[Balanced<'_>], size: f32) -> f32 {
    let rows = columns.iter().map(|column| column.texts.len()).max().unwrap_or(0);
    let of_row = |row: usize| {
        let of_cell =
            |column: &Balanced<'_>| column.texts.get(row).map_or(1.0, |text| lines(text * size, column.width));
        columns.iter().map(of_cell).fold(1.0, f32::max)
    };
    (0..rows).map(of_row).sum()
}

fn lines(text: f32, width: f32) -> f32 {
    if text <= width || width <= 0.0 {
        return 1.0;
    }
    // Lines are not filled to their end, since words stay whole.
    let exact = text * 1.08 / width;
    exact.ceil().max(2.0) + 0.05 * exact
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The widths, and how many lines the rows take before and after.
    fn balanced(columns: &[(f32, f32, &[f32])]) -> (Vec<f32>, f32, f32) {
        let column = |&(width, floor, texts): &(f32, f32, &'static [f32])| Balanced { width, floor, texts };
        let columns: Vec<(f32, f32, &'static [f32])> =
            columns.iter().map(|&(width, floor, texts)| (width, floor, &*texts.to_vec().leak())).collect();
        let mut columns: Vec<Balanced<'_>> = columns.iter().map(column).collect();
        let before = lines_of_all(&columns, 1.0).floor();
        balance(&mut columns, 1.0);
        (columns.iter().map(|column| column.width).collect(), before, lines_of_all(&columns, 1.0).floor())
    }

    #[test]
    fn a_long_text_takes_what_a_short_one_can_spare() {
        // 360 points in 120 take four lines beside one that needs 100 of its 160.
        let (widths, before, after) = balanced(&[(160.0, 90.0, &[100.0, 90.0]), (120.0, 90.0, &[360.0, 340.0])]);
        assert!(widths[0] >= 90.0 && widths[1] > 170.0, "{widths:?}");
        assert!((widths.iter().sum::<f32>() - 280.0).abs() < 0.01, "{widths:?}");
        assert!(after < before, "{after} lines after {before}");
    }

    #[test]
    fn nothing_is_taken_below_the_floor_or_where_no_line_is_saved() {
        assert_eq!(balanced(&[(100.0, 96.0, &[90.0]), (100.0, 60.0, &[300.0])]).0, [100.0, 100.0]);
        assert_eq!(balanced(&[(100.0, 50.0, &[90.0]), (100.0, 50.0, &[95.0])]).0, [100.0, 100.0]);
        assert_eq!(balanced(&[(100.0, 50.0, &[])]).0, [100.0]);
    }
}
