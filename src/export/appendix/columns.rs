//! How the width of a table is shared out among its columns, and in what size it is set.

use super::balance::{self, Balanced};
use super::fonts::{Face, Fonts};
use super::style::Paper;
use super::typeset;
use crate::model::document::{Align, ColumnHead, TableBlock};

/// Sizes to try on upright pages, the most readable first.
const SIZES: [f32; 3] = [10.0, 9.5, 9.0];
/// Sizes to try on pages on their side, for tables that upright ones are too narrow for.
const SMALL_SIZES: [f32; 5] = [10.0, 9.5, 9.0, 8.5, 8.0];
/// The smallest type that is read.
const SMALLEST: f32 = SMALL_SIZES[SMALL_SIZES.len() - 1];
/// What a column of text gets at least beside amounts, for each point of type.
const FEW_LETTERS: f32 = 3.0;
/// A text shorter than this (a date, a code, a name) is kept on one line if it can be, for each point of type: wide
/// enough for "30 September 2022".
const SHORT: f32 = 9.5;
/// A column of text gets at least this, for each point of type, or what it needs if that is less.
const READABLE: f32 = 9.0;
/// A word longer than this, for each point of type, is cut: one that an officer pasted must not squeeze the amounts in
/// the other columns until they cannot be read.
const LONGEST_WORD: f32 = 15.0;

/// The outcome.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// Size of the type.
    pub(super) size: f32,
    /// Space on either side of a cell's text.
    pub(super) padding: f32,
    /// Widths, padding included; they add up to the width of the table.
    pub(super) widths: Vec<f32>,
}

/// What a column has to have of what it needs.
type Floor = fn(&Need) -> f32;

/// What a column needs, in points without padding.
#[derive(Debug, Clone, Default)]
struct Need {
    /// The longest part that cannot be broken.
    least: f32,
    /// Amounts on one line too.
    fair: f32,
    /// Short texts on one line too, and longer ones in a column that can be read.
    good: f32,
    /// Everything on one line.
    full: f32,
    /// Each text on one line, row by row; of a long table the first rows.
    texts: Vec<f32>,
}

/// Shares out the width of an upright page; or of one on its side, when that lets words and amounts stay whole and the
/// type be read, and an upright one does not.
pub(super) fn share(fonts: &mut Fonts, table: &TableBlock) -> (Paper, Columns) {
    let padding = padding(table);
    // Widths grow with the size, so they are measured once.
    let needs: Vec<Need> = (0..table.columns.len()).map(|column| need(fonts, table, column)).collect();
    let room = |paper: Paper| paper.measure() - 2.0 * padding * table.columns.len() as f32;
    let (upright, turned) = (Paper::PORTRAIT, Paper::LANDSCAPE);
    let found = fit(&needs, room(upright), &SIZES).map(|fit| (upright, fit));
    let found = found.or_else(|| fit(&needs, room(turned), &SMALL_SIZES).map(|fit| (turned, fit)));
    let Some((paper, (size, floor))) = found else { return (turned, squeezed(table, &needs, room(turned), padding)) };
    let floors: Vec<f32> = needs.iter().map(|need| floor(need) * size).collect();
    let fulls: Vec<f32> = needs.iter().map(|need| need.full * size).collect();
    let widths = fill(&floors, &fulls, room(paper)).into_iter().zip(&floors).zip(&needs);
    let mut balanced: Vec<Balanced<'_>> =
        widths.map(|((width, floor), need)| Balanced { width, floor: *floor, texts: &need.texts }).collect();
    balance::balance(&mut balanced, size);
    let widths = balanced.iter().map(|column| column.width + 2.0 * padding).collect();
    (paper, Columns { size, padding, widths })
}

/// Space on either side of the text of a cell: less where there are many.
fn padding(table: &TableBlock) -> f32 {
    if table.columns.len() > 6 { 3.5 } else { 5.0 }
}

/// Whether each amount of a table stays whole on the widest page; a column of text wants room for a few letters beside.
pub(super) fn has_room_for_amounts(fonts: &mut Fonts, table: &TableBlock) -> bool {
    // Most tables are far from it, and measuring takes long.
    if table.columns.len() <= 8 {
        return true;
    }
    let needs: Vec<Need> = (0..table.columns.len()).map(|column| need(fonts, table, column)).collect();
    let padding = 2.0 * padding(table) * table.columns.len() as f32;
    let least = |(need, head): (&Need, &ColumnHead)| if head.align == Align::Right { need.fair } else { FEW_LETTERS };
    let least: f32 = needs.iter().zip(&table.columns).map(least).sum();
    least * SMALLEST + padding <= Paper::LANDSCAPE.measure()
}

