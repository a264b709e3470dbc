//! What is hidden or out of place.

use super::{Planting, Plot, Return};
use crate::editor::Content;
use crate::key::Key;

pub const KINDS: &[Planting] = &[
    ("a row with a payment is hidden", hidden_row),
    ("a row with a payment has no height", row_without_height),
    ("rows with payments are filtered out", filtered_rows),
    ("a row of a project is hidden", hidden_project),
    ("the column of amounts is hidden", hidden_column),
    ("the column of payees has no width", column_without_width),
    ("an amount is white on white", white_on_white),
    ("a sheet that is read is hidden", hidden_sheet),
    ("a sheet that is read is very hidden", very_hidden_sheet),
    ("a figure comes from a hidden sheet", figure_from_hidden_sheet),
    ("cells of payments are merged", merged_cells),
    ("a figure stands beside the table", beside_table),
    ("a figure stands below the table", below_table),
    ("a comment holds an amount", comment),
    ("a defined name points nowhere", broken_name),
];

/// Any return and any of its payments but the first and the last.
fn payment(plot: &mut Plot<'_>) -> Option<(Return, u32)> {
    let one = plot.return_with(4)?;
    let row = plot.chance.within(5, one.last_row() - 1);
    Some((one, row))
}

fn hidden_row(plot: &mut Plot<'_>) -> Option<Key> {
    let (mut one, row) = payment(plot)?;
    one.book.edit("Spend").set_row(row, r#"hidden="1""#);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!A{row}:F{row}")))
}

fn row_without_height(plot: &mut Plot<'_>) -> Option<Key> {
    let (mut one, row) = payment(plot)?;
    one.book.edit("Spend").set_row(row, r#"ht="0" customHeight="1""#);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!A{row}:F{row}")))
}

fn filtered_rows(plot: &mut Plot<'_>) -> Option<Key> {
    let (mut one, row) = payment(plot)?;
    let shown = one.spend_text("C", row).to_owned();
    let hidden = one.payments_where(|one, row| one.spend_text("C", row) != shown);
    let last = one.last_row();
    let sheet = one.book.edit("Spend");
    hidden.iter().for_each(|row| sheet.set_row(*row, r#"hidden="1""#));
    one.book.filter("Spend", &format!("A3:F{last}"), 2, &shown);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!A{0}:F{0}", hidden[0])))
}

fn hidden_project(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    let row = *plot.chance.of(&one.projects(|one, row| one.summary("E", row) > 0.0))?;
    one.book.edit("Summary").set_row(row, r#"hidden="1""#);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Summary!A{row}:F{row}")))
}

fn hidden_column(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    one.book.edit("Spend").set_column("F", r#"hidden="1""#);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!F1:F{}", one.total_row())))
}

fn column_without_width(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    one.book.edit("Spend").set_column_width("D", 0);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!D1:D{}", one.total_row())))
}

fn white_on_white(plot: &mut Plot<'_>) -> Option<Key> {
    let (mut one, row) = payment(plot)?;
    let cell = format!("F{row}");
    let style = one.book.in_white_letters(one.book.sheet("Spend").style(&cell));
    one.book.edit("Spend").set_style(&cell, style);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!{cell}")))
}

fn hidden_sheet(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    one.book.hide_sheet("Summary", "hidden");
    plot.put(&one.book);
    Some(Key::warning(&one.path, "Summary"))
}

fn very_hidden_sheet(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    one.book.hide_sheet("Measures", "veryHidden");
    plot.put(&one.book);
    Some(Key::warning(&one.path, "Measures"))
}

/// The figure is right today, and whoever prints the sheets that show cannot see where it comes from.
fn figure_from_hidden_sheet(plot: &mut Plot<'_>) -> Option<Key> {
    let spends = |one: &Return| one.projects(|one, row| one.summary("D", row) > 0.0);
    let mut one = plot.return_where(|one| !spends(one).is_empty())?;
    let row = *plot.chance.of(&spends(&one))?;
    let spent = one.summary("D", row);
    one.book.edit("Lists").set("C1", Content::Number(spent));
    one.book.edit("Summary").set_formula(&format!("D{row}"), "Lists!C1");
    let key = Key::warning(&one.path, format!("Summary!D{row}")).also("Lists").also("Lists!C1");
    plot.put_calculated(one.book);
    Some(key)
}

fn merged_cells(plot: &mut Plot<'_>) -> Option<Key> {
    let (mut one, row) = payment(plot)?;
    let area = format!("E{row}:E{}", row + 1);
    one.book.edit("Spend").merge(&area);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!{area}")))
}

fn beside_table(plot: &mut Plot<'_>) -> Option<Key> {
    let (mut one, row) = payment(plot)?;
    // A column stands empty between, so that it is no column of the table.
    one.book.edit("Spend").set_number(&format!("I{row}"), 412.6);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!I{row}")))
}

fn below_table(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    let row = one.total_row() + 3;
    let sheet = one.book.edit("Spend");
    sheet.set_text(&format!("E{row}"), "Late invoice, to follow");
    sheet.set_number(&format!("F{row}"), 287.35);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!A{row}:F{row}")))
}

fn comment(plot: &mut Plot<'_>) -> Option<Key> {
    let (mut one, row) = payment(plot)?;
    one.book.comment("Spend", &format!("F{row}"), "The invoice says £1,245.50. To be checked.");
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!F{row}")))
}

fn broken_name(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    one.book.define_name("TotalSpend", "Spend!#REF!");
    plot.put(&one.book);
    Some(Key::warning(&one.path, ""))
}