/// The widths when words do not fit whole: amounts do, and the columns of text share what is left.
fn squeezed(table: &TableBlock, needs: &[Need], room: f32, padding: f32) -> Columns {
    let is_amount = |column: usize| table.columns[column].align == Align::Right;
    let sum_of = |amounts: bool, of: Floor| -> f32 {
        (0..needs.len()).filter(|column| is_amount(*column) == amounts).map(|column| of(&needs[column])).sum()
    };
    let amounts = sum_of(true, |need| need.fair) * SMALLEST;
    let texts = sum_of(false, |need| need.least) * SMALLEST;
    // Where not even the amounts fit, which is refused beforehand for tables of many columns, all shrink alike.
    let (of_amounts, of_texts) = match room - amounts {
        left if left > 0.0 && texts > 0.0 => (1.0, left / texts),
        _ => (room / (amounts + texts), room / (amounts + texts)),
    };
    let width = |(column, need): (usize, &Need)| {
        let own = if is_amount(column) { need.fair * of_amounts } else { need.least * of_texts };
        own * SMALLEST + 2.0 * padding
    };
    Columns { size: SMALLEST, padding, widths: needs.iter().enumerate().map(width).collect() }
}

/// The largest size in which the columns have what they need, and what that is. Better a smaller type than amounts and
/// dates over two lines; only if that fails may texts break.
fn fit(needs: &[Need], room: f32, sizes: &[f32]) -> Option<(f32, Floor)> {
    let floors: [Floor; 2] = [|need| need.good, |need| need.fair];
    let total = |size: f32, floor: Floor| needs.iter().map(floor).sum::<f32>() * size;
    floors
        .into_iter()
        .find_map(|floor| sizes.iter().copied().find(|&size| total(size, floor) <= room).map(|size| (size, floor)))
}

/// Measured at one point of type.
fn need(fonts: &mut Fonts, table: &TableBlock, column: usize) -> Need {
    let head = &table.columns[column];
    let (least, full) = measure(fonts, Face::Bold, &head.title);
    // A heading may run over lines, but should not make a narrow column of a long text's width.
    let mut need = Need { least, fair: least, good: least, full: full.min(least * 1.6), texts: Vec::new() };
    let bodies = table.rows.iter().map(|row| (Face::Regular, &row[column]));
    let totals = table.total.iter().map(|row| (Face::Bold, &row[column]));
    for (face, text) in bodies.chain(totals) {
        let (least, full) = measure(fonts, face, &text.text);
        let least = least.min(LONGEST_WORD);
        let is_amount = head.align == Align::Right;
        need.least = need.least.max(least);
        need.fair = need.fair.max(if is_amount { full } else { least });
        need.good = need.good.max(if is_amount || full <= SHORT { full } else { least.max(READABLE) });
        need.full = need.full.max(full);
        if need.texts.len() < balance::LOOKED_AT {
            need.texts.push(full);
        }
    }
    need
}

fn measure(fonts: &mut Fonts, face: Face, text: &str) -> (f32, f32) {
    typeset::measure(fonts, face, 1.0, text)
}

/// Gives each column its floor and shares out the rest by what each still lacks; when nothing lacks, by size.
fn fill(floors: &[f32], fulls: &[f32], room: f32) -> Vec<f32> {
    let floor: f32 = floors.iter().sum();
    if floor >= room {
        // Even the least does not fit: all shrink alike, and the longest words are cut.
        return floors.iter().map(|width| width * room / floor).collect();
    }
    let full: f32 = fulls.iter().sum();
    if full <= room {
        return fulls.iter().map(|width| width * room / full).collect();
    }
    let share = (room - floor) / (full - floor);
    floors.iter().zip(fulls).map(|(floor, full)| floor + (full - floor) * share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &[(&str, Align)], rows: &[&[&str]]) -> TableBlock {
        TableBlock {
            caption: "Table".to_owned(),
            columns: columns.iter().map(|&(title, align)| ColumnHead { title: title.to_owned(), align }).collect(),
            rows: rows.iter().map(|row| row.iter().map(|text| (*text).into()).collect()).collect(),
            total: None,
            empty: String::new(),
            notes: Vec::new(),
            source: None,
        }
    }

    fn shared(table: &TableBlock) -> (Columns, Vec<f32>) {
        let mut fonts = Fonts::new().unwrap();
        let (_, columns) = share(&mut fonts, table);
        let rooms = columns.widths.iter().map(|width| width - 2.0 * columns.padding).collect();
        (columns, rooms)
    }

    #[test]
    fn a_word_without_end_leaves_the_other_columns_readable() {
        let endless = "W".repeat(3000);
        let columns = [("Project", Align::Left), ("Purpose", Align::Left), ("Amount", Align::Right)];
        let plain = ["Youth Mentoring", "Locks", "£139,250.00"];
        let table = table(&columns, &[&plain, &["Dawn", &endless, "£5.00"]]);
        let mut fonts = Fonts::new().unwrap();
        let (paper, Columns { size, padding, widths }) = share(&mut fonts, &table);
        assert_eq!(paper, Paper::PORTRAIT);
        for column in [0, 2] {
            let (_, full) = typeset::measure(&mut fonts, Face::Regular, size, plain[column]);
            assert!(widths[column] - 2.0 * padding > full - 0.1, "{widths:?} {full}");
        }
        assert!((widths.iter().sum::<f32>() - Paper::PORTRAIT.measure()).abs() < 0.01);
    }

    #[test]
    fn the_whole_width_is_shared_out() {
        let table = table(&[("Line", Align::Left), ("Amount", Align::Right)], &[&["Adviser", "£31,500.00"]]);
        let (columns, _) = shared(&table);
        assert!((columns.widths.iter().sum::<f32>() - Paper::PORTRAIT.measure()).abs() < 0.01);
        assert!((columns.size - 10.0).abs() < f32::EPSILON);
    }

    #[test]
    fn amounts_and_dates_stay_on_one_line_beside_a_long_text() {
        let long = "A long description of what the order forbids and where it is in force. ".repeat(10);
        let row = [long.as_str(), "30 September 2022", "£1,139,250.00"];
        let table = table(&[("Text", Align::Left), ("Made on", Align::Left), ("Amount", Align::Right)], &[&row]);
        let (columns, rooms) = shared(&table);
        let mut fonts = Fonts::new().unwrap();
        for column in [1, 2] {
            let (_, full) = typeset::measure(&mut fonts, Face::Regular, columns.size, row[column]);
            assert!(full <= rooms[column] + 0.01, "{}", row[column]);
        }
        assert!(rooms[0] > rooms[1]);
    }

    #[test]
    fn a_wide_table_is_set_smaller_and_a_wider_one_turns_the_page() {
        for (columns, paper, size) in [
            (8, Paper::PORTRAIT, 10.0),
            (9, Paper::PORTRAIT, 9.0),
            (10, Paper::LANDSCAPE, 10.0),
            (14, Paper::LANDSCAPE, 8.5),
            (16, Paper::LANDSCAPE, 8.0),
        ] {
            let row = vec!["£39,250.00"; columns];
            let table = table(&vec![("Approved", Align::Right); columns], &[&row]);
            let shared = share(&mut Fonts::new().unwrap(), &table);
            assert_eq!((shared.0, shared.1.size), (paper, size), "{columns} columns");
            assert!((shared.1.widths.iter().sum::<f32>() - paper.measure()).abs() < 0.01);
        }
    }

    #[test]
    fn amounts_stay_whole_beside_words_that_do_not_and_are_refused_where_they_cannot() {
        let mut fonts = Fonts::new().unwrap();
        let long = "Antidisestablishmentarianism";
        for (texts, amounts, fits) in [(1, 12, true), (9, 9, true), (2, 20, false), (0, 24, false)] {
            let columns: Vec<(&str, Align)> =
                [vec![("Text", Align::Left); texts], vec![("Paid", Align::Right); amounts]].concat();
            let row: Vec<&str> = [vec![long; texts], vec!["£39,250.00"; amounts]].concat();
            let table = table(&columns, &[&row]);
            assert_eq!(has_room_for_amounts(&mut fonts, &table), fits, "{texts} and {amounts}");
            let (paper, columns) = share(&mut fonts, &table);
            assert!((columns.widths.iter().sum::<f32>() - paper.measure()).abs() < 0.1, "{texts} and {amounts}");
            let (_, full) = typeset::measure(&mut fonts, Face::Regular, columns.size, "£39,250.00");
            let rooms = columns.widths.iter().skip(texts).map(|width| width - 2.0 * columns.padding);
            assert!(!fits || rooms.clone().all(|room| room > full - 0.1), "{texts} and {amounts}: {full}");
        }
    }
}
